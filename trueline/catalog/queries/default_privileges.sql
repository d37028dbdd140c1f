-- Each role's privileges on what will be made, where they differ from what holds without this entry: for all schemas
-- PostgreSQL's default, which such an entry replaces; in one schema nothing, since its entries come on top.
WITH entries AS (
    SELECT d.defaclrole, d.defaclobjtype, COALESCE(n.nspname::text, '') AS schema, d.defaclacl AS acl,
           CASE WHEN d.defaclnamespace = 0 THEN pg_catalog.acldefault(
               CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END::"char", d.defaclrole
           ) END AS normal
      FROM pg_catalog.pg_default_acl d
      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
), items AS (
    SELECT d.defaclrole, d.schema, d.defaclobjtype, e.now,
           CASE WHEN a.grantee = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(a.grantee)::text END AS role,
           a.privilege_type || CASE WHEN a.is_grantable THEN '*' ELSE '' END AS privilege
      FROM entries d
     CROSS JOIN LATERAL (VALUES (true, d.acl), (false, d.normal)) AS e (now, acl)
     CROSS JOIN LATERAL pg_catalog.aclexplode(e.acl) a
), roles AS (
    SELECT defaclrole, schema, defaclobjtype, role,
           COALESCE(pg_catalog.array_agg(DISTINCT privilege) FILTER (WHERE now), '{}') AS privileges,
           COALESCE(pg_catalog.array_agg(DISTINCT privilege) FILTER (WHERE NOT now), '{}') AS normal
      FROM items
     GROUP BY defaclrole, schema, defaclobjtype, role
)
SELECT pg_catalog.pg_get_userbyid(defaclrole), schema,
       CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
           WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END,
       role, privileges
  FROM roles WHERE privileges <> normal
