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

=== setup
CREATE ROLE @o SUPERUSER;
CREATE COLLATION @s.@n (locale = 'C');
CREATE CONVERSION @s.@n FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TEXT SEARCH PARSER @s.@n (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE @s.@n (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY @s.@n (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION @s.@n (PARSER = "default");
CREATE OPERATOR @s.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR @s.@#@ (FUNCTION = int4abs, RIGHTARG = integer);
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree AS OPERATOR 3 @s.===;
CREATE TYPE @s.@t AS ENUM ('x');
CREATE CAST (integer AS @s.@t) WITH INOUT;
CREATE FUNCTION @s.@f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE TRUSTED LANGUAGE @n HANDLER plpgsql_call_handler;
CREATE ACCESS METHOD @n TYPE TABLE HANDLER heap_tableam_handler;
CREATE TRANSFORM FOR @s.@t LANGUAGE @n (FROM SQL WITH FUNCTION varchar_support(internal));
CREATE FOREIGN DATA WRAPPER @n;
CREATE SERVER @n FOREIGN DATA WRAPPER @n;
CREATE PUBLICATION @n;
CREATE EVENT TRIGGER @n ON sql_drop EXECUTE FUNCTION @s.@f();

=== owner collation @s @n: role (watch owner)
ALTER COLLATION @s.@n OWNER TO @o;

=== owner conversion @s @n: role (watch owner)
ALTER CONVERSION @s.@n OWNER TO @o;

=== owner text_search_dictionary @s @n: role (watch owner)
ALTER TEXT SEARCH DICTIONARY @s.@n OWNER TO @o;

=== owner text_search_configuration @s @n: role (watch owner)
ALTER TEXT SEARCH CONFIGURATION @s.@n OWNER TO @o;

=== owner operator @s === integer,~integer: role (watch owner)
ALTER OPERATOR @s.=== (integer, integer) OWNER TO @o;

=== owner operator @s @#@ NONE,~integer: role (watch owner)
ALTER OPERATOR @s.@#@ (NONE, integer) OWNER TO @o;

=== owner operator_class @s @n btree: role (watch owner)
ALTER OPERATOR CLASS @s.@n USING btree OWNER TO @o;

=== owner operator_family @s @n btree: role (watch owner)
ALTER OPERATOR FAMILY @s.@n USING btree OWNER TO @o;

=== owner language @n: role (watch owner database)
ALTER LANGUAGE @n OWNER TO @o;

=== owner foreign_data_wrapper @n: role (watch owner database)
ALTER FOREIGN DATA WRAPPER @n OWNER TO @o;

=== owner server @n: role (watch owner database)
ALTER SERVER @n OWNER TO @o;

=== owner publication @n: role (watch owner database)
ALTER PUBLICATION @n OWNER TO @o;

=== owner event_trigger @n: role (watch owner database)
ALTER EVENT TRIGGER @n OWNER TO @o;
