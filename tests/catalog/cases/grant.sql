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

=== grant schema @s @o: added (watch grant)
GRANT USAGE ON SCHEMA @s TO @o;

=== grant table @s @t @o: added (watch grant)
GRANT SELECT ON @s.@t TO @o;

=== grant column @s @t @a @o: added (watch grant)
GRANT UPDATE (@a) ON @s.@t TO @o;

=== grant view @s @v @o: added (watch grant)
GRANT SELECT ON @s.@v TO @o;

=== grant sequence @s @y @o: added (watch grant)
GRANT USAGE ON SEQUENCE @s.@y TO @o;

=== grant enum @s @l @o: added (watch grant)
GRANT USAGE ON TYPE @s.@l TO @o;

=== grant composite @s @k @o: added (watch grant)
GRANT USAGE ON TYPE @s.@k TO @o;

=== grant function @s @f integer @o: added (watch grant)
GRANT EXECUTE ON FUNCTION @s.@f TO @o;

=== grant procedure @s @p text @o: added (watch grant)
GRANT EXECUTE ON PROCEDURE @s.@p TO @o;

=== setup
CREATE ROLE @o;
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
GRANT SELECT ON @s.@t TO @o;

=== grant table @s @t @o: privileges (watch grant)
GRANT INSERT ON @s.@t TO @o;

=== grant table @s @t @o: privileges (watch grant)
GRANT SELECT ON @s.@t TO @o WITH GRANT OPTION;

=== grant table @s @t @o: removed (watch grant)
REVOKE SELECT ON @s.@t FROM @o;

=== setup
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

=== grant function @s @f integer public: added (watch grant)
REVOKE EXECUTE ON FUNCTION @s.@f FROM PUBLIC;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== grant table @s @t postgres: added (watch grant)
REVOKE INSERT ON @s.@t FROM postgres;

=== setup
CREATE ROLE @o;
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

=== grant foreign_data_wrapper @n @o: added (watch grant database)
GRANT USAGE ON FOREIGN DATA WRAPPER @n TO @o;

=== grant server @n @o: added (watch grant database)
GRANT USAGE ON FOREIGN SERVER @n TO @o WITH GRANT OPTION;

=== grant language @n public: added (watch grant database)
REVOKE USAGE ON LANGUAGE @n FROM PUBLIC;

=== grant server @n postgres: added (watch grant database)
REVOKE USAGE ON FOREIGN SERVER @n FROM CURRENT_USER;
