=== a tree of partitions comes and goes
--- before
CREATE SCHEMA @r;
CREATE TABLE @s.@u (@a integer PRIMARY KEY);
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
--- old
--- new
CREATE TABLE @s.@p (@a integer NOT NULL, @b text DEFAULT 'x', @c date, CONSTRAINT @n PRIMARY KEY (@a), CONSTRAINT @m CHECK (@a > 0),
    CONSTRAINT @x FOREIGN KEY (@a) REFERENCES @s.@u) PARTITION BY RANGE (@a);
CREATE TABLE @r.@a PARTITION OF @s.@p (@b DEFAULT 'y', CONSTRAINT @y CHECK (@a < 100)) FOR VALUES FROM (MINVALUE) TO (50) WITH (fillfactor = 70);
CREATE TABLE @s.@b PARTITION OF @s.@p DEFAULT PARTITION BY HASH (@a);
CREATE TABLE @s.@c PARTITION OF @s.@b FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE INDEX @i ON @s.@p (@c);
CREATE INDEX @j ON @r.@a (@b);
ALTER TABLE @r.@a ADD CONSTRAINT @z UNIQUE (@b);
CREATE TRIGGER @n AFTER INSERT ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
ALTER TABLE @r.@a DISABLE TRIGGER @n;
CREATE POLICY @n ON @r.@a;
COMMENT ON TABLE @r.@a IS 'partition';
COMMENT ON INDEX @s.@i IS 'index';
CREATE TABLE @s.@t (@a integer CONSTRAINT @q REFERENCES @s.@p);

