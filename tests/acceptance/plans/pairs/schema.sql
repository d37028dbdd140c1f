=== a schema comes and goes with what is in it
--- before
CREATE TABLE @s.@u (@a integer PRIMARY KEY);
--- old
--- new
CREATE SCHEMA @r;
CREATE TYPE @r.@k AS ENUM ('a');
CREATE SEQUENCE @r.@n;
CREATE TABLE @r.@t (@a integer PRIMARY KEY DEFAULT nextval($q$@r.@n$q$), @b @r.@k, @c integer REFERENCES @s.@u);
CREATE VIEW @r.@v AS SELECT * FROM @r.@t;
COMMENT ON SCHEMA @r IS 'it''s %s :x';

=== a table moves to another schema without a word about it
--- before
CREATE SCHEMA @r;
--- old
CREATE TABLE @s.@t (@a serial, @b text, CONSTRAINT @n PRIMARY KEY (@a));
CREATE INDEX @x ON @s.@t (@b);
--- new
CREATE TABLE @r.@t (@a serial, @b text, CONSTRAINT @n PRIMARY KEY (@a));
CREATE INDEX @x ON @r.@t (@b);

=== one name in three schemas
--- before
CREATE SCHEMA @r;
--- old
CREATE TABLE @t (@a integer);
CREATE TABLE @s.@t (@a integer);
CREATE TABLE @r.@t (@a integer);
CREATE TYPE @k AS ENUM ('a');
CREATE VIEW @v AS SELECT 1 AS @a;
--- new
CREATE TYPE @s.@k AS ENUM ('b');
CREATE TYPE @r.@k AS ENUM ('c');
CREATE TABLE @t (@a integer, @b @r.@k DEFAULT 'c');
CREATE TABLE @s.@t (@a integer, @b @s.@k DEFAULT 'b');
CREATE TABLE @r.@t (@a text);
CREATE FUNCTION @f() RETURNS integer LANGUAGE sql RETURN 1;
CREATE FUNCTION @s.@f() RETURNS integer LANGUAGE sql RETURN @f();
CREATE VIEW @s.@v AS SELECT 2 AS @a;

=== everything in public without its name
--- old
CREATE TABLE @t (@a integer, @b text);
CREATE VIEW @v AS SELECT @a FROM @t;
CREATE FUNCTION @f(integer) RETURNS integer LANGUAGE sql RETURN $1;
CREATE INDEX @x ON @t (@b);
--- new
CREATE TABLE @t (@a bigint DEFAULT 3, @b text NOT NULL, CONSTRAINT @n UNIQUE (@a));
CREATE VIEW @v AS SELECT @a, @b FROM @t;
CREATE FUNCTION @f(integer) RETURNS bigint LANGUAGE sql RETURN $1;
CREATE INDEX @x ON @t (lower(@b)) WHERE @a > 0;
CREATE TABLE public.@u (@a integer CONSTRAINT @m CHECK (@f(@a) > 0), @b bigint CONSTRAINT @q REFERENCES public.@t (@a));
CREATE TYPE public.@k AS ENUM ('a');
CREATE DOMAIN public.@d AS public.@k;
CREATE SEQUENCE public.@y OWNED BY public.@u.@a;
CREATE POLICY @n ON @t;
ALTER TABLE @t ENABLE ROW LEVEL SECURITY;
COMMENT ON SCHEMA public IS 'ours';

=== two schemas need one another
--- old
--- new
CREATE SCHEMA @r;
CREATE TYPE @r.@k AS ENUM ('a');
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b @r.@k);
CREATE TABLE @r.@u (@a integer REFERENCES @s.@t);
CREATE FUNCTION @r.@f(@s.@t) RETURNS integer LANGUAGE sql IMMUTABLE RETURN 1;
CREATE VIEW @s.@v AS SELECT @r.@f(t.*) AS @c FROM @s.@t t;
CREATE TABLE @r.@p (@a integer DEFAULT @r.@f(NULL));

=== a schema whose name begins another's
--- old
CREATE SCHEMA a;
CREATE TABLE a.t (id integer, "a.t" integer);
--- new
CREATE SCHEMA "a.t";
CREATE TABLE "a.t".t (id integer, "a.t" integer CONSTRAINT "a.t" CHECK ("a.t" > 0));
