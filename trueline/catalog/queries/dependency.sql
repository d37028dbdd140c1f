-- What an object needs beyond its own table: source and target, each with the system table, oid and column, and the
-- relation that the source is a part of. Sources that belong to an extension are left out; so is what follows from an
-- object's own place: a column's table, an index's and a constraint's columns, a foreign key's target.
SELECT CASE WHEN ad.oid IS NOT NULL OR r.rulename = '_RETURN' THEN 'pg_class'
           ELSE d.classid::pg_catalog.regclass::text END,
       COALESCE(ad.adrelid, CASE WHEN r.rulename = '_RETURN' THEN r.ev_class END, d.objid),
       COALESCE(ad.adnum, d.objsubid),
       CASE WHEN f.typrelid <> 0 THEN 'pg_class' WHEN f.oid IS NOT NULL THEN 'pg_type'
           ELSE d.refclassid::pg_catalog.regclass::text END,
       COALESCE(NULLIF(f.typrelid, 0), f.oid, d.refobjid),
       d.refobjsubid,
       COALESCE(ad.adrelid, NULLIF(con.conrelid, 0), i.indrelid, r.ev_class, tg.tgrelid, po.polrelid, st.stxrelid)
  FROM pg_catalog.pg_depend d
  LEFT JOIN pg_catalog.pg_attrdef ad
    ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND ad.oid = d.objid
  LEFT JOIN pg_catalog.pg_constraint con
    ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND con.oid = d.objid
  LEFT JOIN pg_catalog.pg_index i
    ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND i.indexrelid = d.objid
  LEFT JOIN pg_catalog.pg_rewrite r
    ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = d.objid
  LEFT JOIN pg_catalog.pg_trigger tg
    ON d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND tg.oid = d.objid
  LEFT JOIN pg_catalog.pg_policy po
    ON d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND po.oid = d.objid
  LEFT JOIN pg_catalog.pg_statistic_ext st
    ON d.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND st.oid = d.objid
  -- A function that constructs a range stands for the range, an array for its element, a table's type for the table.
  LEFT JOIN pg_catalog.pg_depend made
    ON d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
   AND made.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND made.objid = d.refobjid
   AND made.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND made.deptype = 'i'
  LEFT JOIN pg_catalog.pg_type t
    ON t.oid = COALESCE(made.refobjid,
                        CASE WHEN d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass THEN d.refobjid END)
  LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
  LEFT JOIN pg_catalog.pg_range m ON m.rngmultitypid = COALESCE(e.oid, t.oid)
  LEFT JOIN pg_catalog.pg_type f ON f.oid = COALESCE(m.rngtypid, e.oid, t.oid)
 WHERE d.deptype IN ('n', 'a') AND d.objid >= 16384 AND d.refobjid >= 16384
   AND d.refclassid <> 'pg_catalog.pg_namespace'::pg_catalog.regclass
   -- An index is of its columns, a sequence may be owned by one, a constraint is of its table's.
   AND NOT (d.classid IN ('pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_constraint'::pg_catalog.regclass,
                          'pg_catalog.pg_statistic_ext'::pg_catalog.regclass)
            AND d.deptype = 'a' AND d.refobjsubid > 0)
   AND NOT (d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND COALESCE(con.contype = 'f' OR d.refobjid IN (con.conrelid, i.indrelid, st.stxrelid)
                         OR d.refobjid = ad.adrelid AND d.refobjsubid = ad.adnum, false))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                    WHERE x.classid = d.classid AND x.objid = d.objid AND x.deptype = 'e')
