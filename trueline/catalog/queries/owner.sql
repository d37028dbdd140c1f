SELECT 'pg_namespace', oid, pg_catalog.pg_get_userbyid(nspowner) FROM pg_catalog.pg_namespace
UNION ALL
-- An extension cannot change hands. An index belongs to whom its table belongs to.
SELECT 'pg_class', oid, pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class
 WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
UNION ALL
SELECT 'pg_type', oid, pg_catalog.pg_get_userbyid(typowner) FROM pg_catalog.pg_type
UNION ALL
SELECT 'pg_proc', oid, pg_catalog.pg_get_userbyid(proowner) FROM pg_catalog.pg_proc
UNION ALL
SELECT 'pg_statistic_ext', oid, pg_catalog.pg_get_userbyid(stxowner) FROM pg_catalog.pg_statistic_ext
