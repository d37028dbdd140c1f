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

=== comment schema @s: added
COMMENT ON SCHEMA @s IS 'it''s %s :x';

=== comment table @s @t: added
COMMENT ON TABLE @s.@t IS 'it''s %s :x';

=== comment column @s @t @a: added
COMMENT ON COLUMN @s.@t.@a IS 'it''s %s :x';

=== comment view @s @v: added
COMMENT ON VIEW @s.@v IS 'it''s %s :x';

=== comment view_column @s @v @a: added
COMMENT ON COLUMN @s.@v.@a IS 'it''s %s :x';

=== comment materialized_view @s @w: added
COMMENT ON MATERIALIZED VIEW @s.@w IS 'it''s %s :x';

=== comment view_column @s @w @a: added
COMMENT ON COLUMN @s.@w.@a IS 'it''s %s :x';

=== comment composite @s @k: added
COMMENT ON TYPE @s.@k IS 'it''s %s :x';

=== comment attribute @s @k @b: added
COMMENT ON COLUMN @s.@k.@b IS 'it''s %s :x';

=== comment enum @s @l: added
COMMENT ON TYPE @s.@l IS 'it''s %s :x';

=== comment domain @s @d: added
COMMENT ON DOMAIN @s.@d IS 'it''s %s :x';

=== comment domain_constraint @s @d @n: added
COMMENT ON CONSTRAINT @n ON DOMAIN @s.@d IS 'it''s %s :x';

=== comment range @s @m: added
COMMENT ON TYPE @s.@m IS 'it''s %s :x';

=== comment sequence @s @y: added
COMMENT ON SEQUENCE @s.@y IS 'it''s %s :x';

=== comment index @s @x: added
COMMENT ON INDEX @s.@x IS 'it''s %s :x';

=== comment unique @s @t @n: added
COMMENT ON CONSTRAINT @n ON @s.@t IS 'it''s %s :x';

=== comment check @s @t @m: added
COMMENT ON CONSTRAINT @m ON @s.@t IS 'it''s %s :x';

=== comment foreign_key @s @u @n: added
COMMENT ON CONSTRAINT @n ON @s.@u IS 'it''s %s :x';

=== comment exclusion @s @u @m: added
COMMENT ON CONSTRAINT @m ON @s.@u IS 'it''s %s :x';

=== comment function @s @f integer: added
COMMENT ON FUNCTION @s.@f(integer) IS 'it''s %s :x';

=== comment procedure @s @p text: added
COMMENT ON PROCEDURE @s.@p(text) IS 'it''s %s :x';

=== comment aggregate @s @x bigint: added
COMMENT ON AGGREGATE @s.@x(bigint) IS 'it''s %s :x';

=== comment trigger @s @t @n: added
COMMENT ON TRIGGER @n ON @s.@t IS 'it''s %s :x';

=== comment rule @s @t @n: added
COMMENT ON RULE @n ON @s.@t IS 'it''s %s :x';

=== comment policy @s @t @n: added
COMMENT ON POLICY @n ON @s.@t IS 'it''s %s :x';

=== comment statistics @s @n: added
COMMENT ON STATISTICS @s.@n IS 'it''s %s :x';

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
COMMENT ON TABLE @s.@t IS 'new';

=== comment table @s @t: text
COMMENT ON TABLE @s.@t IS 'New';

=== comment table @s @t: removed
COMMENT ON TABLE @s.@t IS NULL;

=== setup
CREATE TABLE @s.@t (@a integer CONSTRAINT @n NOT NULL);

=== comment not_null @s @t @n: added (since 18)
COMMENT ON CONSTRAINT @n ON @s.@t IS 'x';

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

=== comment collation @s @n: added
COMMENT ON COLLATION @s.@n IS 'it''s %s :x';

=== comment conversion @s @n: added
COMMENT ON CONVERSION @s.@n IS 'it''s %s :x';

=== comment text_search_parser @s @n: added
COMMENT ON TEXT SEARCH PARSER @s.@n IS 'it''s %s :x';

=== comment text_search_template @s @n: added
COMMENT ON TEXT SEARCH TEMPLATE @s.@n IS 'it''s %s :x';

=== comment text_search_dictionary @s @n: added
COMMENT ON TEXT SEARCH DICTIONARY @s.@n IS 'it''s %s :x';

=== comment text_search_configuration @s @n: added
COMMENT ON TEXT SEARCH CONFIGURATION @s.@n IS 'it''s %s :x';

=== comment operator @s === integer,~integer: added
COMMENT ON OPERATOR @s.=== (integer, integer) IS 'it''s %s :x';

=== comment operator @s @#@ NONE,~integer: added
COMMENT ON OPERATOR @s.@#@ (NONE, integer) IS 'it''s %s :x';

=== comment operator_class @s @n btree: added
COMMENT ON OPERATOR CLASS @s.@n USING btree IS 'it''s %s :x';

=== comment operator_family @s @n btree: added
COMMENT ON OPERATOR FAMILY @s.@n USING btree IS 'it''s %s :x';

=== comment cast integer~AS~@s.@t: added
COMMENT ON CAST (integer AS @s.@t) IS 'it''s %s :x';

=== comment language @n: added (watch database)
COMMENT ON LANGUAGE @n IS 'it''s %s :x';

=== comment access_method @n: added (watch database)
COMMENT ON ACCESS METHOD @n IS 'it''s %s :x';

=== comment transform @s.@t~LANGUAGE~@n: added (watch database)
COMMENT ON TRANSFORM FOR @s.@t LANGUAGE @n IS 'it''s %s :x';

=== comment foreign_data_wrapper @n: added (watch database)
COMMENT ON FOREIGN DATA WRAPPER @n IS 'it''s %s :x';

=== comment server @n: added (watch database)
COMMENT ON SERVER @n IS 'it''s %s :x';

=== comment publication @n: added (watch database)
COMMENT ON PUBLICATION @n IS 'it''s %s :x';

=== comment event_trigger @n: added (watch database)
COMMENT ON EVENT TRIGGER @n IS 'it''s %s :x';