=== a partitioned table changes with its partitions
--- old
CREATE TABLE @s.@p (@a integer, @b varchar(5), @c text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@u PARTITION OF @s.@p FOR VALUES FROM (10) TO (20) PARTITION BY LIST (@c);
CREATE TABLE @s.@v PARTITION OF @s.@u DEFAULT;
--- new
CREATE TABLE @s.@p (@a integer NOT NULL, @b text DEFAULT '%s', @c text, @d date, CONSTRAINT @n CHECK (@a > 0), CONSTRAINT @m UNIQUE (@a, @c)) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@u PARTITION OF @s.@p FOR VALUES FROM (10) TO (20) PARTITION BY LIST (@c);
CREATE TABLE @s.@v PARTITION OF @s.@u DEFAULT;
CREATE INDEX @x ON @s.@p (lower(@b));
--- rows
INSERT INTO @s.@p VALUES (1, 'one', 'x'), (12, 'two', 'y');
--- kept
SELECT @a, @b::text, @c FROM @s.@p ORDER BY 1

=== partitions are attached and detached with their rows
--- old
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t (@a integer, @b text);
CREATE TABLE @s.@u PARTITION OF @s.@p FOR VALUES FROM (10) TO (20);
--- new
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@u (@a integer, @b text);
--- rows
INSERT INTO @s.@t VALUES (1, 'x');
INSERT INTO @s.@u VALUES (11, 'y');
--- kept
SELECT @a FROM @s.@t UNION SELECT @a FROM @s.@u ORDER BY 1

=== bounds move from one partition to another
--- old
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@u PARTITION OF @s.@p FOR VALUES FROM (10) TO (20);
CREATE TABLE @s.@v PARTITION OF @s.@p DEFAULT;
--- new
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (10) TO (20);
CREATE TABLE @s.@u PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@w PARTITION OF @s.@p DEFAULT;
--- after
CREATE INDEX @x ON @s.@p (@b);

=== a table becomes partitioned (destructive)
--- old
CREATE TABLE @s.@t (@a integer);
--- new
CREATE TABLE @s.@t (@a integer) PARTITION BY RANGE (@a);

=== a partition key changes (destructive)
--- old
CREATE TABLE @s.@t (@a integer, @b integer) PARTITION BY RANGE (@a);
--- new
CREATE TABLE @s.@t (@a integer, @b integer) PARTITION BY RANGE (@b);

=== an inheritance tree comes and goes
--- old
CREATE TABLE @s.@p (@a integer);
--- new
CREATE TABLE @s.@p (@a integer CONSTRAINT @x NOT NULL, CONSTRAINT @n CHECK (@a > 0), CONSTRAINT @m CHECK (true) NO INHERIT);
CREATE TABLE @s.@t (@b text, @a integer) INHERITS (@s.@p);
CREATE TABLE @s.@u (@c text) INHERITS (@s.@t, @s.@p);
CREATE INDEX @i ON @s.@u (@a);
ALTER TABLE @s.@u ALTER @a SET DEFAULT 7;

=== a parent changes and its children follow
--- old
CREATE TABLE @s.@p (@a integer, @b text, @c integer);
CREATE TABLE @s.@t (@d text) INHERITS (@s.@p);
--- new
CREATE TABLE @s.@p (@a bigint NOT NULL DEFAULT 4, @b text, @e date, CONSTRAINT @n CHECK (@a > 0));
CREATE TABLE @s.@t (@d text) INHERITS (@s.@p);
--- after
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
--- rows
INSERT INTO @s.@t VALUES (1, 'x', 5, 'd');
--- kept
SELECT @a, @b, @d FROM @s.@t

=== a child leaves its parent and another comes
--- old
CREATE TABLE @s.@p (@a integer);
CREATE TABLE @s.@t (@b text) INHERITS (@s.@p);
CREATE TABLE @s.@u (@a integer, @b text);
--- new
CREATE TABLE @s.@p (@a integer);
CREATE TABLE @s.@t (@a integer, @b text);
CREATE TABLE @s.@u (@a integer, @b text) INHERITS (@s.@p);

=== a typed table comes and its type grows
--- old
CREATE TYPE @s.@k AS (@a integer, @b text);
CREATE TABLE @s.@t OF @s.@k (@a NOT NULL, CONSTRAINT @n UNIQUE (@b));
--- new
CREATE TYPE @s.@k AS (@a integer, @b text, @c date);
CREATE TABLE @s.@t OF @s.@k (@a NOT NULL, CONSTRAINT @n UNIQUE (@b));
CREATE TABLE @s.@u OF @s.@k (@b DEFAULT 'x');

=== a key of a partitioned table is what another points at
--- old
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a)) PARTITION BY HASH (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE @s.@u (@a integer CONSTRAINT @m REFERENCES @s.@p);
--- new
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a, @b)) PARTITION BY HASH (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE @s.@u (@a integer, @b integer, CONSTRAINT @m FOREIGN KEY (@a, @b) REFERENCES @s.@p);

=== an index on only the parent
--- before
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
--- old
CREATE INDEX @x ON @s.@p (@a);
--- new
CREATE INDEX @x ON ONLY @s.@p (@a);

=== partitions by columns and expressions of every name
--- before
CREATE SCHEMA @r;
--- old
--- new
CREATE TABLE @s.@p (@c integer, @b text, @n date, @m text) PARTITION BY RANGE (@c, (lower(@b || '%s :x')), @m COLLATE "C" text_pattern_ops);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (1, '%s', ':x') TO (5, 'it''s', MAXVALUE);
CREATE TABLE @r.@u PARTITION OF @s.@p DEFAULT PARTITION BY LIST (@n);
CREATE TABLE @r.@w PARTITION OF @r.@u FOR VALUES IN ('2020-02-03', NULL);

=== a partition goes that a key to its parent counts with
--- old
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a)) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@v PARTITION OF @s.@p FOR VALUES FROM (10) TO (20);
--- new
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a)) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
--- after
CREATE TABLE @s.@u (@a integer CONSTRAINT @m REFERENCES @s.@p);
ALTER TABLE @s.@p ADD CONSTRAINT @x FOREIGN KEY (@b) REFERENCES @s.@p;

