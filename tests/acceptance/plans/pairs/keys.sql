=== circular keys come and go
--- old
CREATE TABLE @s.@p (@a integer);
--- new
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b integer, CONSTRAINT @n UNIQUE (@b));
CREATE TABLE @s.@u (@a integer PRIMARY KEY, @b integer CONSTRAINT @m REFERENCES @s.@t);
ALTER TABLE @s.@t ADD CONSTRAINT @x FOREIGN KEY (@b) REFERENCES @s.@u ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE @s.@t ADD @c integer CONSTRAINT @y REFERENCES @s.@t (@b);
CREATE TABLE @s.@p (@a integer CONSTRAINT @i REFERENCES @s.@u);

=== a circle of three closes over schemas
--- before
CREATE SCHEMA @r;
--- old
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b integer);
CREATE TABLE @r.@t (@a integer PRIMARY KEY, @b integer);
--- new
CREATE TABLE @t (@a integer PRIMARY KEY, @b integer);
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b integer CONSTRAINT @n REFERENCES @t);
CREATE TABLE @r.@t (@a integer PRIMARY KEY, @b integer CONSTRAINT @n REFERENCES @s.@t);
ALTER TABLE @t ADD CONSTRAINT @n FOREIGN KEY (@b) REFERENCES @r.@t;

=== types on both ends of keys change together
--- old
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n PRIMARY KEY (@a));
CREATE TABLE @s.@u (@a integer CONSTRAINT @m REFERENCES @s.@t, @b integer);
--- new
CREATE TABLE @s.@t (@a bigint, CONSTRAINT @n PRIMARY KEY (@a));
CREATE TABLE @s.@u (@a bigint CONSTRAINT @m REFERENCES @s.@t, @b bigint);
--- after
ALTER TABLE @s.@u ADD CONSTRAINT @x FOREIGN KEY (@b) REFERENCES @s.@t ON DELETE CASCADE NOT VALID;
COMMENT ON CONSTRAINT @m ON @s.@u IS 'kept';
--- rows
INSERT INTO @s.@t VALUES (1);
INSERT INTO @s.@u VALUES (1, 1);
--- kept
SELECT t.@a, u.@b FROM @s.@t t JOIN @s.@u u ON t.@a = u.@a

=== types on both ends of keys change from text to uuid
--- old
CREATE TABLE @s.@t (@a text, CONSTRAINT @n PRIMARY KEY (@a));
CREATE TABLE @s.@u (@a text CONSTRAINT @m REFERENCES @s.@t);
--- new
CREATE TABLE @s.@t (@a uuid, CONSTRAINT @n PRIMARY KEY (@a));
CREATE TABLE @s.@u (@a uuid CONSTRAINT @m REFERENCES @s.@t);
--- rows
INSERT INTO @s.@t VALUES ('5a5a5a5a-5a5a-4a5a-8a5a-5a5a5a5a5a5a');
INSERT INTO @s.@u VALUES ('5a5a5a5a-5a5a-4a5a-8a5a-5a5a5a5a5a5a');
--- kept
SELECT t.@a::text, u.@a::text FROM @s.@t t JOIN @s.@u u ON t.@a = u.@a

=== a primary key gets another column while keys point at it
--- old
CREATE TABLE @s.@t (@a integer NOT NULL, @b integer NOT NULL, CONSTRAINT @n PRIMARY KEY (@a));
CREATE TABLE @s.@u (@a integer, @b integer, CONSTRAINT @m FOREIGN KEY (@a) REFERENCES @s.@t);
--- new
CREATE TABLE @s.@t (@a integer NOT NULL, @b integer NOT NULL, CONSTRAINT @n PRIMARY KEY (@a, @b));
CREATE TABLE @s.@u (@a integer, @b integer, CONSTRAINT @m FOREIGN KEY (@a, @b) REFERENCES @s.@t);

=== a primary key changes its definition while keys that stay point at it
--- old
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n PRIMARY KEY (@a));
--- new
CREATE TABLE @s.@t (@a integer, @b text, CONSTRAINT @n PRIMARY KEY (@a) INCLUDE (@b) WITH (fillfactor = 70));
--- after
CREATE TABLE @s.@u (@a integer, CONSTRAINT @m FOREIGN KEY (@a) REFERENCES @s.@t);
COMMENT ON CONSTRAINT @n ON @s.@t IS 'kept';
COMMENT ON CONSTRAINT @m ON @s.@u IS 'kept';

