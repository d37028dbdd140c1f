SELECT 'pg_namespace', oid, pg_catalog.pg_get_userbyid(nspowner) FROM pg_catalog.pg_namespace
UNION ALL
-- An extension cannot change hands. An index belongs to whom its table belongs to, and so does a column's sequence.
SELECT 'pg_class', c.oid, pg_catalog.pg_get_userbyid(c.relowner) FROM pg_catalog.pg_class c
 WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
   AND NOT (c.relkind = 'S' AND EXISTS (
       SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
          AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0))
UNION ALL
SELECT 'pg_type', oid, pg_catalog.pg_get_userbyid(typowner) FROM pg_catalog.pg_type
UNION ALL
SELECT 'pg_proc', oid, pg_catalog.pg_get_userbyid(proowner) FROM pg_catalog.pg_proc
UNION ALL
SELECT 'pg_statistic_ext', oid, pg_catalog.pg_get_userbyid(stxowner) FROM pg_catalog.pg_statistic_ext
