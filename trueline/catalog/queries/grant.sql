-- Each role's privileges now, and by PostgreSQL's default, where the two differ. No list at all is the default.
WITH objects (class, oid, number, acl, normal) AS (
    SELECT 'pg_namespace', oid, 0, nspacl, pg_catalog.acldefault('n', nspowner)
      FROM pg_catalog.pg_namespace WHERE nspacl IS NOT NULL
    UNION ALL
    SELECT 'pg_class', oid, 0, relacl,
           pg_catalog.acldefault(CASE WHEN relkind = 'S' THEN 's' ELSE 'r' END::"char", relowner)
      FROM pg_catalog.pg_class WHERE relacl IS NOT NULL
    UNION ALL
    SELECT 'pg_class', attrelid, attnum, attacl, pg_catalog.acldefault('c', 0)
      FROM pg_catalog.pg_attribute WHERE attacl IS NOT NULL AND NOT attisdropped
    UNION ALL
    SELECT 'pg_proc', oid, 0, proacl, pg_catalog.acldefault('f', proowner)
      FROM pg_catalog.pg_proc WHERE proacl IS NOT NULL
    UNION ALL
    SELECT 'pg_type', oid, 0, typacl, pg_catalog.acldefault('T', typowner)
      FROM pg_catalog.pg_type WHERE typacl IS NOT NULL
    UNION ALL
    SELECT 'pg_language', oid, 0, lanacl, pg_catalog.acldefault('l', lanowner)
      FROM pg_catalog.pg_language WHERE lanacl IS NOT NULL
    UNION ALL
    SELECT 'pg_foreign_data_wrapper', oid, 0, fdwacl, pg_catalog.acldefault('F', fdwowner)
      FROM pg_catalog.pg_foreign_data_wrapper WHERE fdwacl IS NOT NULL
    UNION ALL
    SELECT 'pg_foreign_server', oid, 0, srvacl, pg_catalog.acldefault('S', srvowner)
      FROM pg_catalog.pg_foreign_server WHERE srvacl IS NOT NULL
), items AS (
    SELECT o.class, o.oid, o.number, e.now, a.grantee,
           a.privilege_type || CASE WHEN a.is_grantable THEN '*' ELSE '' END AS privilege
      FROM objects o
     CROSS JOIN LATERAL (VALUES (true, o.acl), (false, o.normal)) AS e (now, acl)
     CROSS JOIN LATERAL pg_catalog.aclexplode(e.acl) a
), roles AS (
    SELECT class, oid, number, CASE WHEN grantee = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(grantee)::text END AS role,
           -- The same privilege may have been granted by two.
           COALESCE(pg_catalog.array_agg(DISTINCT privilege) FILTER (WHERE now), '{}') AS privileges,
           COALESCE(pg_catalog.array_agg(DISTINCT privilege) FILTER (WHERE NOT now), '{}') AS normal
      FROM items
     GROUP BY class, oid, number, grantee
)
SELECT class, oid, number, role, privileges FROM roles WHERE privileges <> normal
