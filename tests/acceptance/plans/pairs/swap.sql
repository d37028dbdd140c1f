=== a table and a view exchange their names
--- old
CREATE TABLE @s.@t (@a integer);
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
--- new
CREATE TABLE @s.@v (@a integer);
CREATE VIEW @s.@t AS SELECT @a FROM @s.@v;

=== a view becomes a materialized view and a materialized view a table
--- before
CREATE TABLE @s.@t (@a integer);
--- old
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
CREATE MATERIALIZED VIEW @s.@w AS SELECT @a FROM @s.@t;
CREATE INDEX @x ON @s.@w (@a);
--- new
CREATE MATERIALIZED VIEW @s.@v AS SELECT @a FROM @s.@t;
CREATE INDEX @x ON @s.@v (@a);
CREATE TABLE @s.@w (@a integer);
--- after
CREATE VIEW @s.@g AS SELECT v.@a FROM @s.@v v, @s.@w w;
COMMENT ON COLUMN @s.@v.@a IS 'kept';

=== a sequence and a table exchange their names
--- old
CREATE SEQUENCE @s.@t;
CREATE TABLE @s.@u (@a integer DEFAULT nextval($q$@s.@t$q$));
--- new
CREATE SEQUENCE @s.@u;
CREATE TABLE @s.@t (@a integer DEFAULT nextval($q$@s.@u$q$));

=== an index takes the name of a table that goes, a table that of an index
--- old
CREATE TABLE @s.@t (@a integer);
CREATE TABLE @s.@u (@a integer);
CREATE INDEX @x ON @s.@u (@a);
--- new
CREATE TABLE @s.@x (@a integer);
CREATE TABLE @s.@u (@a integer);
CREATE INDEX @t ON @s.@u (@a);

=== an index moves to another table
--- before
CREATE TABLE @s.@t (@a integer);
CREATE TABLE @s.@u (@a integer);
--- old
CREATE INDEX @x ON @s.@t (@a);
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@a);
--- new
CREATE INDEX @x ON @s.@u (@a);
ALTER TABLE @s.@u ADD CONSTRAINT @n UNIQUE (@a);

=== an enum becomes a domain of the same name and a domain an enum
--- old
CREATE TYPE @s.@k AS ENUM ('a', 'b');
CREATE DOMAIN @s.@l AS text CHECK (VALUE IN ('a', 'b'));
CREATE TABLE @s.@t (@a @s.@k DEFAULT 'a', @b @s.@l DEFAULT 'b');
--- new
CREATE DOMAIN @s.@k AS text;
CREATE TYPE @s.@l AS ENUM ('a', 'b');
CREATE TABLE @s.@t (@a @s.@k DEFAULT 'a', @b @s.@l DEFAULT 'b');
--- rows
INSERT INTO @s.@t VALUES ('b', 'a');
--- kept
SELECT @a::text, @b::text FROM @s.@t

=== a composite type becomes a table of the same name
--- old
CREATE TYPE @s.@k AS (@a integer);
CREATE FUNCTION @s.@f(@s.@k) RETURNS integer LANGUAGE sql RETURN ($1).@a;
--- new
CREATE TABLE @s.@k (@a integer);
CREATE FUNCTION @s.@f(@s.@k) RETURNS integer LANGUAGE sql RETURN ($1).@a;

