=== values come at their places and are used at once (committed)
--- old
CREATE TYPE @s.@k AS ENUM ('b', 'it''s %s');
CREATE TABLE @s.@t (@a @s.@k, @b @s.@k[] DEFAULT '{}');
--- new
CREATE TYPE @s.@k AS ENUM ('a', 'b', 'ünï :x', 'it''s %s', 'z');
CREATE TABLE @s.@t (@a @s.@k DEFAULT 'z', @b @s.@k[] DEFAULT '{a,z}', @c @s.@k NOT NULL DEFAULT 'ünï :x', CONSTRAINT @n CHECK (@a <> 'a'));
CREATE INDEX @x ON @s.@t (@a) WHERE @a = 'z';
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t WHERE @a > 'a';
--- rows
INSERT INTO @s.@t VALUES ('b', '{b}');
--- kept
SELECT @a::text, @b::text FROM @s.@t

=== a value goes under everything that may stand on the type (committed, watch grant owner)
--- before
CREATE SCHEMA @r;
--- old
CREATE TYPE @s.@k AS ENUM ('a', 'b', 'c');
--- new
CREATE TYPE @s.@k AS ENUM ('a', 'c');
--- after
COMMENT ON TYPE @s.@k IS 'kept';
GRANT USAGE ON TYPE @s.@k TO pg_monitor;
REVOKE USAGE ON TYPE @s.@k FROM PUBLIC;
CREATE TABLE @s.@t (@a @s.@k NOT NULL DEFAULT 'a', @b @s.@k[] DEFAULT '{a,c}', @c text, @d @s.@k, CONSTRAINT @n CHECK (@a <> 'c' AND @a = ANY (@b)),
    CONSTRAINT @m UNIQUE (@a, @c));
CREATE TABLE @r.@t (@a @s.@k DEFAULT 'c');
CREATE INDEX @x ON @s.@t (@a) WHERE @a = 'c';
CREATE INDEX @y ON @s.@t ((@a = 'a'::@s.@k));
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t WHERE @a = 'a';
CREATE MATERIALIZED VIEW @s.@w AS SELECT @a, count(*) AS @c FROM @s.@v GROUP BY 1;
CREATE UNIQUE INDEX @z ON @s.@w (@a);
CREATE FUNCTION @s.@f(@a @s.@k, @b @s.@k[] DEFAULT '{a}') RETURNS @s.@k LANGUAGE sql STABLE AS $$ SELECT 'a'::@s.@k $$;
CREATE FUNCTION @s.@h() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION @s.@e() RETURNS boolean LANGUAGE sql RETURN 'a'::@s.@k < 'c'::@s.@k;
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH ROW WHEN (NEW.@a = 'a') EXECUTE FUNCTION @s.@h();
CREATE POLICY @n ON @s.@t USING (@a = 'a') WITH CHECK (@d = 'c');
CREATE DOMAIN @s.@d AS @s.@k DEFAULT 'a' CONSTRAINT @n CHECK (VALUE <> 'c');
CREATE TABLE @s.@u (@a @s.@d, @b @s.@k);
CREATE STATISTICS @s.@q ON @a, @c FROM @s.@t;
COMMENT ON COLUMN @s.@t.@a IS 'kept';
COMMENT ON FUNCTION @s.@f(@s.@k, @s.@k[]) IS 'kept';
--- rows
INSERT INTO @s.@t VALUES ('a', '{a}', 'x', NULL);
INSERT INTO @r.@t VALUES ('c');
INSERT INTO @s.@u VALUES ('a', 'c');
--- kept
SELECT t.@a::text, t.@b::text, t.@c, u.@a::text FROM @s.@t t, @s.@u u

=== values change their order (committed)
--- old
CREATE TYPE @s.@k AS ENUM ('a', 'b', 'c');
--- new
CREATE TYPE @s.@k AS ENUM ('c', 'a', 'b');
--- after
CREATE TABLE @s.@t (@a @s.@k DEFAULT 'b', CONSTRAINT @n PRIMARY KEY (@a));
CREATE TABLE @s.@u (@a @s.@k, CONSTRAINT @m FOREIGN KEY (@a) REFERENCES @s.@t);
CREATE INDEX @x ON @s.@u (@a) WHERE @a > 'a';
CREATE VIEW @s.@v AS SELECT max(@a) AS @b FROM @s.@u;
--- rows
INSERT INTO @s.@t VALUES ('a'), ('b');
INSERT INTO @s.@u VALUES ('a');
--- kept
SELECT t.@a::text, u.@a::text FROM @s.@t t JOIN @s.@u u ON t.@a = u.@a

=== a type with a composite over it loses a value (committed, may refuse)
--- old
CREATE TYPE @s.@k AS ENUM ('a', 'b');
--- new
CREATE TYPE @s.@k AS ENUM ('a');
--- after
CREATE TYPE @s.@m AS (@a @s.@k, @b integer);
CREATE TABLE @s.@t (@a @s.@m);

