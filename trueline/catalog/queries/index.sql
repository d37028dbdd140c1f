SELECT i.indexrelid, i.indrelid, c.relname, pg_catalog.pg_get_indexdef(i.indexrelid),
       i.indisvalid AND i.indisready AND i.indislive, c.reloptions, ts.spcname, h.inhparent,
       -- Only a column that is an expression may have a target of its own.
       CASE WHEN i.indexprs IS NOT NULL THEN
           ARRAY(SELECT ARRAY[a.attnum::integer, a.attstattarget::integer] FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0 ORDER BY a.attnum) END
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
  LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = i.indexrelid
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
