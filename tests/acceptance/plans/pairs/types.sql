=== a domain's base type changes under columns functions and views
--- old
CREATE DOMAIN @s.@d AS integer DEFAULT 4 CONSTRAINT @n CHECK (VALUE > 0);
--- new
CREATE DOMAIN @s.@d AS bigint DEFAULT 4 CONSTRAINT @n CHECK (VALUE > 0);
--- after
CREATE TABLE @s.@t (@a @s.@d, @b @s.@d[], @c integer, CONSTRAINT @m CHECK (@a > 1), CONSTRAINT @x UNIQUE (@a));
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
CREATE FUNCTION @s.@f(@s.@d) RETURNS @s.@d LANGUAGE sql RETURN $1;
CREATE DOMAIN @s.@e AS @s.@d NOT NULL;
CREATE INDEX @y ON @s.@t ((@a + 1));
COMMENT ON DOMAIN @s.@d IS 'kept';
--- rows
INSERT INTO @s.@t VALUES (5, '{6,7}', 8);
--- kept
SELECT @a::text, @b::text, @c FROM @s.@t

=== a domain changes in place under a column
--- old
CREATE DOMAIN @s.@d AS text DEFAULT 'x' CONSTRAINT @n CHECK (VALUE <> 'a');
--- new
CREATE DOMAIN @s.@d AS text DEFAULT '%s :x' CONSTRAINT @x NOT NULL CONSTRAINT @n CHECK (VALUE <> 'b') CONSTRAINT @m CHECK (VALUE LIKE '%x');
ALTER DOMAIN @s.@d ADD CONSTRAINT @y CHECK (VALUE > '') NOT VALID;
COMMENT ON CONSTRAINT @m ON DOMAIN @s.@d IS 'it''s';
--- after
CREATE TABLE @s.@t (@a @s.@d);
--- rows
INSERT INTO @s.@t VALUES ('xx');
--- kept
SELECT @a::text FROM @s.@t

=== a domain comes under a column and goes
--- old
CREATE TABLE @s.@t (@a text, @b integer);
--- new
CREATE DOMAIN @s.@d AS text COLLATE "C" CONSTRAINT @n CHECK (VALUE <> '');
CREATE TABLE @s.@t (@a @s.@d, @b integer);
--- after
CREATE INDEX @x ON @s.@t (@a);
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
--- rows
INSERT INTO @s.@t VALUES ('x', 1);
--- kept
SELECT @a::text FROM @s.@t

