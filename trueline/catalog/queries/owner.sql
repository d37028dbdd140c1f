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
UNION ALL
SELECT 'pg_collation', oid, pg_catalog.pg_get_userbyid(collowner) FROM pg_catalog.pg_collation WHERE oid >= 16384
UNION ALL
SELECT 'pg_conversion', oid, pg_catalog.pg_get_userbyid(conowner) FROM pg_catalog.pg_conversion WHERE oid >= 16384
UNION ALL
SELECT 'pg_operator', oid, pg_catalog.pg_get_userbyid(oprowner) FROM pg_catalog.pg_operator WHERE oid >= 16384
UNION ALL
SELECT 'pg_opclass', oid, pg_catalog.pg_get_userbyid(opcowner) FROM pg_catalog.pg_opclass WHERE oid >= 16384
UNION ALL
SELECT 'pg_opfamily', oid, pg_catalog.pg_get_userbyid(opfowner) FROM pg_catalog.pg_opfamily WHERE oid >= 16384
UNION ALL
SELECT 'pg_ts_dict', oid, pg_catalog.pg_get_userbyid(dictowner) FROM pg_catalog.pg_ts_dict WHERE oid >= 16384
UNION ALL
SELECT 'pg_ts_config', oid, pg_catalog.pg_get_userbyid(cfgowner) FROM pg_catalog.pg_ts_config WHERE oid >= 16384
UNION ALL
SELECT 'pg_language', oid, pg_catalog.pg_get_userbyid(lanowner) FROM pg_catalog.pg_language WHERE oid >= 16384
UNION ALL
SELECT 'pg_foreign_data_wrapper', oid, pg_catalog.pg_get_userbyid(fdwowner) FROM pg_catalog.pg_foreign_data_wrapper WHERE oid >= 16384
UNION ALL
SELECT 'pg_foreign_server', oid, pg_catalog.pg_get_userbyid(srvowner) FROM pg_catalog.pg_foreign_server WHERE oid >= 16384
UNION ALL
SELECT 'pg_publication', oid, pg_catalog.pg_get_userbyid(pubowner) FROM pg_catalog.pg_publication WHERE oid >= 16384
UNION ALL
SELECT 'pg_event_trigger', oid, pg_catalog.pg_get_userbyid(evtowner) FROM pg_catalog.pg_event_trigger WHERE oid >= 16384