=== a tree of partitions goes and its parent too
--- old
CREATE TABLE @s.@z (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a)) PARTITION BY RANGE (@a);
CREATE TABLE @s.@a PARTITION OF @s.@z DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@t PARTITION OF @s.@a DEFAULT;
CREATE TABLE @s.@u (@a integer CONSTRAINT @m REFERENCES @s.@z);
--- new
CREATE TABLE @s.@u (@a integer);

=== indexes come to a parent in an order that names those of its partitions
--- before
CREATE TABLE @s.@p (@a integer, @b text, @c text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
--- old
CREATE INDEX @x ON @s.@p (@b) WHERE @a > 5;
ALTER TABLE @s.@p ADD CONSTRAINT @n UNIQUE (@a, @b);
--- new
CREATE INDEX @y ON @s.@p (@b);
CREATE INDEX @x ON @s.@p (@b) WHERE @a > 5;
CREATE INDEX @i ON @s.@p (@b) WITH (fillfactor = 50);
ALTER TABLE @s.@p ADD CONSTRAINT @m UNIQUE (@a, @b), ADD CONSTRAINT @n UNIQUE (@a, @b) DEFERRABLE;

=== compression and storage of a parent are not those of its partition
--- old
--- new
CREATE TABLE @s.@p (@a integer, @b text, @c text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
ALTER TABLE ONLY @s.@p ALTER @b SET COMPRESSION pglz, ALTER @b SET STORAGE EXTERNAL, ALTER @b SET STATISTICS 44;
ALTER TABLE ONLY @s.@t ALTER @c SET COMPRESSION pglz, ALTER @c SET STORAGE MAIN, ALTER @c SET STATISTICS 33;

=== a tree of partitions goes that points at itself
--- old
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a), CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@p) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- new

=== a column comes to a parent and another setting to its new partition
--- old
CREATE TABLE @s.@p (@a integer) PARTITION BY RANGE (@a);
--- new
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
ALTER TABLE ONLY @s.@p ALTER @b SET COMPRESSION pglz, ALTER @b SET STORAGE EXTERNAL;

=== two indexes of a parent that differ in name only
--- before
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- old
CREATE INDEX @x ON @s.@p (@b);
--- new
CREATE INDEX @y ON @s.@p (@b);
CREATE INDEX @x ON @s.@p (@b);