=== a primary key becomes a unique constraint that a key points at
--- old
CREATE TABLE @s.@t (@a integer NOT NULL, @b integer NOT NULL, CONSTRAINT @n PRIMARY KEY (@a));
CREATE TABLE @s.@u (@a integer, CONSTRAINT @m FOREIGN KEY (@a) REFERENCES @s.@t (@a));
--- new
CREATE TABLE @s.@t (@a integer NOT NULL, @b integer NOT NULL, CONSTRAINT @n PRIMARY KEY (@b), CONSTRAINT @x UNIQUE (@a));
CREATE TABLE @s.@u (@a integer, CONSTRAINT @m FOREIGN KEY (@a) REFERENCES @s.@t (@a));

=== a unique constraint becomes an index of the same name, and an index a constraint
--- old
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @n UNIQUE (@a));
CREATE UNIQUE INDEX @x ON @s.@t (@b);
--- new
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @x UNIQUE (@b));
CREATE UNIQUE INDEX @n ON @s.@t (@a);
--- after
CREATE TABLE @s.@u (@a integer, @b integer, CONSTRAINT @m FOREIGN KEY (@a) REFERENCES @s.@t (@a),
    CONSTRAINT @y FOREIGN KEY (@b) REFERENCES @s.@t (@b));
COMMENT ON INDEX @s.@n IS 'kept';
COMMENT ON INDEX @s.@x IS 'kept';

=== constraints and indexes get other names while keys point at them
--- old
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a), CONSTRAINT @x UNIQUE (@b), CONSTRAINT @z CHECK (@a > 0));
CREATE INDEX @i ON @s.@t (@a);
CREATE TABLE @s.@u (@a integer CONSTRAINT @m REFERENCES @s.@t, @b integer CONSTRAINT @y REFERENCES @s.@t (@b));
COMMENT ON CONSTRAINT @x ON @s.@t IS 'kept';
COMMENT ON INDEX @s.@i IS 'kept';
--- new
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @d PRIMARY KEY (@a), CONSTRAINT @c UNIQUE (@b), CONSTRAINT @e CHECK (@a > 0));
CREATE INDEX @j ON @s.@t (@a);
CREATE TABLE @s.@u (@a integer CONSTRAINT @b REFERENCES @s.@t, @b integer CONSTRAINT @a REFERENCES @s.@t (@b));
COMMENT ON CONSTRAINT @c ON @s.@t IS 'kept';
COMMENT ON INDEX @s.@j IS 'kept';

=== two keys exchange their names
--- old
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @n UNIQUE (@a), CONSTRAINT @m UNIQUE (@b), CONSTRAINT @x CHECK (@a > 0), CONSTRAINT @y CHECK (@b > 0));
CREATE INDEX @i ON @s.@t (@a);
CREATE INDEX @j ON @s.@t (@b);
--- new
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @m UNIQUE (@a), CONSTRAINT @n UNIQUE (@b), CONSTRAINT @y CHECK (@a > 0), CONSTRAINT @x CHECK (@b > 0));
CREATE INDEX @j ON @s.@t (@a);
CREATE INDEX @i ON @s.@t (@b);

=== a primary key goes and its columns may be null
--- old
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a, @b));
--- new
CREATE TABLE @s.@t (@a integer, @b integer NOT NULL);

=== a key is what replication and clustering go by
--- old
CREATE TABLE @s.@t (@a integer NOT NULL, @b integer NOT NULL, CONSTRAINT @n PRIMARY KEY (@a));
CREATE UNIQUE INDEX @x ON @s.@t (@b);
ALTER TABLE @s.@t REPLICA IDENTITY USING INDEX @x;
ALTER TABLE @s.@t CLUSTER ON @n;
--- new
CREATE TABLE @s.@t (@a integer NOT NULL, @b integer NOT NULL, CONSTRAINT @n PRIMARY KEY (@b));
CREATE UNIQUE INDEX @x ON @s.@t (@a, @b);
ALTER TABLE @s.@t REPLICA IDENTITY USING INDEX @x;
ALTER TABLE @s.@t CLUSTER ON @x;

=== an index that replication and clustering go by is made again and gets another name
--- old
CREATE TABLE @s.@t (@a integer NOT NULL, @b integer NOT NULL);
CREATE UNIQUE INDEX @x ON @s.@t (@a);
CREATE INDEX @y ON @s.@t (@b);
ALTER TABLE @s.@t REPLICA IDENTITY USING INDEX @x;
ALTER TABLE @s.@t CLUSTER ON @y;
--- new
CREATE TABLE @s.@t (@a integer NOT NULL, @b integer NOT NULL);
CREATE UNIQUE INDEX @x ON @s.@t (@b);
CREATE INDEX @z ON @s.@t (@b DESC);
ALTER TABLE @s.@t REPLICA IDENTITY USING INDEX @x;
ALTER TABLE @s.@t CLUSTER ON @z;

