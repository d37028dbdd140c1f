-- What belongs to the database as a whole, in the columns of defined.sql. Options of wrappers and servers whose name or
-- value speaks of a secret stay where they are.
SELECT 'language', 'pg_language', l.oid, ARRAY[l.lanname::text],
       'CREATE ' || CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END || 'LANGUAGE ' || pg_catalog.quote_ident(l.lanname)
       || COALESCE(' HANDLER ' || NULLIF(l.lanplcallfoid, 0)::pg_catalog.regproc, '')
       || COALESCE(' INLINE ' || NULLIF(l.laninline, 0)::pg_catalog.regproc, '')
       || COALESCE(' VALIDATOR ' || NULLIF(l.lanvalidator, 0)::pg_catalog.regproc, ''),
       '{}'::text[], '{}'::text[]
  FROM pg_catalog.pg_language l
 WHERE l.oid >= 16384
UNION ALL
SELECT 'access_method', 'pg_am', a.oid, ARRAY[a.amname::text],
       'CREATE ACCESS METHOD ' || pg_catalog.quote_ident(a.amname)
       || CASE a.amtype WHEN 'i' THEN ' TYPE INDEX' ELSE ' TYPE TABLE' END || ' HANDLER ' || a.amhandler,
       '{}', '{}'
  FROM pg_catalog.pg_am a
 WHERE a.oid >= 16384
UNION ALL
SELECT 'transform', 'pg_transform', t.oid, ARRAY[i.name],
       'CREATE TRANSFORM FOR ' || i.name || ' (' || pg_catalog.concat_ws(', ',
           'FROM SQL WITH FUNCTION ' || NULLIF(t.trffromsql, 0)::pg_catalog.regprocedure,
           'TO SQL WITH FUNCTION ' || NULLIF(t.trftosql, 0)::pg_catalog.regprocedure) || ')',
       '{}', '{}'
  FROM pg_catalog.pg_transform t
  JOIN pg_catalog.pg_language l ON l.oid = t.trflang
 CROSS JOIN LATERAL (VALUES (pg_catalog.format_type(t.trftype, NULL) || ' LANGUAGE '
                             || pg_catalog.quote_ident(l.lanname))) AS i (name)
 WHERE t.oid >= 16384
UNION ALL
SELECT 'foreign_data_wrapper', 'pg_foreign_data_wrapper', w.oid, ARRAY[w.fdwname::text],
       'CREATE FOREIGN DATA WRAPPER ' || pg_catalog.quote_ident(w.fdwname),
       ARRAY(SELECT ARRAY['HANDLER', w.fdwhandler::pg_catalog.regproc::text] WHERE w.fdwhandler <> 0
             UNION ALL
             SELECT ARRAY['VALIDATOR', w.fdwvalidator::pg_catalog.regproc::text] WHERE w.fdwvalidator <> 0)
       || ARRAY(SELECT ARRAY['option ' || option_name, pg_catalog.quote_literal(option_value)]
                  FROM pg_catalog.pg_options_to_table(w.fdwoptions)
                 WHERE option_name !~* 'pass|pwd|secret|token|credential|api_?key|access_?key|private'
                   AND option_value !~* '(pass|pwd|secret|token|credential|key)\w*\s*[=:]|://[^/@]*:[^/@]*@'
                 ORDER BY option_name COLLATE "C"),
       '{}'
  FROM pg_catalog.pg_foreign_data_wrapper w
 WHERE w.oid >= 16384
UNION ALL
SELECT 'server', 'pg_foreign_server', s.oid, ARRAY[s.srvname::text],
       'CREATE SERVER ' || pg_catalog.quote_ident(s.srvname)
       || COALESCE(' TYPE ' || pg_catalog.quote_literal(s.srvtype), ''),
       ARRAY(SELECT ARRAY['VERSION', pg_catalog.quote_literal(s.srvversion)] WHERE s.srvversion IS NOT NULL)
       || ARRAY[ARRAY['FOREIGN DATA WRAPPER', pg_catalog.quote_ident(w.fdwname)]]
       || ARRAY(SELECT ARRAY['option ' || option_name, pg_catalog.quote_literal(option_value)]
                  FROM pg_catalog.pg_options_to_table(s.srvoptions)
                 WHERE option_name !~* 'pass|pwd|secret|token|credential|api_?key|access_?key|private'
                   AND option_value !~* '(pass|pwd|secret|token|credential|key)\w*\s*[=:]|://[^/@]*:[^/@]*@'
                 ORDER BY option_name COLLATE "C"),
       '{}'
  FROM pg_catalog.pg_foreign_server s
  JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
 WHERE s.oid >= 16384
UNION ALL
SELECT 'publication', 'pg_publication', p.oid, ARRAY[p.pubname::text],
       'CREATE PUBLICATION ' || pg_catalog.quote_ident(p.pubname)
       || CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END,
       ARRAY(SELECT ARRAY['TABLE ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
                          pg_catalog.ltrim(COALESCE('(' || (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum)
                                             FROM pg_catalog.pg_attribute a
                                            WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '')
                          || COALESCE(' WHERE ' || pg_catalog.pg_get_expr(r.prqual, r.prrelid), ''))]
               FROM pg_catalog.pg_publication_rel r
               JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
               JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE r.prpubid = p.oid
              ORDER BY n.nspname, c.relname)
       || ARRAY(SELECT ARRAY['TABLES IN SCHEMA ' || pg_catalog.quote_ident(n.nspname), '']
                  FROM pg_catalog.pg_publication_namespace s
                  JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid
                 WHERE s.pnpubid = p.oid
                 ORDER BY n.nspname)
       || ARRAY(SELECT ARRAY[name, value] FROM (VALUES
           ('publish', CASE WHEN NOT (p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate) THEN
               '''' || pg_catalog.concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END,
                                            CASE WHEN p.pubupdate THEN 'update' END,
                                            CASE WHEN p.pubdelete THEN 'delete' END,
                                            CASE WHEN p.pubtruncate THEN 'truncate' END) || '''' END),
           ('publish_via_partition_root', CASE WHEN p.pubviaroot THEN 'true' END),
           -- Since 18.
           ('publish_generated_columns', CASE WHEN pg_catalog.to_jsonb(p) ->> 'pubgencols' = 's' THEN 'stored' END)
           ) AS part (name, value)
                 WHERE value IS NOT NULL),
       ARRAY(SELECT 'pg_publication_rel ' || r.oid FROM pg_catalog.pg_publication_rel r WHERE r.prpubid = p.oid)
       || ARRAY(SELECT 'pg_namespace ' || s.pnnspid FROM pg_catalog.pg_publication_namespace s WHERE s.pnpubid = p.oid)
  FROM pg_catalog.pg_publication p
 WHERE p.oid >= 16384
UNION ALL
SELECT 'event_trigger', 'pg_event_trigger', e.oid, ARRAY[e.evtname::text],
       'CREATE EVENT TRIGGER ' || pg_catalog.quote_ident(e.evtname) || ' ON ' || e.evtevent
       || COALESCE(' WHEN TAG IN (' || (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(tag), ', ' ORDER BY tag COLLATE "C")
                                          FROM pg_catalog.unnest(e.evttags) AS tag) || ')', '')
       || ' EXECUTE FUNCTION ' || e.evtfoid::pg_catalog.regproc || '()',
       ARRAY(SELECT ARRAY['enabled', CASE e.evtenabled WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' ELSE 'disabled' END]
              WHERE e.evtenabled <> 'O'),
       '{}'
  FROM pg_catalog.pg_event_trigger e
 WHERE e.oid >= 16384
