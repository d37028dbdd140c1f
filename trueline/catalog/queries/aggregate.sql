-- PostgreSQL has no function that gives an aggregate's definition: this is the statement, what is usual left out.
SELECT p.oid, n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes),
       'CREATE AGGREGATE ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname) || '('
       || COALESCE(NULLIF(pg_catalog.pg_get_function_arguments(p.oid), ''), '*') || ') ('
       || pg_catalog.concat_ws(', ',
           'SFUNC = ' || a.aggtransfn::pg_catalog.regproc,
           'STYPE = ' || pg_catalog.format_type(a.aggtranstype, NULL),
           'SSPACE = ' || NULLIF(a.aggtransspace, 0),
           'FINALFUNC = ' || NULLIF(a.aggfinalfn, 0)::pg_catalog.regproc,
           CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
           CASE WHEN a.aggfinalfn <> 0 THEN 'FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify
               WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
           'COMBINEFUNC = ' || NULLIF(a.aggcombinefn, 0)::pg_catalog.regproc,
           'SERIALFUNC = ' || NULLIF(a.aggserialfn, 0)::pg_catalog.regproc,
           'DESERIALFUNC = ' || NULLIF(a.aggdeserialfn, 0)::pg_catalog.regproc,
           'INITCOND = ' || pg_catalog.quote_literal(a.agginitval),
           'MSFUNC = ' || NULLIF(a.aggmtransfn, 0)::pg_catalog.regproc,
           'MINVFUNC = ' || NULLIF(a.aggminvtransfn, 0)::pg_catalog.regproc,
           'MSTYPE = ' || pg_catalog.format_type(NULLIF(a.aggmtranstype, 0), NULL),
           'MSSPACE = ' || NULLIF(a.aggmtransspace, 0),
           'MFINALFUNC = ' || NULLIF(a.aggmfinalfn, 0)::pg_catalog.regproc,
           CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
           CASE WHEN a.aggmfinalfn <> 0 THEN 'MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify
               WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
           'MINITCOND = ' || pg_catalog.quote_literal(a.aggminitval),
           'SORTOP = OPERATOR(' || (SELECT pg_catalog.quote_ident(o_n.nspname) || '.' || o.oprname
                                      FROM pg_catalog.pg_operator o
                                      JOIN pg_catalog.pg_namespace o_n ON o_n.oid = o.oprnamespace
                                     WHERE o.oid = a.aggsortop) || ')',
           CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END,
           CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END)
       || ')'
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