=== a domain over a function and a function over the domain
--- old
CREATE TABLE @s.@u (@a integer);
--- new
CREATE FUNCTION @s.@f(integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1 > 0;
CREATE DOMAIN @s.@d AS integer CONSTRAINT @n CHECK (@s.@f(VALUE));
CREATE FUNCTION @s.@h(@s.@d) RETURNS @s.@d LANGUAGE sql IMMUTABLE RETURN $1;
CREATE DOMAIN @s.@e AS @s.@d CONSTRAINT @n CHECK (@s.@h(VALUE) > 5);
CREATE TABLE @s.@u (@a integer, @b @s.@e DEFAULT @s.@h(7));

=== a composite type gets and loses attributes under a column
--- old
CREATE TYPE @s.@k AS (@a integer, @b text);
--- new
CREATE TYPE @s.@k AS (@a integer, @b text, @c date);
--- after
CREATE TABLE @s.@t (@x @s.@k, @y @s.@k[]);
CREATE FUNCTION @s.@f() RETURNS @s.@k LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
COMMENT ON COLUMN @s.@k.@a IS 'kept';
--- rows
INSERT INTO @s.@t VALUES (ROW(1, 'x'), NULL);
--- kept
SELECT (@x).@a, (@x).@b FROM @s.@t

=== a composite type's attribute changes its type under a column (may refuse)
--- old
CREATE TYPE @s.@k AS (@a integer, @b text);
--- new
CREATE TYPE @s.@k AS (@a bigint, @b text COLLATE "C");
--- after
CREATE TABLE @s.@t (@x @s.@k);
--- rows
INSERT INTO @s.@t VALUES (ROW(1, 'x'));
--- kept
SELECT (@x).@a, (@x).@b FROM @s.@t

=== a composite type that nobody stores changes in every way
--- old
CREATE TYPE @s.@k AS (@a integer, @b text, @c date);
--- new
CREATE TYPE @s.@k AS (@c text COLLATE "C", @b bigint, @d date, @e integer[]);
--- after
CREATE FUNCTION @s.@f(@s.@k) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION @s.@h() RETURNS SETOF @s.@k LANGUAGE plpgsql AS 'BEGIN END';
COMMENT ON TYPE @s.@k IS 'kept';
COMMENT ON COLUMN @s.@k.@b IS 'kept';

=== types that stand on one another come and go
--- old
--- new
CREATE TYPE @s.@l AS ENUM ('a');
CREATE TYPE @s.@k AS (@a @s.@l, @b integer);
CREATE DOMAIN @s.@d AS @s.@k CONSTRAINT @n CHECK ((VALUE).@b > 0);
CREATE TYPE @s.@m AS (@a @s.@d[], @b @s.@l[]);
CREATE TYPE @s.@r AS RANGE (subtype = @s.@l, multirange_type_name = @s.@y);
CREATE TABLE @s.@t (@a @s.@m, @b @s.@r, @c @s.@y, @d @s.@r[]);
CREATE TYPE @s.@z AS (@a @s.@t);

=== a range type changes under a column (may refuse)
--- old
CREATE TYPE @s.@m AS RANGE (subtype = float8);
--- new
CREATE TYPE @s.@m AS RANGE (subtype = float8, subtype_diff = float8mi, multirange_type_name = @s.@l);
--- after
CREATE TABLE @s.@t (@a @s.@m);
COMMENT ON TYPE @s.@m IS 'kept';
--- rows
INSERT INTO @s.@t VALUES ('[1,2)');
--- kept
SELECT @a::text FROM @s.@t

=== a range type with a difference function of ours
--- old
CREATE TABLE @s.@t (@a integer);
--- new
CREATE FUNCTION @s.@f(date, date) RETURNS float8 LANGUAGE sql IMMUTABLE RETURN $1 - $2;
CREATE TYPE @s.@m AS RANGE (subtype = date, subtype_diff = @s.@f);
CREATE TABLE @s.@t (@a integer, @b @s.@m, CONSTRAINT @n EXCLUDE USING gist (@b WITH &&));
CREATE FUNCTION @s.@f(@s.@m) RETURNS date LANGUAGE sql RETURN lower($1);

=== types of every shape for a column and back
--- old
CREATE TABLE @s.@t (@a integer, @b varchar(10), @c timestamp, @d numeric(5, 2), @e text, @n integer[], @m json, @x char(3), @y bit(3), @z time);
--- new
CREATE TABLE @s.@t (@a bigint, @b varchar(20), @c timestamptz(3), @d numeric, @e text COLLATE "C", @n bigint[], @m jsonb, @x varchar, @y bit varying(9), @z timetz);
--- rows
INSERT INTO @s.@t VALUES (1, 'x', '2020-01-01', 1.5, 'e', '{1,2}', '{"a": 1}', 'abc', '101', '12:00');
--- kept
SELECT @a, @b, @d::float8, @e, @n::text, @m::text, @x::text, @y::text FROM @s.@t

=== types without a cast between them (refused)
--- old
CREATE TABLE @s.@t (@a point);
--- new
CREATE TABLE @s.@t (@a integer);

=== columns' storage compression and options move with the type
--- old
CREATE TABLE @s.@t (@a text, @b text, @c integer);
ALTER TABLE @s.@t ALTER @a SET STORAGE EXTERNAL, ALTER @a SET COMPRESSION pglz, ALTER @a SET STATISTICS 44, ALTER @a SET (n_distinct = 5);
ALTER TABLE @s.@t ALTER @b SET STORAGE MAIN;
--- new
CREATE TABLE @s.@t (@a integer, @b varchar(9), @c text);
ALTER TABLE @s.@t ALTER @c SET STORAGE EXTERNAL, ALTER @c SET COMPRESSION pglz, ALTER @c SET STATISTICS 44, ALTER @c SET (n_distinct = 5);
ALTER TABLE @s.@t ALTER @b SET STORAGE MAIN;

=== defaults of every shape
--- old
CREATE TABLE @s.@t (@a text, @b text, @c text, @d timestamptz, @e integer[], @n jsonb, @m uuid, @x boolean, @y bytea, @z interval);
--- new
CREATE TABLE @s.@t (@a text DEFAULT 'it''s 100% :x %(n)s', @b text DEFAULT E'back\\slash\nline', @c text DEFAULT ('a' || 'b'), @d timestamptz DEFAULT now(),
    @e integer[] DEFAULT '{1,2}', @n jsonb DEFAULT '{"a:b": "c%d", "e": [null]}', @m uuid DEFAULT gen_random_uuid(), @x boolean DEFAULT true, @y bytea DEFAULT '\x00ff', @z interval DEFAULT '1 day 02:03:04');

=== a composite type becomes a domain while a column is of it (refused)
--- old
CREATE TYPE @s.@d AS (@a integer);
CREATE TABLE @s.@t (@b @s.@d);
--- new
CREATE DOMAIN @s.@d AS text;
CREATE TABLE @s.@t (@b @s.@d);

=== an attribute of a composite type is of an enum that becomes a domain
--- old
CREATE TYPE @s.@e AS ENUM ('a');
CREATE TYPE @s.@d AS (@a @s.@e, @b integer);
CREATE TABLE @s.@t (@b @s.@d);
--- new
CREATE DOMAIN @s.@e AS text;
CREATE TYPE @s.@d AS (@a @s.@e, @b integer);
CREATE TABLE @s.@t (@b @s.@d);

=== a composite type inside of another becomes an enum
--- old
CREATE TYPE @s.@e AS (@a integer);
CREATE TYPE @s.@d AS (@a @s.@e, @b integer);
--- new
CREATE TYPE @s.@e AS ENUM ('a');
CREATE TYPE @s.@d AS (@a @s.@e, @b integer);

=== a composite type inside of the type of a column becomes an enum (refused)
--- old
CREATE TYPE @s.@e AS (@a integer);
CREATE TYPE @s.@d AS (@a @s.@e, @b integer);
CREATE TABLE @s.@t (@b @s.@d);
--- new
CREATE TYPE @s.@e AS ENUM ('a');
CREATE TYPE @s.@d AS (@a @s.@e, @b integer);
CREATE TABLE @s.@t (@b @s.@d);

=== an enum inside of a domain inside of a composite type becomes a domain
--- old
CREATE TYPE @s.@e AS ENUM ('a');
CREATE DOMAIN @s.@m AS @s.@e[];
CREATE TYPE @s.@d AS (@a @s.@m, @b integer);
CREATE TABLE @s.@t (@b @s.@d[]);
--- new
CREATE DOMAIN @s.@e AS text;
CREATE DOMAIN @s.@m AS @s.@e[];
CREATE TYPE @s.@d AS (@a @s.@m, @b integer);
CREATE TABLE @s.@t (@b @s.@d[]);
--- rows
INSERT INTO @s.@t VALUES (ARRAY[ROW('{a}', 3)::@s.@d]);
--- kept
SELECT @b::text FROM @s.@t
