-- PostgreSQL prints the columns in the order in which they lie in the table, which means nothing: here they are sorted.
SELECT s.oid, n.nspname, s.stxname, s.stxrelid,
       pg_catalog."left"(d.whole, pg_catalog.length(d.whole) - pg_catalog.length(d.columns || d.place))
           || pg_catalog.concat(c.sorted, pg_catalog."right"(d.columns, -pg_catalog.length(c.printed)), d.place),
       -- The default is -1, and NULL since 17.
       NULLIF(s.stxstattarget, -1)
  FROM pg_catalog.pg_statistic_ext s
  JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
 CROSS JOIN LATERAL (
       SELECT pg_catalog.pg_get_statisticsobjdef(s.oid) AS whole,
              pg_catalog.pg_get_statisticsobjdef_columns(s.oid) AS columns,
              ' FROM ' || s.stxrelid::pg_catalog.regclass::text AS place) d
 CROSS JOIN LATERAL (
       SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY k.position) AS printed,
              pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attname COLLATE "C") AS sorted
         FROM pg_catalog.unnest(s.stxkeys::smallint[]) WITH ORDINALITY AS k (number, position)
         JOIN pg_catalog.pg_attribute a ON a.attrelid = s.stxrelid AND a.attnum = k.number) c
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
