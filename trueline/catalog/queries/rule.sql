SELECT r.oid, r.ev_class, r.rulename, pg_catalog.pg_get_ruledef(r.oid),
       CASE r.ev_enabled WHEN 'O' THEN 'origin' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' ELSE 'disabled' END
  FROM pg_catalog.pg_rewrite r
  JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE r.rulename <> '_RETURN'
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