=== a type that keys of partitions use loses a value (committed, may refuse)
--- old
CREATE TYPE @s.@k AS ENUM ('a', 'b', 'c');
--- new
CREATE TYPE @s.@k AS ENUM ('a', 'b');
--- after
CREATE TABLE @s.@p (@a @s.@k, @b integer) PARTITION BY LIST (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p FOR VALUES IN ('a');

=== a type in partitions and inheritance children loses a value (committed)
--- old
CREATE TYPE @s.@k AS ENUM ('a', 'b', 'c');
--- new
CREATE TYPE @s.@k AS ENUM ('a', 'b');
--- after
CREATE TABLE @s.@p (@a integer, @b @s.@k DEFAULT 'a') PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p (@b DEFAULT 'b') FOR VALUES FROM (0) TO (10);
CREATE INDEX @x ON @s.@p (@b);
CREATE TABLE @s.@u (@b @s.@k);
CREATE TABLE @s.@l (@c text) INHERITS (@s.@u);
--- rows
INSERT INTO @s.@p VALUES (1, 'a');
--- kept
SELECT @a, @b::text FROM @s.@p

=== a text becomes an enum and comes back (committed)
--- old
CREATE TABLE @s.@t (@a text NOT NULL DEFAULT 'a', @b varchar(5)[], CONSTRAINT @n CHECK (@a IN ('a', 'b')));
CREATE INDEX @x ON @s.@t (@a);
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
--- new
CREATE TYPE @s.@k AS ENUM ('a', 'b');
CREATE TABLE @s.@t (@a @s.@k NOT NULL DEFAULT 'a', @b @s.@k[]);
CREATE INDEX @x ON @s.@t (@a);
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
--- rows
INSERT INTO @s.@t VALUES ('b', '{a,b}');
--- kept
SELECT @a::text, @b::text FROM @s.@t

=== a column goes from one enum to another and the first goes (committed)
--- before
CREATE SCHEMA @r;
--- old
CREATE TYPE @s.@k AS ENUM ('a', 'b');
CREATE TABLE @s.@t (@a @s.@k DEFAULT 'a');
--- new
CREATE TYPE @r.@k AS ENUM ('b', 'a', 'c');
CREATE TABLE @s.@t (@a @r.@k DEFAULT 'a');
--- rows
INSERT INTO @s.@t VALUES ('b');
--- kept
SELECT @a::text FROM @s.@t

=== an enum and its column come with its table (committed)
--- old
CREATE TABLE @s.@t (@a integer);
--- new
CREATE TYPE @s.@k AS ENUM ('a', '%s', ':x', 'it''s', '\', '"');
CREATE TABLE @s.@t (@a integer, @b @s.@k NOT NULL DEFAULT '\', @c @s.@k[] DEFAULT ARRAY['"', '%s']::@s.@k[]);
CREATE TABLE @s.@u (@a @s.@k CONSTRAINT @n CHECK (@a IN (':x', 'it''s')));

=== one enum loses a value, another gets one, a third goes (committed)
--- old
CREATE TYPE @s.@k AS ENUM ('a', 'b');
CREATE TYPE @s.@l AS ENUM ('a', 'b');
CREATE TYPE @s.@m AS ENUM ('a', 'b');
CREATE TABLE @s.@t (@a @s.@k DEFAULT 'a', @b @s.@l DEFAULT 'a', @c @s.@m DEFAULT 'a');
--- new
CREATE TYPE @s.@k AS ENUM ('a');
CREATE TYPE @s.@l AS ENUM ('a', 'c', 'b');
CREATE TABLE @s.@t (@a @s.@k DEFAULT 'a', @b @s.@l DEFAULT 'c');

=== an enum without any value (committed)
--- old
CREATE TYPE @s.@k AS ENUM ();
CREATE TABLE @s.@t (@a @s.@k);
--- new
CREATE TYPE @s.@k AS ENUM ('a');
CREATE TABLE @s.@t (@a @s.@k);

=== an enum of schema public that loses a value, with everything else in public (committed)
--- old
CREATE TYPE @k AS ENUM ('a', 'b');
--- new
CREATE TYPE @k AS ENUM ('b');
--- after
CREATE TABLE @t (@a @k DEFAULT 'b', @b @k[]);
CREATE VIEW @v AS SELECT @a FROM @t WHERE @a = 'b';
CREATE FUNCTION @f(@k) RETURNS @k LANGUAGE sql RETURN $1;

=== a range over an enum (committed, may refuse)
--- old
CREATE TYPE @s.@k AS ENUM ('a', 'b', 'c');
--- new
CREATE TYPE @s.@k AS ENUM ('a', 'c');
--- after
CREATE TYPE @s.@m AS RANGE (subtype = @s.@k);
CREATE TABLE @s.@t (@a @s.@m);
