=== a leaf goes that points at its root
--- old
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a)) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
ALTER TABLE @s.@t ADD CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@p;
--- new

=== a tree of three levels goes that points at itself
--- old
CREATE TABLE @s.@z (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a), CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@z) PARTITION BY RANGE (@a);
CREATE TABLE @s.@a PARTITION OF @s.@z DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@t PARTITION OF @s.@a DEFAULT;
--- new

=== two trees go that point at each other
--- old
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a)) PARTITION BY RANGE (@a);
CREATE TABLE @s.@a PARTITION OF @s.@p DEFAULT;
CREATE TABLE @s.@q (@a integer, @b integer, CONSTRAINT @x PRIMARY KEY (@a), CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@p) PARTITION BY RANGE (@a);
CREATE TABLE @s.@z PARTITION OF @s.@q DEFAULT;
ALTER TABLE @s.@p ADD CONSTRAINT @y FOREIGN KEY (@b) REFERENCES @s.@q;
--- new

=== a tree goes with a table that it points at, and that points at it
--- old
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a)) PARTITION BY RANGE (@a);
CREATE TABLE @s.@a PARTITION OF @s.@p DEFAULT;
CREATE TABLE @s.@q (@a integer, @b integer, CONSTRAINT @x PRIMARY KEY (@a), CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@p);
ALTER TABLE @s.@p ADD CONSTRAINT @y FOREIGN KEY (@b) REFERENCES @s.@q;
--- new

=== a leaf of a leaf goes from a tree that points at itself
--- before
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a), CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@p) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (1) TO (2) PARTITION BY LIST (@a);
--- old
CREATE TABLE @s.@u PARTITION OF @s.@t DEFAULT;
--- new

=== a branch goes from a tree that points at itself
--- before
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a), CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@p) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES FROM (1) TO (2);
--- old
CREATE TABLE @s.@b PARTITION OF @s.@p DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@u PARTITION OF @s.@b DEFAULT;
--- new

=== a parent and its child go that point at the parent
--- old
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a), CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@p);
CREATE TABLE @s.@a (CONSTRAINT @x FOREIGN KEY (@b) REFERENCES @s.@p) INHERITS (@s.@p);
--- new

=== a column comes to a parent, and a child with another default
--- old
CREATE TABLE @s.@p (@a integer, @c integer);
--- new
CREATE TABLE @s.@p (@a integer, @b text DEFAULT 'x', @c bigint NOT NULL, CONSTRAINT @n CHECK (@a > 1));
CREATE TABLE @s.@t (@d date) INHERITS (@s.@p);
ALTER TABLE @s.@t ALTER @b SET DEFAULT 'y', ALTER @b SET COMPRESSION pglz;