=== an identity comes to a parent with partitions (since 18)
--- old
CREATE TABLE @s.@p (@b integer) PARTITION BY RANGE (@b);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- new
CREATE TABLE @s.@p (@b integer, @a integer GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (@b);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;

=== an identity comes to a parent with partitions before they could (before 18)
--- old
CREATE TABLE @s.@p (@b integer) PARTITION BY RANGE (@b);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- new
CREATE TABLE @s.@p (@b integer, @a integer GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (@b);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;

=== indexes and keys of partitions have the names of one another (nothing)
--- before
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- old
CREATE INDEX @x ON @s.@p (@b);
CREATE INDEX @y ON @s.@p (@b);
CREATE INDEX @z ON @s.@p (@b) WHERE @a > 1;
ALTER TABLE @s.@p ADD CONSTRAINT @n UNIQUE (@a, @b), ADD CONSTRAINT @m UNIQUE (@a, @b) DEFERRABLE;
--- new
ALTER TABLE @s.@p ADD CONSTRAINT @m UNIQUE (@a, @b) DEFERRABLE, ADD CONSTRAINT @n UNIQUE (@a, @b);
CREATE INDEX @z ON @s.@p (@b) WHERE @a > 1;
CREATE INDEX @y ON @s.@p (@b);
CREATE INDEX @x ON @s.@p (@b);

=== a child goes from one parent to another that has the same columns
--- before
CREATE TABLE @s.@p (@a integer, @b text, CONSTRAINT @n CHECK (@a > 0));
CREATE TABLE @s.@q (@a integer, CONSTRAINT @n CHECK (@a > 0));
--- old
CREATE TABLE @s.@t (@c text) INHERITS (@s.@p);
--- new
CREATE TABLE @s.@t (@a integer, @b text, @c text) INHERITS (@s.@q);
ALTER TABLE @s.@t NO INHERIT @s.@q, INHERIT @s.@q;
--- rows
INSERT INTO @s.@t VALUES (1, 'x', 'y');
--- kept
SELECT @a, @b, @c FROM @s.@t

=== a child keeps what both its parents have
--- before
CREATE TABLE @s.@p (@a integer, CONSTRAINT @n CHECK (@a > 0));
CREATE TABLE @s.@q (@a integer, CONSTRAINT @n CHECK (@a > 0));
CREATE TABLE @s.@r (@a integer, CONSTRAINT @n CHECK (@a > 0));
--- old
CREATE TABLE @s.@t (@c text) INHERITS (@s.@p, @s.@q);
CREATE TABLE @s.@u (@c text) INHERITS (@s.@r, @s.@q);
--- new
CREATE TABLE @s.@t (@c text) INHERITS (@s.@q, @s.@r);
CREATE TABLE @s.@u (@c text) INHERITS (@s.@p);
--- rows
INSERT INTO @s.@t VALUES (1, 'x');
--- kept
SELECT @a, @c FROM @s.@t

=== a column of a child is its own, too
--- before
CREATE TABLE @s.@p (@a integer, CONSTRAINT @n CHECK (@a > 0));
--- old
CREATE TABLE @s.@t (@c text) INHERITS (@s.@p);
--- new
CREATE TABLE @s.@t (@a integer, @c text, CONSTRAINT @n CHECK (@a > 0)) INHERITS (@s.@p);
--- rows
INSERT INTO @s.@t VALUES (1, 'x');
--- kept
SELECT @a, @c FROM @s.@t

=== a child joins a parent that changes with it
--- old
CREATE TABLE @s.@p (@a integer);
CREATE TABLE @s.@t (@a integer, @b text);
CREATE TABLE @s.@u (@a integer);
--- new
CREATE TABLE @s.@p (@a bigint NOT NULL, @c date, CONSTRAINT @n CHECK (@a > 0));
CREATE TABLE @s.@t (@b text) INHERITS (@s.@p);
CREATE TABLE @s.@u (@a bigint, @c date, CONSTRAINT @n CHECK (@a > 0)) INHERITS (@s.@p);
--- rows
INSERT INTO @s.@t VALUES (1, 'x');
--- kept
SELECT @a::bigint, @b FROM @s.@t

=== a child leaves its parent and loses what it had from it
--- old
CREATE TABLE @s.@p (@a integer, @b text, CONSTRAINT @n CHECK (@a > 0));
CREATE TABLE @s.@t () INHERITS (@s.@p);
--- new
CREATE TABLE @s.@p (@a integer, @b text, CONSTRAINT @n CHECK (@a > 0));
CREATE TABLE @s.@t (@b text);

=== a child leaves its parent and both lose what they had
--- old
CREATE TABLE @s.@p (@a integer, @b text, @c text, CONSTRAINT @n CHECK (@a > 0));
CREATE TABLE @s.@t () INHERITS (@s.@p);
CREATE TABLE @s.@q (@a integer, @b text, @c text, CONSTRAINT @n CHECK (@a > 0)) PARTITION BY RANGE (@a);
CREATE TABLE @s.@u PARTITION OF @s.@q DEFAULT;
--- new
CREATE TABLE @s.@p (@b text);
CREATE TABLE @s.@t (@b text);
CREATE TABLE @s.@q (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@u (@a integer, @b text);
--- rows
INSERT INTO @s.@t VALUES (1, 'x', 'y');
INSERT INTO @s.@u VALUES (1, 'x', 'y');
--- kept
SELECT @b FROM @s.@t UNION ALL SELECT @b FROM @s.@u

=== a partition becomes a child and a child a partition
--- old
CREATE TABLE @s.@p (@a integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@q (@a integer);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@u () INHERITS (@s.@q);
--- new
CREATE TABLE @s.@p (@a integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@q (@a integer);
CREATE TABLE @s.@t () INHERITS (@s.@q);
CREATE TABLE @s.@u PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
--- rows
INSERT INTO @s.@t VALUES (1);
--- kept
SELECT @a FROM @s.@t

=== an index of a parent takes those of its partitions for its own
--- before
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@u PARTITION OF @s.@p FOR VALUES FROM (10) TO (20);
CREATE INDEX @x ON @s.@t (@a);
CREATE INDEX @y ON @s.@u (@a);
CREATE INDEX @z ON @s.@u (@b);
--- old
CREATE INDEX @i ON ONLY @s.@p (@a);
CREATE INDEX @j ON ONLY @s.@p (@b);
--- new
CREATE INDEX @i ON @s.@p (@a);
CREATE INDEX @j ON ONLY @s.@p (@b);
ALTER INDEX @s.@j ATTACH PARTITION @s.@z;

=== a type changes with its tables and what they have of their own
--- old
CREATE TYPE @s.@k AS (@a integer, @b text, @d integer);
CREATE TABLE @s.@t OF @s.@k (@a NOT NULL DEFAULT 5, CONSTRAINT @n CHECK (@d > 0));
CREATE TABLE @s.@u OF @s.@k;
--- new
CREATE TYPE @s.@k AS (@a bigint, @b text COLLATE "C", @c date);
CREATE TABLE @s.@t OF @s.@k (@a NOT NULL DEFAULT 6, @c DEFAULT '2020-01-01');
CREATE TABLE @s.@u OF @s.@k;
CREATE INDEX @x ON @s.@u (@c);
--- after
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
--- rows
INSERT INTO @s.@t VALUES (1, 'x', 3);
INSERT INTO @s.@u VALUES (1, 'x', 3);
--- kept
SELECT @a::bigint, @b::text COLLATE "C" FROM @s.@t UNION ALL SELECT @a::bigint, @b::text FROM @s.@u

=== a table leaves its type and another comes to one that grows
--- old
CREATE TYPE @s.@k AS (@a integer, @b text);
CREATE TYPE @s.@l AS (@a integer);
CREATE TABLE @s.@t OF @s.@k;
CREATE TABLE @s.@u (@a integer, @b text);
CREATE TABLE @s.@w OF @s.@l;
--- new
CREATE TYPE @s.@k AS (@a integer, @b text, @c date);
CREATE TYPE @s.@l AS (@a integer);
CREATE TABLE @s.@t (@a integer, @b text);
CREATE TABLE @s.@u OF @s.@k;
CREATE TABLE @s.@w OF @s.@k;
--- rows
INSERT INTO @s.@u VALUES (1, 'x');
--- kept
SELECT @a, @b FROM @s.@u

=== a type cannot get another order under its tables (refused)
--- old
CREATE TYPE @s.@k AS (@a integer, @b text);
CREATE TABLE @s.@t OF @s.@k;
--- new
CREATE TYPE @s.@k AS (@b text, @a integer);
CREATE TABLE @s.@t OF @s.@k;

=== a partition is attached that has more columns than its parent, and one that has fewer
--- old
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t (@a integer, @b text, @c text);
CREATE TABLE @s.@u (@a integer);
CREATE TABLE @s.@q (@a integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@v (@a integer);
--- new
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@u PARTITION OF @s.@p FOR VALUES FROM (10) TO (20);
CREATE TABLE @s.@q (@a integer, @d date) PARTITION BY RANGE (@a);
CREATE TABLE @s.@v PARTITION OF @s.@q DEFAULT;
--- rows
INSERT INTO @s.@t VALUES (1, 'x', 'y');
INSERT INTO @s.@u VALUES (11);
INSERT INTO @s.@v VALUES (1);
--- kept
SELECT @a FROM @s.@t UNION ALL SELECT @a FROM @s.@u UNION ALL SELECT @a FROM @s.@v

=== a column changes its type whose name is a part of the key's
--- old
CREATE TABLE @s.p (id integer, d integer, "public.t" text, public varchar(5)) PARTITION BY RANGE (id);
CREATE TABLE @s.q ("public.t" integer, public varchar(5)) PARTITION BY LIST ("public.t");
--- new
CREATE TABLE @s.p (id integer, d bigint, "public.t" text, public varchar(9)) PARTITION BY RANGE (id);
CREATE TABLE @s.q ("public.t" integer, public text) PARTITION BY LIST ("public.t");

=== a partitioned table becomes a plain one whose key has another type (destructive)
--- old
CREATE TABLE @s.@t (@a integer NOT NULL, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t DEFAULT;
--- new
CREATE TABLE @s.@t (@a smallint, @b text);

=== a child leaves its parent for a new one with other columns (destructive)
--- old
CREATE TABLE @s.@p (@a integer NOT NULL, @b text DEFAULT 'x', CONSTRAINT @n CHECK (@a > 0));
CREATE TABLE @s.@t () INHERITS (@s.@p);
CREATE TABLE @s.@u (@d text) INHERITS (@s.@p);
--- new
CREATE TABLE @s.@q (@a integer NOT NULL, @c date DEFAULT '2020-02-03' NOT NULL, CONSTRAINT @m CHECK (@a < 9));
CREATE TABLE @s.@t () INHERITS (@s.@q);
CREATE TABLE @s.@u (@d text) INHERITS (@s.@q);
--- rows
INSERT INTO @s.@t VALUES (1, 'b');
--- kept
SELECT @a FROM @s.@t

=== a column comes that children and partitions have with settings of their own
--- old
CREATE TABLE @s.@p (@a integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
CREATE TABLE @s.@q (@a integer);
CREATE TABLE @s.@u () INHERITS (@s.@q);
CREATE TABLE @s.@v () INHERITS (@s.@u);
--- new
CREATE TABLE @s.@p (@a integer, @b text DEFAULT 'x' NOT NULL, @c text) PARTITION BY RANGE (@a);
ALTER TABLE @s.@p ALTER @b SET STATISTICS 55, ALTER @b SET STORAGE EXTERNAL, ALTER @c SET STATISTICS 9;
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
ALTER TABLE @s.@t ALTER @b SET DEFAULT 'y', ALTER @b SET STORAGE MAIN, ALTER @c SET NOT NULL;
CREATE TABLE @s.@q (@a integer, @b text DEFAULT 'x', @c text COMPRESSION pglz);
ALTER TABLE @s.@q ALTER @b SET STATISTICS 55, ALTER @b SET (n_distinct = -0.5), ALTER @c SET STORAGE EXTERNAL;
CREATE TABLE @s.@u () INHERITS (@s.@q);
ALTER TABLE @s.@u ALTER @b DROP DEFAULT, ALTER @c SET STATISTICS 7, ALTER @c SET STORAGE MAIN;
CREATE TABLE @s.@v () INHERITS (@s.@u);
ALTER TABLE @s.@v ALTER @b SET DEFAULT 'z', ALTER @b SET (n_distinct = 5);

=== a column gets settings that children and partitions do not get
--- before
CREATE TABLE @s.@p (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
CREATE TABLE @s.@q (@a integer, @b text);
CREATE TABLE @s.@u () INHERITS (@s.@q);
CREATE TABLE @s.@v () INHERITS (@s.@u);
--- old
ALTER TABLE @s.@p ALTER @b SET DEFAULT 'x';
--- new
ALTER TABLE @s.@t ALTER @b SET STATISTICS 5;
ALTER TABLE ONLY @s.@p ALTER @b SET STATISTICS 55, ALTER @b SET STORAGE EXTERNAL;
ALTER TABLE ONLY @s.@q ALTER @b SET STATISTICS 55, ALTER @b SET STORAGE EXTERNAL, ALTER @b SET DEFAULT 'y', ALTER @b SET (n_distinct = -0.5);
ALTER TABLE ONLY @s.@u ALTER @b SET STATISTICS 5, ALTER @b SET (n_distinct = 5);
