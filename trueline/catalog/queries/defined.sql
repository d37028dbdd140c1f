-- What one statement makes and lies in a schema, and casts: kind, system table, oid, the names that it is known by, the
-- statement without its parts, the parts as pairs of name and value, and the addresses of members, whose needs are its.
SELECT 'collation', 'pg_collation', c.oid, ARRAY[n.nspname::text, c.collname::text],
       'CREATE COLLATION ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.collname),
       ARRAY(SELECT ARRAY[name, value] FROM (VALUES
           ('provider', CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END),
           -- The column was called colliculocale before 17.
           ('locale', CASE WHEN c.collprovider <> 'c' OR c.collcollate = c.collctype THEN
               pg_catalog.quote_literal(COALESCE(pg_catalog.to_jsonb(c) ->> 'colllocale',
                                                 pg_catalog.to_jsonb(c) ->> 'colliculocale', c.collcollate)) END),
           ('lc_collate', CASE WHEN c.collcollate <> c.collctype THEN pg_catalog.quote_literal(c.collcollate) END),
           ('lc_ctype', CASE WHEN c.collcollate <> c.collctype THEN pg_catalog.quote_literal(c.collctype) END),
           -- Since 16.
           ('rules', pg_catalog.quote_literal(pg_catalog.to_jsonb(c) ->> 'collicurules')),
           ('deterministic', CASE WHEN NOT c.collisdeterministic THEN 'false' END)) AS part (name, value)
              WHERE value IS NOT NULL),
       '{}'::text[]
  FROM pg_catalog.pg_collation c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
 WHERE c.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'conversion', 'pg_conversion', c.oid, ARRAY[n.nspname::text, c.conname::text],
       'CREATE ' || CASE WHEN c.condefault THEN 'DEFAULT ' ELSE '' END || 'CONVERSION '
       || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.conname)
       || ' FOR ' || pg_catalog.quote_literal(pg_catalog.pg_encoding_to_char(c.conforencoding))
       || ' TO ' || pg_catalog.quote_literal(pg_catalog.pg_encoding_to_char(c.contoencoding))
       || ' FROM ' || c.conproc::pg_catalog.regproc,
       '{}', '{}'
  FROM pg_catalog.pg_conversion c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
 WHERE c.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'text_search_parser', 'pg_ts_parser', p.oid, ARRAY[n.nspname::text, p.prsname::text],
       'CREATE TEXT SEARCH PARSER ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.prsname),
       ARRAY(SELECT ARRAY[name, function::text] FROM (VALUES
           ('start', p.prsstart), ('gettoken', p.prstoken), ('end', p.prsend), ('headline', p.prsheadline),
           ('lextypes', p.prslextype)) AS part (name, function)
              WHERE function <> 0),
       '{}'
  FROM pg_catalog.pg_ts_parser p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
 WHERE p.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'text_search_template', 'pg_ts_template', t.oid, ARRAY[n.nspname::text, t.tmplname::text],
       'CREATE TEXT SEARCH TEMPLATE ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.tmplname),
       ARRAY(SELECT ARRAY[name, function::text] FROM (VALUES
           ('init', t.tmplinit), ('lexize', t.tmpllexize)) AS part (name, function)
              WHERE function <> 0),
       '{}'
  FROM pg_catalog.pg_ts_template t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
 WHERE t.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
