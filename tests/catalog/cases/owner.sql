=== setup
CREATE ROLE @o;
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
CREATE MATERIALIZED VIEW @s.@w AS SELECT @a FROM @s.@t;
CREATE TYPE @s.@k AS (@a integer, @b text);
CREATE TYPE @s.@l AS ENUM ();
CREATE DOMAIN @s.@d AS text CONSTRAINT @n CHECK (VALUE <> '');
CREATE TYPE @s.@m AS RANGE (subtype = float8);
CREATE SEQUENCE @s.@y;
CREATE INDEX @x ON @s.@t (@b);
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@a), ADD CONSTRAINT @m CHECK (@a > 0);
CREATE FUNCTION @s.@f(integer) RETURNS integer RETURN 1;
CREATE PROCEDURE @s.@p(text) LANGUAGE sql AS '';
CREATE FUNCTION @s.@e() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE AGGREGATE @s.@x(bigint) (SFUNC = int8pl, STYPE = bigint);
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@e();
CREATE RULE @n AS ON DELETE TO @s.@t DO ALSO NOTHING;
CREATE POLICY @n ON @s.@t;
CREATE STATISTICS @s.@n ON @a, @b FROM @s.@t;
CREATE TABLE @s.@u (@a integer PRIMARY KEY, @b int4range, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@u,
    CONSTRAINT @m EXCLUDE USING gist (@b WITH &&), CONSTRAINT @p CHECK (true));

=== owner schema @s: role (watch owner)
ALTER SCHEMA @s OWNER TO @o;

=== owner table @s @t: role (watch owner)
ALTER TABLE @s.@t OWNER TO @o;

=== owner view @s @v: role (watch owner)
ALTER VIEW @s.@v OWNER TO @o;

=== owner materialized_view @s @w: role (watch owner)
ALTER MATERIALIZED VIEW @s.@w OWNER TO @o;

=== owner sequence @s @y: role (watch owner)
ALTER SEQUENCE @s.@y OWNER TO @o;

=== owner composite @s @k: role (watch owner)
ALTER TYPE @s.@k OWNER TO @o;

=== owner enum @s @l: role (watch owner)
ALTER TYPE @s.@l OWNER TO @o;

=== owner domain @s @d: role (watch owner)
ALTER DOMAIN @s.@d OWNER TO @o;

=== owner range @s @m: role (watch owner)
ALTER TYPE @s.@m OWNER TO @o;

=== owner function @s @f integer: role (watch owner)
ALTER FUNCTION @s.@f(integer) OWNER TO @o;

=== owner procedure @s @p text: role (watch owner)
ALTER PROCEDURE @s.@p(text) OWNER TO @o;

=== owner aggregate @s @x bigint: role (watch owner)
ALTER AGGREGATE @s.@x(bigint) OWNER TO @o;

=== owner statistics @s @n: role (watch owner)
ALTER STATISTICS @s.@n OWNER TO @o;
