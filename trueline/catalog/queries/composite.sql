-- Its attributes come with the columns.
SELECT t.oid, n.nspname, t.typname, t.typrelid
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE c.relkind = 'c'
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
