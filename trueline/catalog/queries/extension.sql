-- Each with its members: class and object, flat.
SELECT e.oid, e.extname, n.nspname, e.extversion,
       ARRAY(SELECT d.classid::pg_catalog.regclass::text || ' ' || d.objid
               FROM pg_catalog.pg_depend d
              WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                AND d.refobjid = e.oid AND d.deptype = 'e')
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
