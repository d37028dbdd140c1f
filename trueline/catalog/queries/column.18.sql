-- Of tables, views, materialized views and composite types; the names of the latter three follow from other kinds.
SELECT a.attrelid, a.attnum, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
       -- An expression is gone (NULL) when its table was dropped since the transaction began.
       CASE WHEN d.oid IS NOT NULL THEN COALESCE(pg_catalog.pg_get_expr(d.adbin, d.adrelid), '???') END,
       a.attidentity::text, a.attgenerated::text,
       CASE WHEN a.attcollation <> t.typcollation THEN
           (SELECT pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
              FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
             WHERE co.oid = a.attcollation) END,
       CASE WHEN a.attstorage <> t.typstorage THEN
           CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END
       END,
       CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
       -- The default is -1, and NULL since 17.
       NULLIF(a.attstattarget, -1), a.attoptions, a.attfdwoptions, a.attinhcount > 0, a.attislocal,
       con.oid, con.conname, con.convalidated, NOT con.connoinherit
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_catalog.pg_constraint con
    ON con.conrelid = a.attrelid AND con.contype = 'n' AND con.conkey[1] = a.attnum
 WHERE a.attnum > 0 AND NOT a.attisdropped
   AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
