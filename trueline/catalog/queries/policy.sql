SELECT p.oid, p.polrelid, p.polname,
       CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
           ELSE 'ALL' END,
       p.polpermissive,
       ARRAY(SELECT CASE WHEN r.oid = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(r.oid)::text END
               FROM pg_catalog.unnest(p.polroles) AS r (oid)),
       -- An expression is gone (NULL) when its table was dropped since the transaction began.
       CASE WHEN p.polqual IS NOT NULL THEN COALESCE(pg_catalog.pg_get_expr(p.polqual, p.polrelid), '???') END,
       CASE WHEN p.polwithcheck IS NOT NULL THEN COALESCE(pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid), '???') END
  FROM pg_catalog.pg_policy p
  JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
