-- Triggers of keys that somebody has told to fire in another way; what a shadow (see below) has, its key has.
WITH RECURSIVE told (oid, told) AS (
    SELECT t.tgconstraint,
           ARRAY[CASE WHEN t.tgfoid = 'pg_catalog.unique_key_recheck'::pg_catalog.regproc THEN 'recheck'
                      WHEN t.tgfoid = 'pg_catalog."RI_FKey_check_ins"'::pg_catalog.regproc THEN 'insert'
                      WHEN t.tgfoid = 'pg_catalog."RI_FKey_check_upd"'::pg_catalog.regproc THEN 'update'
                      WHEN t.tgtype & 8 <> 0 THEN 'referenced delete' ELSE 'referenced update' END,
                 t.tgrelid::text,
                 CASE t.tgenabled WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' ELSE 'disabled' END]
      FROM pg_catalog.pg_trigger t
     WHERE t.tgisinternal AND t.tgconstraint <> 0 AND t.tgenabled <> 'O'
    UNION ALL
    SELECT con.conparentid, told.told
      FROM told
      JOIN pg_catalog.pg_constraint con ON con.oid = told.oid
      JOIN pg_catalog.pg_constraint p ON p.oid = con.conparentid AND p.conrelid = con.conrelid
)
SELECT con.oid, con.contype::text, con.conrelid, con.conname, pg_catalog.pg_get_constraintdef(con.oid), con.conkey,
       CASE WHEN con.condeferred THEN 'deferred' WHEN con.condeferrable THEN 'immediate' ELSE 'no' END,
       con.convalidated, (SELECT conenforced FROM (SELECT con.*) own), con.coninhcount > 0, con.conislocal, NULLIF(con.conparentid, 0),
       con.confrelid, con.conindid, con.confkey, con.confupdtype::text, con.confdeltype::text, con.confdelsetcols,
       con.confmatchtype::text, told.told
  FROM pg_catalog.pg_constraint con
  JOIN pg_catalog.pg_namespace n ON n.oid = con.connamespace
  -- Before PostgreSQL 18 the constraint has no such column, and the name above means this one.
  CROSS JOIN (SELECT true AS conenforced) always
  LEFT JOIN (SELECT told.oid, pg_catalog.array_agg(told.told ORDER BY told.told) AS told FROM told GROUP BY told.oid) told
    ON told.oid = con.oid
 WHERE con.contype IN ('p', 'u', 'x', 'c', 'f') AND con.conrelid <> 0
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
   -- A key that points at a partitioned table has a shadow for each partition of that table.
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint p WHERE p.oid = con.conparentid AND p.conrelid = con.conrelid)
