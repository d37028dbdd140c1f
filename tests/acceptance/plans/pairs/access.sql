=== policies that use functions and other tables
--- before
CREATE ROLE @o;
--- old
CREATE FUNCTION @s.@f() RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1';
CREATE TABLE @s.@u (@a integer, @b integer);
CREATE TABLE @s.@t (@a integer, @b text);
CREATE POLICY @n ON @s.@t USING (@a = @s.@f());
--- new
CREATE FUNCTION @s.@f() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION @s.@h(text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN true; END $$;
CREATE TABLE @s.@u (@a bigint, @b integer);
CREATE TABLE @s.@t (@a bigint, @b varchar(9));
CREATE POLICY @n ON @s.@t USING (@a = @s.@f() OR @a IN (SELECT @a FROM @s.@u WHERE @u.@b = 1));
CREATE POLICY @m ON @s.@t AS RESTRICTIVE FOR UPDATE TO @o, CURRENT_USER USING (@s.@h(@b)) WITH CHECK (@b LIKE '%s :x');
CREATE POLICY @x ON @s.@u FOR INSERT WITH CHECK (EXISTS (SELECT FROM @s.@t WHERE @t.@a = @u.@a));
ALTER TABLE @s.@t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
COMMENT ON POLICY @m ON @s.@t IS 'p';

=== policies of two tables that look at one another
--- old
CREATE TABLE @s.@t (@a integer);
CREATE TABLE @s.@u (@a integer);
--- new
CREATE TABLE @s.@t (@a integer, @b integer);
CREATE TABLE @s.@u (@a integer, @b integer);
CREATE POLICY @n ON @s.@t USING (@a IN (SELECT @b FROM @s.@u));
CREATE POLICY @n ON @s.@u USING (@a IN (SELECT @b FROM @s.@t));

=== grants and owners of what is made anew (watch grant owner)
--- before
CREATE ROLE @o;
CREATE ROLE @r;
--- old
CREATE TABLE @s.@t (@a integer);
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
CREATE FUNCTION @s.@f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TYPE @s.@k AS (@a integer);
CREATE SEQUENCE @s.@n;
--- new
CREATE TABLE @s.@t (@a bigint, @b text);
CREATE VIEW @s.@v AS SELECT @b, @a FROM @s.@t;
CREATE FUNCTION @s.@f(integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1';
CREATE TYPE @s.@k AS (@a integer, @b text);
CREATE SEQUENCE @s.@n INCREMENT 2;
CREATE SCHEMA @r;
CREATE TABLE @r.@t (@a integer);
ALTER SCHEMA @r OWNER TO @o;
ALTER TABLE @r.@t OWNER TO @r;
GRANT INSERT, SELECT ON @r.@t TO @o WITH GRANT OPTION;
GRANT SELECT (@a), UPDATE (@a) ON @r.@t TO PUBLIC;
REVOKE TRUNCATE ON @r.@t FROM @r;
GRANT USAGE ON SCHEMA @r TO PUBLIC;
--- after
GRANT SELECT ON @s.@v TO @o;
GRANT UPDATE (@a) ON @s.@t TO @o;
GRANT EXECUTE ON FUNCTION @s.@f TO @o;
REVOKE EXECUTE ON FUNCTION @s.@f FROM PUBLIC;
GRANT USAGE ON TYPE @s.@k TO @o;
GRANT USAGE ON SEQUENCE @s.@n TO @o;
ALTER VIEW @s.@v OWNER TO @o;
ALTER FUNCTION @s.@f OWNER TO @o;

=== default privileges in every schema and in one (watch default_privileges)
--- before
CREATE ROLE @o;
--- old
ALTER DEFAULT PRIVILEGES FOR ROLE @o IN SCHEMA @s GRANT SELECT ON TABLES TO PUBLIC;
--- new
ALTER DEFAULT PRIVILEGES FOR ROLE @o IN SCHEMA @s GRANT INSERT ON TABLES TO postgres WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE @o GRANT USAGE ON SEQUENCES TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE @o REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

=== comments on everything come change and go
--- before
CREATE TABLE @s.@t (@a integer CONSTRAINT @x CHECK (@a > 0), @b text, CONSTRAINT @n UNIQUE (@a));
CREATE INDEX @i ON @s.@t (@b);
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
CREATE TYPE @s.@k AS (@a integer);
CREATE DOMAIN @s.@d AS text CONSTRAINT @n CHECK (VALUE <> '');
CREATE FUNCTION @s.@f(@a integer, VARIADIC @b text[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE RULE @n AS ON DELETE TO @s.@t DO ALSO NOTHING;
--- old
COMMENT ON TABLE @s.@t IS 'old';
COMMENT ON COLUMN @s.@t.@a IS 'gone';
COMMENT ON CONSTRAINT @x ON @s.@t IS 'old';
COMMENT ON COLUMN @s.@v.@a IS 'gone';
--- new
COMMENT ON TABLE @s.@t IS E'it''s\n100% :x \\ "q" $$';
COMMENT ON COLUMN @s.@t.@b IS ':colon %(percent)s';
COMMENT ON CONSTRAINT @x ON @s.@t IS 'new';
COMMENT ON CONSTRAINT @n ON @s.@t IS '%';
COMMENT ON INDEX @s.@i IS '%';
COMMENT ON VIEW @s.@v IS '%';
COMMENT ON COLUMN @s.@k.@a IS '%';
COMMENT ON CONSTRAINT @n ON DOMAIN @s.@d IS '%';
COMMENT ON FUNCTION @s.@f(integer, text[]) IS '%';
COMMENT ON RULE @n ON @s.@t IS '%';
COMMENT ON SCHEMA @s IS '%';

=== privileges on columns come and stay beside those on their table (watch grant)
--- before
CREATE ROLE @o;
CREATE TABLE @s.@t (@a integer, @b integer);
CREATE TABLE @s.@u (@a integer, @b integer);
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
--- old
GRANT SELECT (@a), SELECT (@b) ON @s.@t TO @o;
GRANT SELECT (@a) ON @s.@v TO @o;
GRANT INSERT ON @s.@v TO @o;
--- new
GRANT UPDATE ON @s.@t TO @o;
GRANT SELECT (@a), INSERT (@b) ON @s.@t TO @o;
GRANT SELECT ON @s.@u TO @o;
GRANT UPDATE (@a), INSERT (@b) ON @s.@u TO @o;
GRANT SELECT (@a) ON @s.@v TO @o;

=== a table made anew has privileges no more (watch grant, destructive)
--- old
CREATE TABLE @s.@t (@a integer, @b integer);
GRANT SELECT ON @s.@t TO pg_monitor;
GRANT INSERT (@b) ON @s.@t TO pg_monitor;
--- new
CREATE TABLE @s.@t (@a integer, @b integer) PARTITION BY RANGE (@a);

=== a table made anew has other privileges (watch grant, destructive)
--- old
CREATE TABLE @s.@t (@a integer, @b integer);
GRANT SELECT ON @s.@t TO pg_monitor;
GRANT INSERT (@b) ON @s.@t TO pg_monitor;
--- new
CREATE TABLE @s.@t (@a integer, @b integer) PARTITION BY RANGE (@a);
GRANT UPDATE ON @s.@t TO pg_monitor;
GRANT INSERT (@b) ON @s.@t TO pg_monitor;

=== a table with privileges becomes a view (watch grant, destructive)
--- old
CREATE TABLE @s.@t (@a integer, @b integer);
GRANT SELECT ON @s.@t TO pg_monitor;
GRANT INSERT (@b) ON @s.@t TO pg_monitor;
--- new
CREATE VIEW @s.@t AS SELECT 1 AS @a, 2 AS @b;
GRANT SELECT ON @s.@t TO pg_monitor;
GRANT INSERT (@b) ON @s.@t TO pg_monitor;

=== privileges go while what they are on is made anew (watch grant)
--- before
CREATE ROLE @o;
--- old
CREATE TYPE @s.@d AS ENUM ('a', 'b'); CREATE TYPE @s.@e AS ENUM ('a');
CREATE TABLE @s.@t (@a integer, @b text, @c @s.@d, @m @s.@e);
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
CREATE FUNCTION @s.@f() RETURNS integer LANGUAGE sql RETURN 1;
GRANT SELECT, UPDATE (@b) ON @s.@v TO @o; GRANT EXECUTE ON FUNCTION @s.@f() TO @o; REVOKE EXECUTE ON FUNCTION @s.@f() FROM PUBLIC;
GRANT USAGE ON TYPE @s.@d TO @o; REVOKE USAGE ON TYPE @s.@e FROM PUBLIC; GRANT USAGE ON TYPE @s.@e TO @o;
--- new
CREATE TYPE @s.@d AS ENUM ('b', 'a'); CREATE DOMAIN @s.@e AS text;
CREATE TABLE @s.@t (@a bigint, @b text, @c @s.@d, @m @s.@e);
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
CREATE FUNCTION @s.@f() RETURNS bigint LANGUAGE sql RETURN 1;

=== an enum with privileges becomes a domain (watch grant)
--- before
CREATE ROLE @o;
--- old
CREATE TYPE @s.@e AS ENUM ('a');
CREATE TABLE @s.@t (@m @s.@e);
GRANT USAGE ON TYPE @s.@e TO @o;
--- new
CREATE DOMAIN @s.@e AS text;
CREATE TABLE @s.@t (@m @s.@e);
GRANT USAGE ON TYPE @s.@e TO @o;
