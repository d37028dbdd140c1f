-- Constraints: oid, kind, name, definition, validity. A NOT NULL is one of them since 17.
SELECT t.oid, n.nspname, t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod), t.typnotnull,
       pg_catalog.pg_get_expr(t.typdefaultbin, 0),
       CASE WHEN t.typcollation <> b.typcollation THEN
           (SELECT pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
              FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
             WHERE co.oid = t.typcollation) END,
       ARRAY(SELECT ARRAY[con.oid::text, con.contype::text, con.conname::text,
                          pg_catalog.pg_get_constraintdef(con.oid), con.convalidated::text]
               FROM pg_catalog.pg_constraint con
              WHERE con.contypid = t.oid
              ORDER BY con.conname COLLATE "C")
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE t.typtype = 'd'
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