=== an exclusion with every option
--- old
CREATE TABLE @s.@t (@a int4range, @b text, @c integer);
--- new
CREATE TABLE @s.@t (@a int4range, @b text, @c integer, CONSTRAINT @n EXCLUDE USING gist (@a WITH &&, int4range(@c, @c, '[]') WITH =)
    WITH (fillfactor = 70) WHERE (@c > 5) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT @m EXCLUDE USING btree ((@b || '%s :x') COLLATE "C" text_pattern_ops DESC WITH =));
COMMENT ON CONSTRAINT @n ON @s.@t IS 'exclusion';

=== foreign keys with every option
--- before
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @n PRIMARY KEY (@a, @b));
--- old
CREATE TABLE @s.@u (@a integer, @b integer DEFAULT 4);
--- new
CREATE TABLE @s.@u (@a integer, @b integer DEFAULT 4,
    CONSTRAINT @n FOREIGN KEY (@a, @b) REFERENCES @s.@t MATCH FULL ON UPDATE CASCADE ON DELETE RESTRICT DEFERRABLE,
    CONSTRAINT @m FOREIGN KEY (@b, @a) REFERENCES @s.@t (@a, @b) ON DELETE SET NULL (@a),
    CONSTRAINT @x FOREIGN KEY (@a, @b) REFERENCES @s.@t (@b, @a) ON DELETE SET DEFAULT (@b) ON UPDATE SET NULL);
ALTER TABLE @s.@u ADD CONSTRAINT @y FOREIGN KEY (@a, @b) REFERENCES @s.@t NOT VALID;

=== unenforced keys and checks (since 18)
--- before
CREATE TABLE @s.@t (@a integer PRIMARY KEY);
--- old
CREATE TABLE @s.@u (@a integer CONSTRAINT @n REFERENCES @s.@t, @b integer CONSTRAINT @m CHECK (@b > 0));
--- new
CREATE TABLE @s.@u (@a integer CONSTRAINT @n REFERENCES @s.@t NOT ENFORCED, @b integer CONSTRAINT @m CHECK (@b > 0) NOT ENFORCED);

=== temporal keys (since 18)
--- old
CREATE TABLE @s.@t (@a int4range, @b daterange);
CREATE TABLE @s.@u (@a int4range, @b daterange);
--- new
CREATE TABLE @s.@t (@a int4range, @b daterange, CONSTRAINT @n PRIMARY KEY (@a, @b WITHOUT OVERLAPS));
CREATE TABLE @s.@u (@a int4range, @b daterange, CONSTRAINT @m FOREIGN KEY (@a, PERIOD @b) REFERENCES @s.@t (@a, PERIOD @b),
    CONSTRAINT @x UNIQUE (@a, @b WITHOUT OVERLAPS));

=== not null constraints with names of their own (since 18)
--- old
CREATE TABLE @s.@t (@a integer CONSTRAINT @n NOT NULL, @b integer CONSTRAINT @m NOT NULL, @c integer, @d integer NOT NULL);
COMMENT ON CONSTRAINT @m ON @s.@t IS 'not null';
--- new
CREATE TABLE @s.@t (@a integer CONSTRAINT @m NOT NULL, @b integer CONSTRAINT @n NOT NULL NO INHERIT, @c integer CONSTRAINT @x NOT NULL, @d integer);
ALTER TABLE @s.@t ADD CONSTRAINT @y NOT NULL @d NOT VALID;

=== checks of rows that are there already
--- old
CREATE TABLE @s.@t (@a integer);
--- new
CREATE TABLE @s.@t (@a integer);
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > 5) NOT VALID, ADD CONSTRAINT @m CHECK (@a > 0 AND @a::text LIKE '1%' AND ':x' <> '%s') NO INHERIT;
--- rows
INSERT INTO @s.@t VALUES (1);
--- kept
SELECT @a FROM @s.@t

=== a key goes with a table that points at it
--- old
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n PRIMARY KEY (@a));
CREATE TABLE @s.@u (@a integer CONSTRAINT @m REFERENCES @s.@t);
CREATE TABLE @s.@a (@a integer CONSTRAINT @m REFERENCES @s.@t);
--- new
CREATE TABLE @s.@t (@a integer NOT NULL);

