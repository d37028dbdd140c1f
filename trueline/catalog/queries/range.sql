SELECT t.oid, n.nspname, t.typname, pg_catalog.format_type(r.rngsubtype, NULL),
       CASE WHEN NOT o.opcdefault THEN pg_catalog.quote_ident(o_n.nspname) || '.' || pg_catalog.quote_ident(o.opcname) END,
       CASE WHEN r.rngcollation <> s.typcollation THEN
           (SELECT pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
              FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
             WHERE co.oid = r.rngcollation) END,
       NULLIF(r.rngcanonical, 0)::pg_catalog.regproc::text, NULLIF(r.rngsubdiff, 0)::pg_catalog.regproc::text,
       pg_catalog.format_type(r.rngmultitypid, NULL)
  FROM pg_catalog.pg_range r
  JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid
  JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype
  JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc
  JOIN pg_catalog.pg_namespace o_n ON o_n.oid = o.opcnamespace
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