=== triggers of partitions fire in another way than their parent's
--- before
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE @s.@p (@a integer, @b integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@u PARTITION OF @s.@t DEFAULT;
CREATE TRIGGER @n AFTER INSERT ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
CREATE TRIGGER @m AFTER INSERT ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
CREATE TRIGGER @x AFTER INSERT ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
CREATE TRIGGER @y AFTER INSERT ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
--- old
ALTER TABLE @s.@t DISABLE TRIGGER @n;
ALTER TABLE @s.@u ENABLE ALWAYS TRIGGER @n;
ALTER TABLE @s.@u ENABLE REPLICA TRIGGER @y;
ALTER TABLE @s.@p DISABLE TRIGGER @x;
--- new
ALTER TABLE @s.@p DISABLE TRIGGER @n;
ALTER TABLE @s.@u ENABLE ALWAYS TRIGGER @n;
ALTER TABLE @s.@p DISABLE TRIGGER @m;
ALTER TABLE @s.@t ENABLE REPLICA TRIGGER @m;
ALTER TABLE @s.@u ENABLE TRIGGER @m;
ALTER TABLE ONLY @s.@p DISABLE TRIGGER @x;
ALTER TABLE @s.@t DISABLE TRIGGER @y;

=== a trigger changes that does not fire in a partition
--- before
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE @s.@p (@a integer, @b integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- old
CREATE TRIGGER @n AFTER INSERT ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
ALTER TABLE @s.@t DISABLE TRIGGER @n;
--- new
CREATE TRIGGER @n BEFORE INSERT OR DELETE ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
ALTER TABLE @s.@t DISABLE TRIGGER @n;

=== partitions come whose triggers fire in another way
--- before
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE @s.@p (@a integer, @b integer) PARTITION BY RANGE (@a);
CREATE TRIGGER @n AFTER INSERT ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
CREATE TRIGGER @m AFTER INSERT ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
ALTER TABLE @s.@p DISABLE TRIGGER @m;
--- old
CREATE TABLE @s.@u (@a integer, @b integer) PARTITION BY LIST (@a);
--- new
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
ALTER TABLE @s.@t DISABLE TRIGGER @n;
ALTER TABLE @s.@t ENABLE TRIGGER @m;
CREATE TABLE @s.@u PARTITION OF @s.@p FOR VALUES FROM (1) TO (2) PARTITION BY LIST (@a);
ALTER TABLE @s.@u DISABLE TRIGGER @n;
CREATE TABLE @s.@v PARTITION OF @s.@u DEFAULT;
CREATE UNLOGGED TABLE @s.@w PARTITION OF @s.@p FOR VALUES FROM (3) TO (4);
ALTER TABLE @s.@w ENABLE ALWAYS TRIGGER @n;

=== an index of a partition is left without its parent's
--- before
CREATE TABLE @s.@p (@a integer, @b integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- old
CREATE INDEX @x ON @s.@t (@b);
CREATE INDEX @y ON @s.@p (@b);
--- new
CREATE INDEX @x ON @s.@t (@b);

=== a unique key of a partition is left without its parent's
--- before
CREATE TABLE @s.@p (@a integer, @b integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- old
ALTER TABLE @s.@p ADD CONSTRAINT @n UNIQUE (@a, @b);
--- new
ALTER TABLE @s.@t ADD UNIQUE (@a, @b);

=== a foreign key of a partition is left without its parent's
--- before
CREATE TABLE @s.@z (@a integer PRIMARY KEY);
CREATE TABLE @s.@p (@a integer, @b integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- old
ALTER TABLE @s.@p ADD CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@z;
--- new
ALTER TABLE @s.@t ADD CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@z;

=== a check of a partition is left without its parent's
--- before
CREATE TABLE @s.@p (@a integer, @b integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- old
ALTER TABLE @s.@p ADD CONSTRAINT @m CHECK (@a > 1);
--- new
ALTER TABLE @s.@t ADD CONSTRAINT @m CHECK (@a > 1);

=== an index of a partition becomes one of its parent
--- before
CREATE TABLE @s.@p (@a integer, @b integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
CREATE INDEX @x ON @s.@t (@b);
--- old
--- new
CREATE INDEX @y ON @s.@p (@b);
COMMENT ON INDEX @s.@x IS 'kept';
COMMENT ON INDEX @s.@y IS 'kept';

=== rows of a partition are known by an index that comes with its parent's
--- before
CREATE TABLE @s.@p (@a integer NOT NULL, @b integer, CONSTRAINT @n UNIQUE (@a)) PARTITION BY RANGE (@a);
--- old
--- new
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
ALTER TABLE @s.@t REPLICA IDENTITY USING INDEX "Select ""Ünïcode"" 😀_id_key", CLUSTER ON "Select ""Ünïcode"" 😀_id_key";

=== a key changes that rows of a partition of a partition are known by
--- before
CREATE TABLE @s.@p (@a integer NOT NULL, @b integer NOT NULL) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@u PARTITION OF @s.@t DEFAULT;
--- old
ALTER TABLE @s.@p ADD CONSTRAINT @n PRIMARY KEY (@a);
ALTER TABLE @s.@u REPLICA IDENTITY USING INDEX "order_pkey", CLUSTER ON "order_pkey";
--- new
ALTER TABLE @s.@p ADD CONSTRAINT @n PRIMARY KEY (@a, @b);
ALTER TABLE @s.@u REPLICA IDENTITY USING INDEX "order_pkey", CLUSTER ON "order_pkey";

=== rows of a partition come to be known by its parent's key
--- before
CREATE TABLE @s.@p (@a integer NOT NULL, @b integer NOT NULL) PARTITION BY RANGE (@a);
ALTER TABLE @s.@p ADD CONSTRAINT @n PRIMARY KEY (@a);
CREATE TABLE @s.@u PARTITION OF @s.@p DEFAULT;
CREATE UNIQUE INDEX @x ON @s.@u (@b);
--- old
ALTER TABLE @s.@u REPLICA IDENTITY USING INDEX @x, CLUSTER ON @x;
--- new
ALTER TABLE @s.@u REPLICA IDENTITY USING INDEX "order_pkey", CLUSTER ON "order_pkey";

=== a partition goes, and a key comes that points at its parent
--- old
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a)) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@u PARTITION OF @s.@t DEFAULT;
--- new
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a), CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@p) PARTITION BY RANGE (@a);
CREATE TABLE @s.@z (@a integer, CONSTRAINT @x FOREIGN KEY (@a) REFERENCES @s.@p);

=== a column of a parent and its child changes its type and is compressed
--- old
CREATE TABLE @s.@p (@a integer, @b text, @c timestamptz);
CREATE TABLE @s.@t () INHERITS (@s.@p);
CREATE TABLE @s.@u () INHERITS (@s.@p);
CREATE TABLE @s.@v (@a integer) PARTITION BY LIST (@a);
CREATE TABLE @s.@w PARTITION OF @s.@v DEFAULT;
--- new
CREATE TABLE @s.@p (@a text COMPRESSION pglz, @b text COMPRESSION pglz, @c text COMPRESSION pglz);
ALTER TABLE @s.@p ALTER @c SET STORAGE EXTERNAL;
CREATE TABLE @s.@t () INHERITS (@s.@p);
CREATE TABLE @s.@u () INHERITS (@s.@p);
ALTER TABLE ONLY @s.@u ALTER @a SET COMPRESSION default;
CREATE TABLE @s.@v (@a integer) PARTITION BY LIST (@a);
CREATE TABLE @s.@w PARTITION OF @s.@v DEFAULT;

=== a column of a parent changes its type, and its child's its default with it
--- old
CREATE TABLE @s.@p (@a integer DEFAULT 1, @b integer, @c integer DEFAULT 1, @d integer);
CREATE TABLE @s.@t () INHERITS (@s.@p);
ALTER TABLE @s.@t ALTER @b SET DEFAULT 3, ALTER @c SET DEFAULT 4;
--- new
CREATE TABLE @s.@p (@a bigint DEFAULT 1, @b bigint, @c bigint DEFAULT 1, @d bigint);
CREATE TABLE @s.@t () INHERITS (@s.@p);
ALTER TABLE @s.@t ALTER @a SET DEFAULT 2, ALTER @b SET DEFAULT 4, ALTER @c SET DEFAULT 4, ALTER @d SET STATISTICS 7;

=== a column of a parent changes its type, and a partition has another default
--- old
CREATE TABLE @s.@q (@a integer, @b text DEFAULT '1', @c text) PARTITION BY LIST (@a);
CREATE TABLE @s.@r PARTITION OF @s.@q (@b DEFAULT '2', @c DEFAULT '3') DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@t PARTITION OF @s.@r (@b DEFAULT '2', @c DEFAULT '4') DEFAULT;
--- new
CREATE TABLE @s.@q (@a integer, @b integer DEFAULT 1, @c date) PARTITION BY LIST (@a);
CREATE TABLE @s.@r PARTITION OF @s.@q (@b DEFAULT 2, @c DEFAULT now()) DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@t PARTITION OF @s.@r (@b DEFAULT 3) DEFAULT;
ALTER TABLE @s.@r ALTER @c SET (n_distinct = 3);
ALTER TABLE @s.@q ALTER @c SET (n_distinct = 3);
