-- Procedures and window functions, too.
SELECT p.oid, p.prokind = 'p', n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes),
       pg_catalog.pg_get_functiondef(p.oid), pg_catalog.pg_get_function_arguments(p.oid),
       pg_catalog.pg_get_function_result(p.oid)
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
 WHERE p.prokind <> 'a'
   -- A range type comes with functions that construct it.
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'i')
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