=== an enum becomes a domain with what stands on it
--- before
CREATE FUNCTION @s.@h(text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN length($1) > 0;
--- old
CREATE TYPE @s.@k AS ENUM ('a', 'b');
COMMENT ON TYPE @s.@k IS 'one';
--- new
CREATE DOMAIN @s.@k AS varchar(5) DEFAULT 'b' CONSTRAINT @n NOT NULL CONSTRAINT @m CHECK (@s.@h(VALUE));
COMMENT ON DOMAIN @s.@k IS 'two';
--- after
CREATE DOMAIN @s.@l AS @s.@k[];
CREATE TABLE @s.@t (@a @s.@k DEFAULT 'a', @b @s.@k[] NOT NULL DEFAULT ARRAY['b'::@s.@k], @c @s.@l);
CREATE INDEX @x ON @s.@t (@a);
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
CREATE FUNCTION @s.@f(@s.@k) RETURNS @s.@k LANGUAGE sql RETURN $1;
--- rows
INSERT INTO @s.@t VALUES ('b', '{a,b}', '{a}');
--- kept
SELECT @a::text, @b::text, @c::text FROM @s.@t

=== a composite type becomes an enum while a column is of it (refused)
--- old
CREATE TYPE @s.@k AS (@a integer);
CREATE TABLE @s.@t (@a @s.@k);
--- new
CREATE TYPE @s.@k AS ENUM ('a');
CREATE TABLE @s.@t (@a @s.@k);

=== a function becomes a procedure and a procedure an aggregate
--- old
CREATE FUNCTION @s.@f(integer) RETURNS integer LANGUAGE sql RETURN $1;
CREATE PROCEDURE @s.@h(integer) LANGUAGE sql AS 'SELECT 1';
--- new
CREATE PROCEDURE @s.@f(integer) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE @s.@h(integer) (SFUNC = int4larger, STYPE = integer);

=== a constraint of one kind takes the name of one of another kind
--- before
CREATE TABLE @s.@u (@a integer PRIMARY KEY);
--- old
CREATE TABLE @s.@t (@a integer NOT NULL, @b int4range, CONSTRAINT @n CHECK (@a > 0), CONSTRAINT @m UNIQUE (@a),
    CONSTRAINT @x FOREIGN KEY (@a) REFERENCES @s.@u, CONSTRAINT @y EXCLUDE USING gist (@b WITH &&), CONSTRAINT @z PRIMARY KEY (@a));
--- new
CREATE TABLE @s.@t (@a integer NOT NULL, @b int4range, CONSTRAINT @z CHECK (@a > 0), CONSTRAINT @n UNIQUE (@a),
    CONSTRAINT @m FOREIGN KEY (@a) REFERENCES @s.@u, CONSTRAINT @x EXCLUDE USING gist (@b WITH &&), CONSTRAINT @y PRIMARY KEY (@a));

=== two columns exchange their types
--- old
CREATE TABLE @s.@t (@a integer NOT NULL DEFAULT 5, @b text);
--- new
CREATE TABLE @s.@t (@a text, @b integer NOT NULL DEFAULT 5);
--- after
CREATE INDEX @x ON @s.@t (@a, @b);
--- rows
INSERT INTO @s.@t VALUES (1, '2');
--- kept
SELECT @a::text, @b::text FROM @s.@t

=== two tables exchange their names
--- old
CREATE TABLE @s.@t (@a integer, @b text, CONSTRAINT @n PRIMARY KEY (@a));
CREATE TABLE @s.@u (@c date, @d uuid, CONSTRAINT @m UNIQUE (@c));
--- new
CREATE TABLE @s.@u (@a integer, @b text, CONSTRAINT @n PRIMARY KEY (@a));
CREATE TABLE @s.@t (@c date, @d uuid, CONSTRAINT @m UNIQUE (@c));

=== a trigger and a policy move to another table
--- before
CREATE TABLE @s.@t (@a integer);
CREATE TABLE @s.@u (@a integer);
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
--- old
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@f();
CREATE POLICY @n ON @s.@t;
CREATE RULE @n AS ON DELETE TO @s.@t DO INSTEAD NOTHING;
--- new
CREATE TRIGGER @n BEFORE INSERT ON @s.@u FOR EACH ROW EXECUTE FUNCTION @s.@f();
CREATE POLICY @n ON @s.@u;
CREATE RULE @n AS ON DELETE TO @s.@u DO INSTEAD NOTHING;

=== a trigger becomes a constraint trigger and changes its events
--- before
CREATE TABLE @s.@t (@a integer, @b text);
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
--- old
CREATE TRIGGER @n AFTER INSERT ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@f();
--- new
CREATE CONSTRAINT TRIGGER @n AFTER UPDATE OF @b OR DELETE ON @s.@t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION @s.@f();

=== a foreign table takes the name of a table (destructive)
--- before
CREATE FOREIGN DATA WRAPPER @y;
CREATE SERVER @x FOREIGN DATA WRAPPER @y;
--- old
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n CHECK (@a > 0));
--- new
CREATE FOREIGN TABLE @s.@t (@a integer OPTIONS (@c 'x y'), CONSTRAINT @n CHECK (@a > 0)) SERVER @x OPTIONS (@d '%s');

=== statistics and an index of one name are two things
--- old
CREATE TABLE @s.@t (@a integer, @b integer);
CREATE STATISTICS @s.@x ON @a, @b FROM @s.@t;
--- new
CREATE TABLE @s.@t (@a integer, @b integer);
CREATE INDEX @x ON @s.@t (@a);

=== a primary key and a check exchange their names
--- old
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n PRIMARY KEY (@a), CONSTRAINT @m CHECK (@a > 0));
--- new
CREATE TABLE @s.@t (@a integer, CONSTRAINT @m PRIMARY KEY (@a), CONSTRAINT @n CHECK (@a > 0));
--- rows
INSERT INTO @s.@t VALUES (1)
--- kept
SELECT @a FROM @s.@t

=== an index and a sequence and a key pass on their names
--- old
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n UNIQUE (@a));
CREATE INDEX @x ON @s.@t (@a);
CREATE SEQUENCE @s.@i;
--- new
CREATE TABLE @s.@t (@a integer, CONSTRAINT @x UNIQUE (@a));
CREATE INDEX @i ON @s.@t (@a);
CREATE SEQUENCE @s.@n;

