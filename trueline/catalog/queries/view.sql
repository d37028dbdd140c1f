-- Materialized ones, too.
SELECT c.oid, c.relkind = 'm', n.nspname, c.relname, pg_catalog.pg_get_viewdef(c.oid), c.reloptions,
       NULLIF(am.amname, 'heap'), ts.spcname,
       (SELECT ic.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
         WHERE i.indrelid = c.oid AND i.indisclustered),
       c.relispopulated
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
  LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
 WHERE c.relkind IN ('v', 'm')
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