-- Options are kept as one text, in the words of the statement.
SELECT 'text_search_dictionary', 'pg_ts_dict', d.oid, ARRAY[n.nspname::text, d.dictname::text],
       'CREATE TEXT SEARCH DICTIONARY ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(d.dictname),
       ARRAY[ARRAY['template', pg_catalog.quote_ident(t_n.nspname) || '.' || pg_catalog.quote_ident(t.tmplname)],
             ARRAY['', COALESCE(d.dictinitoption, '')]],
       '{}'
  FROM pg_catalog.pg_ts_dict d
  JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
  JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
  JOIN pg_catalog.pg_namespace t_n ON t_n.oid = t.tmplnamespace
 WHERE d.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'text_search_configuration', 'pg_ts_config', c.oid, ARRAY[n.nspname::text, c.cfgname::text],
       'CREATE TEXT SEARCH CONFIGURATION ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.cfgname)
       || ' (PARSER = ' || pg_catalog.quote_ident(p_n.nspname) || '.' || pg_catalog.quote_ident(p.prsname) || ')',
       ARRAY(SELECT ARRAY[t.alias, pg_catalog.string_agg(m.mapdict::pg_catalog.regdictionary::text, ', ' ORDER BY m.mapseqno)]
               FROM pg_catalog.pg_ts_config_map m
               JOIN pg_catalog.ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype
              WHERE m.mapcfg = c.oid
              GROUP BY t.alias ORDER BY t.alias COLLATE "C"),
       '{}'
  FROM pg_catalog.pg_ts_config c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
  JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
  JOIN pg_catalog.pg_namespace p_n ON p_n.oid = p.prsnamespace
 WHERE c.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
-- One that others name as theirs and nobody has created yet has no function.
SELECT 'operator', 'pg_operator', o.oid,
       ARRAY[n.nspname::text, o.oprname::text,
             COALESCE(pg_catalog.format_type(NULLIF(o.oprleft, 0), NULL), 'NONE') || ', '
             || pg_catalog.format_type(o.oprright, NULL)],
       'CREATE OPERATOR ' || pg_catalog.quote_ident(n.nspname) || '.' || o.oprname,
       ARRAY(SELECT ARRAY[name, value] FROM (VALUES
           ('function', o.oprcode::text),
           ('leftarg', pg_catalog.format_type(NULLIF(o.oprleft, 0), NULL)),
           ('rightarg', pg_catalog.format_type(o.oprright, NULL)),
           ('commutator', 'OPERATOR(' || NULLIF(o.oprcom, 0)::pg_catalog.regoper || ')'),
           ('negator', 'OPERATOR(' || NULLIF(o.oprnegate, 0)::pg_catalog.regoper || ')'),
           ('restrict', NULLIF(o.oprrest, 0)::pg_catalog.regproc::text),
           ('join', NULLIF(o.oprjoin, 0)::pg_catalog.regproc::text),
           ('hashes', CASE WHEN o.oprcanhash THEN '' END),
           ('merges', CASE WHEN o.oprcanmerge THEN '' END)) AS part (name, value)
              WHERE value IS NOT NULL),
       '{}'
  FROM pg_catalog.pg_operator o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
 WHERE o.oid >= 16384 AND o.oprcode <> 0 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