=== a table takes the name that PostgreSQL chose for the index of a partition
--- old
CREATE TABLE @s.t (a integer) PARTITION BY RANGE (a);
CREATE TABLE @s.p PARTITION OF @s.t DEFAULT;
CREATE INDEX i ON @s.t (a);
--- new
CREATE TABLE @s.t (a integer) PARTITION BY RANGE (a);
CREATE TABLE @s.p PARTITION OF @s.t DEFAULT;
CREATE TABLE @s.p_a_idx (a integer);
CREATE INDEX i ON @s.t (a);

=== a view takes the name that PostgreSQL would choose for the index of a partition
--- old
CREATE TABLE @s.t (a integer) PARTITION BY RANGE (a);
CREATE TABLE @s.p PARTITION OF @s.t DEFAULT;
--- new
CREATE TABLE @s.t (a integer) PARTITION BY RANGE (a);
CREATE TABLE @s.p PARTITION OF @s.t DEFAULT;
CREATE VIEW @s.p_a_idx AS SELECT 1 AS a;
CREATE INDEX i ON @s.t (a);

=== a view takes the name that PostgreSQL would choose for the key of a partition
--- old
CREATE TABLE @s.t (a integer UNIQUE) PARTITION BY RANGE (a);
CREATE TABLE @s.p PARTITION OF @s.t DEFAULT;
--- new
CREATE TABLE @s.t (a integer, UNIQUE (a)) PARTITION BY RANGE (a);
CREATE VIEW @s.p_a_key AS SELECT 1 AS a;
CREATE TABLE @s.p PARTITION OF @s.t DEFAULT;

=== a table and the index of a partition exchange their names
--- old
CREATE TABLE @s.t (a integer) PARTITION BY RANGE (a);
CREATE TABLE @s.p PARTITION OF @s.t DEFAULT;
CREATE INDEX i ON @s.t (a);
CREATE TABLE @s.p_a_idx1 (b integer);
--- new
CREATE TABLE @s.t (a integer) PARTITION BY RANGE (a);
CREATE TABLE @s.p PARTITION OF @s.t DEFAULT;
CREATE TABLE @s.p_a_idx (b integer);
CREATE INDEX i ON @s.t (a);

=== an index takes the name that PostgreSQL chose for that of a partition
--- old
CREATE TABLE @s.t (a integer, b integer) PARTITION BY RANGE (a);
CREATE TABLE @s.p PARTITION OF @s.t DEFAULT;
CREATE TABLE @s.u (a integer);
CREATE INDEX @x ON @s.u (a);
CREATE INDEX i ON @s.t (a);
--- new
CREATE TABLE @s.t (a integer, b integer) PARTITION BY RANGE (a);
CREATE TABLE @s.p PARTITION OF @s.t DEFAULT;
CREATE TABLE @s.u (a integer);
CREATE INDEX p_a_idx ON @s.u (a);
CREATE INDEX i ON @s.t (a);

=== an index and a constraint move to a table that is made anew, and their columns go (destructive)
--- old
CREATE TABLE @s.@t (@a integer);
CREATE TABLE @s.@u (@a integer, @b integer, @c integer, CONSTRAINT @n UNIQUE (@c));
CREATE INDEX @i ON @s.@u (@b);
COMMENT ON INDEX @s.@i IS 'one';
--- new
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n UNIQUE (@a)) PARTITION BY LIST (@a);
CREATE TABLE @s.@u (@a integer);
CREATE INDEX @i ON @s.@t (@a);
COMMENT ON INDEX @s.@i IS 'two';

=== indexes and statistics exchange their tables, both of them made anew (destructive)
--- old
CREATE TABLE @s.@t (@a integer, @b integer);
CREATE TABLE @s.@u (@a integer, @b integer);
CREATE INDEX @i ON @s.@t (@a);
CREATE INDEX @j ON @s.@u (@b);
CREATE STATISTICS @s.@x ON @a, @b FROM @s.@t;
--- new
CREATE TABLE @s.@t (@a integer, @b integer) PARTITION BY LIST (@a);
CREATE TABLE @s.@u (@a integer, @b integer) PARTITION BY LIST (@a);
CREATE INDEX @i ON @s.@u (@a);
CREATE INDEX @j ON @s.@t (@b);
CREATE STATISTICS @s.@x ON @a, @b FROM @s.@u;

=== an index moves from a table that stays to one that is made anew (destructive)
--- old
CREATE TABLE @s.@t (@a integer, @b integer);
CREATE TABLE @s.@u (@a integer, @b integer);
CREATE INDEX @i ON @s.@u (@a);
CREATE STATISTICS @s.@x ON @a, @b FROM @s.@u;
--- new
CREATE TABLE @s.@t (@a integer, @b integer) PARTITION BY LIST (@a);
CREATE TABLE @s.@u (@a integer, @b integer);
CREATE INDEX @i ON @s.@t (@a);
CREATE STATISTICS @s.@x ON @a, @b FROM @s.@t;
