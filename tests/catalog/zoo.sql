CREATE SCHEMA @r;
CREATE TYPE @s.@k AS ENUM ('one', 'it''s %s', 'ünï :x');
CREATE DOMAIN @s.@d AS varchar(50) DEFAULT 'a' NOT NULL CONSTRAINT @n CHECK (VALUE IN ('a', 'b') AND length(VALUE) BETWEEN 1 AND 40);
CREATE TYPE @r.@k AS (@a integer, @b text COLLATE "C", @c @s.@k[]);
CREATE TYPE @s.@m AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE SEQUENCE @r.@n AS smallint START 5 INCREMENT -3 MINVALUE -100 MAXVALUE 7 CACHE 4 CYCLE;
CREATE FUNCTION @s.@f(@a integer DEFAULT 4, VARIADIC @b text[] DEFAULT '{}') RETURNS TABLE (@c text, @d @s.@k)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 7 AS $x$ SELECT 'a;b', 'one'::@s.@k $x$;
CREATE FUNCTION @s.@x(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT RETURN lower($1);
CREATE PROCEDURE @r.@f(INOUT @a integer) LANGUAGE plpgsql AS $x$ BEGIN @a := @a + 1; END $x$;
CREATE AGGREGATE @r.@l(bigint) (SFUNC = int8pl, STYPE = bigint, INITCOND = '0', COMBINEFUNC = int8pl, PARALLEL = SAFE);
CREATE TABLE @s.@t (
    @a bigint GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 5 CACHE 2 CYCLE MAXVALUE 1000),
    @b text COLLATE "C" NOT NULL DEFAULT 'it''s %s',
    @c numeric(12, 3) DEFAULT 0.5,
    @d @s.@k DEFAULT 'one',
    @e @s.@d,
    @n timestamptz(3) DEFAULT '2020-01-01 12:00:00+05',
    @m @r.@k,
    @x integer[] DEFAULT ARRAY[1, 2],
    @y interval day to second(2) DEFAULT '1 day 02:03:04',
    @v integer GENERATED ALWAYS AS (length('%' || '''')) STORED,
    @w bit varying(5),
    @f @s.@m,
    @k float8 DEFAULT 0.1,
    @l bytea DEFAULT '\x0102',
    @p jsonb DEFAULT '{"a": [1, null]}',
    @s serial,
    @t smallserial,
    @j varchar(9) CHECK (@j IN ('a', 'it''s') AND @a BETWEEN 1 AND 5 AND @b <> ' AND ((') DEFAULT 'a',
    @u double precision CHECK (@u IN (1.5, 2.5)),
    CONSTRAINT @n PRIMARY KEY (@a) WITH (fillfactor = 80),
    CONSTRAINT @m UNIQUE NULLS NOT DISTINCT (@b, @c) INCLUDE (@d) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT @x CHECK (@c > 0 AND @b ~ '^\d+%s$' AND @d <> ALL (ARRAY['one', 'ünï :x']::@s.@k[])),
    CONSTRAINT @y EXCLUDE USING gist (int8range(0, @a) WITH &&, int8range(@a, 0) WITH =) WHERE (@a > 5),
    CONSTRAINT @z FOREIGN KEY (@a) REFERENCES @s.@t MATCH FULL ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE
) WITH (fillfactor = 70, autovacuum_enabled = off, toast.autovacuum_enabled = off);
ALTER TABLE @s.@t ADD CONSTRAINT @l CHECK (@x <> '{}') NOT VALID;
ALTER TABLE @s.@t ALTER @b SET STORAGE EXTERNAL, ALTER @b SET STATISTICS 300, ALTER @b SET COMPRESSION pglz;
ALTER TABLE @s.@t ALTER @c SET (n_distinct = -0.5), REPLICA IDENTITY FULL, ENABLE ROW LEVEL SECURITY;
ALTER TABLE @s.@t FORCE ROW LEVEL SECURITY, DROP COLUMN @w;
ALTER TABLE @s.@t ADD @w bit varying(6);
CREATE UNLOGGED TABLE @r.@u (LIKE @s.@t INCLUDING DEFAULTS, @o uuid DEFAULT gen_random_uuid());
CREATE TABLE @r.@t OF @r.@k;
CREATE INDEX ON @r.@u USING hash (@b);
CREATE UNIQUE INDEX @x ON @s.@t (@s.@x(@b) text_pattern_ops DESC NULLS LAST, (@c + 1)) INCLUDE (@e)
    WITH (fillfactor = 60) WHERE @d = 'one'::@s.@k;
ALTER INDEX @s.@x ALTER COLUMN 2 SET STATISTICS 55;
ALTER TABLE @s.@t CLUSTER ON @n;
CREATE INDEX @j ON @s.@t (@a) WHERE @a BETWEEN 1 AND 2 AND @j IN ('x', 'y');
CREATE STATISTICS @r.@x (ndistinct, mcv) ON @b, (@c * 2) FROM @s.@t;
ALTER STATISTICS @r.@x SET STATISTICS 44;
CREATE TABLE @r.@p (@a integer NOT NULL, @b text DEFAULT 'x', @c date, CONSTRAINT @n CHECK (@a > 0))
    PARTITION BY RANGE (@a, (lower(@b)));
CREATE TABLE @r.@a PARTITION OF @r.@p (@b DEFAULT 'y', CONSTRAINT @m CHECK (@a < 100)) FOR VALUES FROM (1, MINVALUE) TO (50, 'm''');
CREATE TABLE @r.@b PARTITION OF @r.@p DEFAULT PARTITION BY LIST (@c);
CREATE TABLE @r.@c PARTITION OF @r.@b FOR VALUES IN ('2020-02-03', NULL);
CREATE INDEX @i ON @r.@p (@c);
CREATE TABLE @r.@d (@a integer, @b text, CONSTRAINT @q PRIMARY KEY (@a)) PARTITION BY HASH (@a);
CREATE TABLE @r.@e PARTITION OF @r.@d FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE @r.@f (@a integer REFERENCES @r.@d, @b text) PARTITION BY LIST (@b);
CREATE TABLE @r.@l PARTITION OF @r.@f FOR VALUES IN ('%', '''');
CREATE TABLE @r.@v (@a integer CONSTRAINT @y NOT NULL, CONSTRAINT @x CHECK (@a > 0), CONSTRAINT @z CHECK (true) NO INHERIT);
CREATE TABLE @r.@w (@a integer, @b text) INHERITS (@r.@v);
CREATE TABLE @r.@x (@c text) INHERITS (@r.@w);
CREATE TABLE @r.@y (@a serial PRIMARY KEY, @b date);
ALTER TABLE @r.@y ALTER @a TYPE bigint;
CREATE TABLE @r.@z ();
CREATE FUNCTION @r.@h() RETURNS trigger LANGUAGE plpgsql AS $x$ BEGIN RETURN NEW; END $x$;
CREATE TRIGGER @n BEFORE INSERT OR UPDATE OF @b ON @s.@t FOR EACH ROW WHEN (NEW.@j NOT IN ('%s''', 'y'))
    EXECUTE FUNCTION @r.@h('it''s', '%s');
ALTER TABLE @s.@t DISABLE TRIGGER @n;
CREATE CONSTRAINT TRIGGER @q AFTER DELETE ON @s.@t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION @r.@h();
CREATE TRIGGER @n AFTER UPDATE ON @r.@p FOR EACH ROW EXECUTE FUNCTION @r.@h();
CREATE TRIGGER @x AFTER INSERT ON @r.@u REFERENCING NEW TABLE AS @y FOR EACH STATEMENT EXECUTE FUNCTION @r.@h();
CREATE RULE @n AS ON DELETE TO @r.@u WHERE old.@b = '%' DO INSTEAD NOTHING;
CREATE POLICY @n ON @s.@t AS RESTRICTIVE FOR UPDATE USING (@b = current_user OR @j IN ('x', 'y')) WITH CHECK (@c > 1);
CREATE VIEW @r.@m (@x, @y) WITH (security_barrier, check_option = cascaded) AS SELECT @a, @b FROM @s.@t WHERE @b LIKE '%x' AND @j IN ('x', 'y');
CREATE VIEW @r.@g AS SELECT m.*, count(*) OVER (PARTITION BY @x ORDER BY @y) FROM @r.@m m;
ALTER VIEW @r.@m ALTER @y SET DEFAULT 'q';
CREATE TRIGGER @n INSTEAD OF INSERT ON @r.@m FOR EACH ROW EXECUTE FUNCTION @r.@h();
CREATE MATERIALIZED VIEW @s.@v WITH (fillfactor = 90) AS SELECT @a, @b FROM @s.@t;
CREATE UNIQUE INDEX @q ON @s.@v (@a);
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
COMMENT ON SCHEMA @s IS 'it''s %s :x';
COMMENT ON TABLE @s.@t IS E'two\nlines';
COMMENT ON COLUMN @s.@t.@b IS 'ü';
COMMENT ON CONSTRAINT @m ON @s.@t IS 'unique';
COMMENT ON INDEX @s.@x IS 'index';
COMMENT ON TYPE @s.@k IS 'enum';
COMMENT ON COLUMN @r.@k.@b IS 'attribute';
COMMENT ON CONSTRAINT @n ON DOMAIN @s.@d IS 'domain';
COMMENT ON FUNCTION @s.@x(text) IS 'function';
COMMENT ON PROCEDURE @r.@f(integer) IS 'procedure';
COMMENT ON TRIGGER @n ON @s.@t IS 'trigger';
COMMENT ON POLICY @n ON @s.@t IS 'policy';
COMMENT ON VIEW @r.@m IS 'view';
COMMENT ON COLUMN @r.@m.@x IS 'column of a view';
COMMENT ON SEQUENCE @r.@n IS 'sequence';
CREATE SCHEMA @h;
CREATE SCHEMA @j;
CREATE COLLATION @j.@n (locale = 'C');
CREATE DEFAULT CONVERSION @j.@m FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TEXT SEARCH PARSER @h.@n (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE @j.@n (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY @h.@m (TEMPLATE = @j.@n, STOPWORDS = english, "accept" = false);
CREATE TEXT SEARCH CONFIGURATION @h.@n (PARSER = @h.@n);
ALTER TEXT SEARCH CONFIGURATION @h.@n ADD MAPPING FOR word, asciiword WITH @h.@m, english_stem;
CREATE TYPE @h.@w AS (@a integer, @b text);
CREATE FUNCTION @j.@t(@h.@w, @h.@w) RETURNS boolean IMMUTABLE RETURN ($1).@a < ($2).@a;
CREATE FUNCTION @j.@u(@h.@w, @h.@w) RETURNS boolean IMMUTABLE RETURN ($1).@a = ($2).@a;
CREATE FUNCTION @j.@y(@h.@w, @h.@w) RETURNS integer IMMUTABLE RETURN ($1).@a - ($2).@a;
CREATE OPERATOR @j.<<< (FUNCTION = @j.@t, LEFTARG = @h.@w, RIGHTARG = @h.@w, COMMUTATOR = OPERATOR(@j.>>>),
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR @j.>>> (FUNCTION = @j.@t, LEFTARG = @h.@w, RIGHTARG = @h.@w, COMMUTATOR = OPERATOR(@j.<<<));
CREATE OPERATOR @j.=== (FUNCTION = @j.@u, LEFTARG = @h.@w, RIGHTARG = @h.@w, COMMUTATOR = OPERATOR(@j.===),
    NEGATOR = OPERATOR(@j.!==), HASHES, MERGES);
CREATE OPERATOR @j.!== (FUNCTION = @j.@t, LEFTARG = @h.@w, RIGHTARG = @h.@w, NEGATOR = OPERATOR(@j.===));
CREATE OPERATOR @j.@#@ (FUNCTION = int4abs, RIGHTARG = integer);
CREATE OPERATOR FAMILY @j.@m USING btree;
CREATE OPERATOR CLASS @j.@n DEFAULT FOR TYPE @h.@w USING btree FAMILY @j.@m AS OPERATOR 1 @j.<<<, OPERATOR 3 @j.===,
    FUNCTION 1 @j.@y(@h.@w, @h.@w);
ALTER OPERATOR FAMILY @j.@m USING btree ADD OPERATOR 3 = (integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp;
CREATE OPERATOR CLASS @h.@g FOR TYPE point USING gist AS OPERATOR 15 <-> (point, point) FOR ORDER BY float_ops,
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), STORAGE box;
CREATE TABLE @h.@y (@a @h.@w PRIMARY KEY, @b text COLLATE @j.@n,
    @c tsvector GENERATED ALWAYS AS (to_tsvector($q$@h.@n$q$, @b)) STORED);
CREATE FUNCTION @j.@x(integer) RETURNS @h.@w IMMUTABLE RETURN ROW($1, '')::@h.@w;
CREATE CAST (integer AS @h.@w) WITH FUNCTION @j.@x(integer) AS ASSIGNMENT;
CREATE CAST (date AS integer) WITHOUT FUNCTION;
CREATE VIEW @j.@q AS SELECT @a OPERATOR(@j.===) 5::@h.@w AS @a, OPERATOR(@j.@#@) 5 AS @b FROM @h.@y ORDER BY @h.@y.@a;
COMMENT ON COLLATION @j.@n IS 'x'; COMMENT ON CONVERSION @j.@m IS 'x'; COMMENT ON TEXT SEARCH PARSER @h.@n IS 'x';
COMMENT ON TEXT SEARCH TEMPLATE @j.@n IS 'x'; COMMENT ON TEXT SEARCH DICTIONARY @h.@m IS 'x';
COMMENT ON TEXT SEARCH CONFIGURATION @h.@n IS 'x'; COMMENT ON OPERATOR @j.<<< (@h.@w, @h.@w) IS 'x';
COMMENT ON OPERATOR @j.@#@ (NONE, integer) IS 'x'; COMMENT ON OPERATOR FAMILY @j.@m USING btree IS 'x';
COMMENT ON OPERATOR CLASS @j.@n USING btree IS 'x'; COMMENT ON CAST (integer AS @h.@w) IS 'x';
CREATE FUNCTION @j.@l() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE @n HANDLER @j.@l;
CREATE ACCESS METHOD @n TYPE TABLE HANDLER heap_tableam_handler;
CREATE TRANSFORM FOR @h.@w LANGUAGE @n (FROM SQL WITH FUNCTION varchar_support(internal));
CREATE FOREIGN DATA WRAPPER @n OPTIONS (host 'a', "Port %s" '5''');
CREATE SERVER @n TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER @n OPTIONS (host 'a');
CREATE FOREIGN TABLE @h.@i (@a integer) SERVER @n;
CREATE TABLE @j.@i (@a integer) USING @n;
CREATE FUNCTION @j.@i() RETURNS integer LANGUAGE @n AS 'BEGIN RETURN 1; END';
CREATE PUBLICATION @n FOR TABLE @j.@i WHERE (@a = ANY ('{1,2}')) WITH (publish = 'insert');
CREATE PUBLICATION @m FOR TABLE @h.@y (@a, @b), @j.@i;
CREATE PUBLICATION @x FOR TABLES IN SCHEMA @j WITH (publish_via_partition_root = true);
CREATE FUNCTION @j.@v() RETURNS event_trigger LANGUAGE plpgsql AS $x$ BEGIN END $x$;
CREATE EVENT TRIGGER @n ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION @j.@v();
ALTER EVENT TRIGGER @n ENABLE ALWAYS;
COMMENT ON LANGUAGE @n IS 'x'; COMMENT ON ACCESS METHOD @n IS 'x'; COMMENT ON TRANSFORM FOR @h.@w LANGUAGE @n IS 'x';
COMMENT ON FOREIGN DATA WRAPPER @n IS 'x'; COMMENT ON SERVER @n IS 'x'; COMMENT ON PUBLICATION @n IS 'x';
COMMENT ON EVENT TRIGGER @n IS 'x';