-- Members are of the class or the family that they hang on: of the class what it cannot do without.
SELECT f.kind, f.class, f.oid, ARRAY[n.nspname::text, f.name::text, am.amname::text],
       'CREATE OPERATOR ' || CASE f.kind WHEN 'operator_class' THEN 'CLASS ' ELSE 'FAMILY ' END
       || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(f.name)
       || CASE WHEN f.standard THEN ' DEFAULT' ELSE '' END
       || COALESCE(' FOR TYPE ' || pg_catalog.format_type(f.type, NULL), '')
       || ' USING ' || pg_catalog.quote_ident(am.amname)
       || COALESCE(' FAMILY ' || (SELECT pg_catalog.quote_ident(x_n.nspname) || '.' || pg_catalog.quote_ident(x.opfname)
                                    FROM pg_catalog.pg_opfamily x
                                    JOIN pg_catalog.pg_namespace x_n ON x_n.oid = x.opfnamespace
                                   WHERE x.oid = f.family), ''),
       ARRAY(SELECT ARRAY[m.name, m.value] FROM (
           SELECT 1, p.amopstrategy,
                  'OPERATOR ' || p.amopstrategy || ' (' || pg_catalog.format_type(p.amoplefttype, NULL) || ', '
                  || pg_catalog.format_type(p.amoprighttype, NULL) || ')',
                  p.amopopr::pg_catalog.regoperator::text
                  || COALESCE(' FOR ORDER BY ' || (SELECT pg_catalog.quote_ident(s_n.nspname) || '.' || pg_catalog.quote_ident(s.opfname)
                                                     FROM pg_catalog.pg_opfamily s
                                                     JOIN pg_catalog.pg_namespace s_n ON s_n.oid = s.opfnamespace
                                                    WHERE s.oid = p.amopsortfamily), '')
             FROM pg_catalog.pg_depend d
             JOIN pg_catalog.pg_amop p ON p.oid = d.objid
            WHERE d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass
              AND d.refclassid = f.class::pg_catalog.regclass AND d.refobjid = f.oid
           UNION ALL
           SELECT 2, p.amprocnum,
                  'FUNCTION ' || p.amprocnum || ' (' || pg_catalog.format_type(p.amproclefttype, NULL) || ', '
                  || pg_catalog.format_type(p.amprocrighttype, NULL) || ')',
                  p.amproc::pg_catalog.regprocedure::text
             FROM pg_catalog.pg_depend d
             JOIN pg_catalog.pg_amproc p ON p.oid = d.objid
            WHERE d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass
              AND d.refclassid = f.class::pg_catalog.regclass AND d.refobjid = f.oid
           UNION ALL
           -- It must have something between its parentheses.
           SELECT 3, 0, 'STORAGE', pg_catalog.format_type(COALESCE(NULLIF(f.storage, 0), f.type), NULL)
            WHERE f.storage <> 0
               OR f.type IS NOT NULL
                  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                   WHERE d.classid IN ('pg_catalog.pg_amop'::pg_catalog.regclass,
                                                       'pg_catalog.pg_amproc'::pg_catalog.regclass)
                                     AND d.refclassid = f.class::pg_catalog.regclass AND d.refobjid = f.oid)
           ) AS m (part, number, name, value)
              ORDER BY m.part, m.number, m.name COLLATE "C"),
       ARRAY(SELECT d.classid::pg_catalog.regclass || ' ' || d.objid
               FROM pg_catalog.pg_depend d
              WHERE d.classid IN ('pg_catalog.pg_amop'::pg_catalog.regclass, 'pg_catalog.pg_amproc'::pg_catalog.regclass)
                AND d.refclassid = f.class::pg_catalog.regclass AND d.refobjid = f.oid)
  FROM (SELECT 'operator_class', 'pg_opclass', oid, opcname, opcnamespace, opcmethod, opcdefault, opcintype, opcfamily, opckeytype
          FROM pg_catalog.pg_opclass
        UNION ALL
        SELECT 'operator_family', 'pg_opfamily', oid, opfname, opfnamespace, opfmethod, false, NULL, NULL, 0
          FROM pg_catalog.pg_opfamily) AS f (kind, class, oid, name, namespace, method, standard, type, family, storage)
  JOIN pg_catalog.pg_namespace n ON n.oid = f.namespace
  JOIN pg_catalog.pg_am am ON am.oid = f.method
 WHERE f.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'cast', 'pg_cast', c.oid, ARRAY[i.name],
       'CREATE CAST (' || i.name || ') ' || CASE c.castmethod
           WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::pg_catalog.regprocedure
           WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END
       || CASE c.castcontext WHEN 'i' THEN ' AS IMPLICIT' WHEN 'a' THEN ' AS ASSIGNMENT' ELSE '' END,
       '{}', '{}'
  FROM pg_catalog.pg_cast c
 CROSS JOIN LATERAL (VALUES (pg_catalog.format_type(c.castsource, NULL) || ' AS '
                             || pg_catalog.format_type(c.casttarget, NULL))) AS i (name)
 WHERE c.oid >= 16384 AND i.name !~ '(^| )pg_temp_'
   -- A range type comes with one to its multirange.
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'i')
