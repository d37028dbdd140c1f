SELECT c.oid, n.nspname, c.relname,
       CASE c.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END,
       c.reloptions, t.reloptions,
       -- A definition is gone (NULL) when its table was dropped since the transaction began.
       CASE WHEN c.relkind = 'p' THEN COALESCE(pg_catalog.pg_get_partkeydef(c.oid), '???') END,
       CASE WHEN c.relispartition THEN COALESCE(pg_catalog.pg_get_expr(c.relpartbound, c.oid), '???') END,
       p.parents, c.relrowsecurity, c.relforcerowsecurity,
       CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' ELSE 'index' END,
       -- An index that is dropped leaves the setting behind without a name.
       CASE WHEN c.relreplident = 'i' THEN
           (SELECT ic.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
             WHERE i.indrelid = c.oid AND i.indisreplident) END,
       NULLIF(am.amname, 'heap'), ts.spcname,
       CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END,
       k.relname, fs.srvname, ft.ftoptions
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
  LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
  LEFT JOIN (SELECT i.inhrelid,
                    pg_catalog.array_agg(ARRAY[pn.nspname::text, pc.relname::text] ORDER BY i.inhseqno) AS parents
               FROM pg_catalog.pg_inherits i
               JOIN pg_catalog.pg_class pc ON pc.oid = i.inhparent AND pc.relkind IN ('r', 'p', 'f')
               JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace
              GROUP BY i.inhrelid) p ON p.inhrelid = c.oid
  LEFT JOIN (SELECT i.indrelid, ic.relname
               FROM pg_catalog.pg_index i
               JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
              WHERE i.indisclustered) k ON k.indrelid = c.oid
  LEFT JOIN pg_catalog.pg_foreign_table ft ON ft.ftrelid = c.oid
  LEFT JOIN pg_catalog.pg_foreign_server fs ON fs.oid = ft.ftserver
 WHERE c.relkind IN ('r', 'p', 'f')
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
