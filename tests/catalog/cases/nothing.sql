=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== nothing: settings of the session
SET LOCAL search_path = @s;
SET LOCAL quote_all_identifiers = on;
SET LOCAL timezone = 'Asia/Tokyo';
SET LOCAL datestyle = 'SQL, DMY';
SET LOCAL intervalstyle = 'iso_8601';
SET LOCAL bytea_output = 'escape';
SET LOCAL extra_float_digits = 0;

=== nothing: the same again
DROP TABLE @s.@t;
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== nothing: rows
INSERT INTO @s.@t VALUES (1, 'x', 'y');
DELETE FROM @s.@t;

=== setup
CREATE TABLE @s.@t ();
CREATE TABLE @s.@u ();

=== nothing: order of statements
DROP TABLE @s.@t;
CREATE TABLE @s.@t ();

=== setup
CREATE TABLE @s.@t (@a integer, @b text);

=== nothing: order of columns
DROP TABLE @s.@t;
CREATE TABLE @s.@t (@b text, @a integer);

=== nothing: a column that went
DROP TABLE @s.@t;
CREATE TABLE @s.@t (@c text, @a integer, @b text);
ALTER TABLE @s.@t DROP @c;

=== setup
CREATE TABLE @s.@t (@a int4, @b varchar(3), @c timestamptz);

=== nothing: spelling of a type
DROP TABLE @s.@t;
CREATE TABLE @s.@t (@a integer, @b character varying(3), @c timestamp with time zone);

=== setup
CREATE TABLE @s.@t (@a timestamptz DEFAULT now(), @b text DEFAULT 'x');

=== nothing: spelling of a default
DROP TABLE @s.@t;
CREATE TABLE @s.@t (@a timestamptz DEFAULT NOW( ), @b text DEFAULT 'x'::text);

=== setup
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n CHECK (@a IN (1, 2)));

=== nothing: spelling of a check
DROP TABLE @s.@t;
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n CHECK (@a = ANY (ARRAY[1, 2])));

=== setup
CREATE TABLE @s.@t () WITH (fillfactor = 50, autovacuum_enabled = off);

=== nothing: order of options
ALTER TABLE @s.@t RESET (fillfactor);
ALTER TABLE @s.@t SET (fillfactor = 50);

=== setup
CREATE SEQUENCE @s.@n;

=== nothing: a sequence that moved
SELECT nextval($q$@s.@n$q$);

=== setup
CREATE TABLE @s.@t (@a serial);

=== nothing: a column's default of its own
INSERT INTO @s.@t DEFAULT VALUES;

=== setup
CREATE MATERIALIZED VIEW @s.@v AS SELECT 1 AS @a WITH NO DATA;

=== nothing: a refresh
REFRESH MATERIALIZED VIEW @s.@v;

=== setup

=== nothing: a temporary table
CREATE TEMPORARY TABLE @t (@a serial PRIMARY KEY, @b text CHECK (@b <> ''));

=== nothing: default privileges
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;

=== nothing: the framework's table
CREATE TABLE @s.alembic_version (version_num varchar(32) PRIMARY KEY);
COMMENT ON TABLE @s.alembic_version IS 'x';

=== setup
CREATE TYPE @s.@k AS ENUM ('a', 'c');
ALTER TYPE @s.@k ADD VALUE 'b' BEFORE 'c';

=== nothing: an enum made again
DROP TYPE @s.@k;
CREATE TYPE @s.@k AS ENUM ('a', 'b', 'c');

=== setup
CREATE ROLE @o;
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE POLICY @n ON @s.@t TO @o, postgres;

=== nothing: order of roles
ALTER POLICY @n ON @s.@t TO postgres, @o;

=== setup
CREATE ROLE @o;
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== nothing: an owner
ALTER TABLE @s.@t OWNER TO @o;

=== nothing: a grant
GRANT SELECT ON @s.@t TO @o;

=== setup
CREATE TABLE @s.@t (@a integer PRIMARY KEY) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t DEFAULT;
CREATE TABLE @s.@u (@a integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t);

=== nothing: a foreign key's partitions
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t;
