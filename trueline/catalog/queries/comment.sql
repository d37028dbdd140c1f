-- Schemas and extensions may have been there from the start; everything else that is not the system's has a higher oid.
SELECT d.classoid::pg_catalog.regclass::text, d.objoid, d.objsubid, d.description
  FROM pg_catalog.pg_description d
 WHERE d.objoid >= 16384
    OR d.classoid IN ('pg_catalog.pg_namespace'::pg_catalog.regclass, 'pg_catalog.pg_extension'::pg_catalog.regclass)
