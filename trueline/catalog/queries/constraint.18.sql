SELECT con.oid, con.contype::text, con.conrelid, con.conname, pg_catalog.pg_get_constraintdef(con.oid), con.conkey,
       CASE WHEN con.condeferred THEN 'deferred' WHEN con.condeferrable THEN 'immediate' ELSE 'no' END,
       con.convalidated, con.conenforced, con.coninhcount > 0, con.conislocal, NULLIF(con.conparentid, 0),
       con.confrelid, con.conindid, con.confkey, con.confupdtype::text, con.confdeltype::text, con.confdelsetcols,
       con.confmatchtype::text
  FROM pg_catalog.pg_constraint con
  JOIN pg_catalog.pg_namespace n ON n.oid = con.connamespace
 WHERE con.contype IN ('p', 'u', 'x', 'c', 'f') AND con.conrelid <> 0
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
   -- A key that points at a partitioned table has a shadow for each partition of that table.
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint p WHERE p.oid = con.conparentid AND p.conrelid = con.conrelid)