=== keys between names with dots
--- before
CREATE SCHEMA @r;
--- old
CREATE TABLE @r.@g (@g integer, CONSTRAINT @n PRIMARY KEY (@g));
CREATE TABLE @s.@g (@g integer);
--- new
CREATE TABLE @r.@g (@g integer, CONSTRAINT @n PRIMARY KEY (@g));
CREATE TABLE @s.@g (@g integer, CONSTRAINT @g FOREIGN KEY (@g) REFERENCES @r.@g);
CREATE TABLE @g (@g integer CONSTRAINT @g REFERENCES @r.@g, @a integer, CONSTRAINT @r UNIQUE (@g));
CREATE TABLE @u (@g integer CONSTRAINT @g REFERENCES @g (@g));

=== foreign keys exchange their names
--- before
CREATE TABLE @s.@u (@a integer PRIMARY KEY, @b integer, CONSTRAINT @n UNIQUE (@b));
--- old
CREATE TABLE @s.@t (@a integer CONSTRAINT @n REFERENCES @s.@u, @b integer CONSTRAINT @m REFERENCES @s.@u ON DELETE CASCADE);
--- new
CREATE TABLE @s.@t (@a integer CONSTRAINT @m REFERENCES @s.@u, @b integer CONSTRAINT @n REFERENCES @s.@u ON DELETE CASCADE);

=== names go round in a chain, and some of their owners with them
--- old
CREATE TABLE @s.@t (@a integer, @b integer, @c integer, CONSTRAINT @n CHECK (@a > 0), CONSTRAINT @m CHECK (@b > 0), CONSTRAINT @x CHECK (@c > 0));
CREATE TABLE @s.@u (@a integer PRIMARY KEY, CONSTRAINT @q FOREIGN KEY (@a) REFERENCES @s.@u, CONSTRAINT @y FOREIGN KEY (@a) REFERENCES @s.@u ON DELETE CASCADE);
CREATE INDEX @i ON @s.@t (@a);
CREATE INDEX @j ON @s.@t (@b);
CREATE INDEX @z ON @s.@t (@c);
--- new
CREATE TABLE @s.@t (@a integer, @b integer, @c integer, CONSTRAINT @m CHECK (@a > 0), CONSTRAINT @x CHECK (@b > 0), CONSTRAINT @n CHECK (@c > 1));
CREATE TABLE @s.@u (@a integer PRIMARY KEY, CONSTRAINT @y FOREIGN KEY (@a) REFERENCES @s.@u);
CREATE INDEX @j ON @s.@t (@a);
CREATE INDEX @z ON @s.@t (@b);
CREATE SEQUENCE @s.@i;

=== tables become unlogged whose keys go or stay
--- old
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b integer REFERENCES @s.@t);
CREATE TABLE @s.@u (@a integer PRIMARY KEY, @b integer CONSTRAINT @n REFERENCES @s.@t);
ALTER TABLE @s.@t ADD @c integer CONSTRAINT @m REFERENCES @s.@u;
CREATE TABLE @s.@g (@a integer CONSTRAINT @n REFERENCES @s.@t, @b integer CONSTRAINT @m REFERENCES @s.@u);
CREATE TABLE @s.@p (@a integer CONSTRAINT @n REFERENCES @s.@t);
--- new
CREATE UNLOGGED TABLE @s.@t (@a integer PRIMARY KEY, @b integer REFERENCES @s.@t);
CREATE UNLOGGED TABLE @s.@u (@a integer PRIMARY KEY, @b integer CONSTRAINT @n REFERENCES @s.@t);
ALTER TABLE @s.@t ADD @c integer CONSTRAINT @m REFERENCES @s.@u;
CREATE TABLE @s.@g (@a integer, @b integer);
CREATE UNLOGGED TABLE @s.@p (@a integer CONSTRAINT @n REFERENCES @s.@t);
--- rows
INSERT INTO @s.@t VALUES (1, 1); INSERT INTO @s.@u VALUES (1, 1)
--- kept
SELECT t.@a, t.@b, u.@a, u.@b FROM @s.@t t, @s.@u u

=== a table becomes unlogged as the one goes that points at it (destructive)
--- old
CREATE TABLE @s.@t (@a integer PRIMARY KEY);
CREATE TABLE @s.@u (@a integer REFERENCES @s.@t);
--- new
CREATE UNLOGGED TABLE @s.@t (@a integer PRIMARY KEY);

=== a table comes whose key to itself points at one that follows it
--- old
CREATE TABLE @s.@u (@a integer);
--- new
CREATE TABLE @s.@t (@a integer CONSTRAINT @x NOT NULL, CONSTRAINT @n PRIMARY KEY (@a), @b integer CONSTRAINT @m REFERENCES @s.@t);
CREATE TABLE @s.@u (@a integer);
