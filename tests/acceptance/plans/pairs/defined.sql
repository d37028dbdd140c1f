=== everything of operators comes and goes
--- new
CREATE SCHEMA @r;
CREATE TYPE @r.@t AS (@a integer, @b text);
CREATE FUNCTION @r.@f(@r.@t, @r.@t) RETURNS boolean IMMUTABLE RETURN ($1).@a < ($2).@a;
CREATE FUNCTION @r.@g(@r.@t, @r.@t) RETURNS boolean IMMUTABLE RETURN ($1).@a = ($2).@a;
CREATE FUNCTION @r.@h(@r.@t, @r.@t) RETURNS integer IMMUTABLE RETURN ($1).@a - ($2).@a;
CREATE OPERATOR @s.<<< (FUNCTION = @r.@f, LEFTARG = @r.@t, RIGHTARG = @r.@t, COMMUTATOR = OPERATOR(@s.>>>),
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR @s.>>> (FUNCTION = @r.@f, LEFTARG = @r.@t, RIGHTARG = @r.@t, COMMUTATOR = OPERATOR(@s.<<<));
CREATE OPERATOR @s.=== (FUNCTION = @r.@g, LEFTARG = @r.@t, RIGHTARG = @r.@t, COMMUTATOR = OPERATOR(@s.===),
    NEGATOR = OPERATOR(@s.!==), HASHES, MERGES);
CREATE OPERATOR @s.!== (FUNCTION = @r.@f, LEFTARG = @r.@t, RIGHTARG = @r.@t, NEGATOR = OPERATOR(@s.===));
CREATE OPERATOR @s.@#@ (FUNCTION = int4abs, RIGHTARG = integer);
CREATE OPERATOR CLASS @s.@n DEFAULT FOR TYPE @r.@t USING btree AS OPERATOR 1 @s.<<<, OPERATOR 3 @s.===,
    FUNCTION 1 @r.@h(@r.@t, @r.@t);
ALTER OPERATOR FAMILY @s.@n USING btree ADD OPERATOR 3 = (integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp;
CREATE TABLE @s.@u (@a @r.@t PRIMARY KEY, @b integer CHECK (OPERATOR(@s.@#@) @b > 1) DEFAULT (OPERATOR(@s.@#@) 5));
CREATE FUNCTION @r.@x(integer) RETURNS @r.@t IMMUTABLE RETURN ROW($1, '')::@r.@t;
CREATE CAST (integer AS @r.@t) WITH FUNCTION @r.@x(integer) AS ASSIGNMENT;
CREATE VIEW @s.@v AS SELECT @a OPERATOR(@s.===) 5::@r.@t AS @a FROM @s.@u ORDER BY @s.@u.@a;
COMMENT ON OPERATOR @s.=== (@r.@t, @r.@t) IS 'it''s %s'; COMMENT ON OPERATOR @s.@#@ (NONE, integer) IS 'x';
COMMENT ON OPERATOR CLASS @s.@n USING btree IS 'x'; COMMENT ON OPERATOR FAMILY @s.@n USING btree IS 'x';
COMMENT ON CAST (integer AS @r.@t) IS 'x';

=== everything of text search comes and goes
--- new
CREATE TEXT SEARCH PARSER @s.@n (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE @s.@m (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY @s.@d (TEMPLATE = @s.@m, STOPWORDS = english, "accept" = false);
CREATE TEXT SEARCH CONFIGURATION @s.@c (PARSER = @s.@n);
ALTER TEXT SEARCH CONFIGURATION @s.@c ADD MAPPING FOR word, asciiword WITH @s.@d, english_stem;
ALTER TEXT SEARCH CONFIGURATION @s.@c ADD MAPPING FOR email WITH @s.@d;
CREATE COLLATION @s.@o (lc_collate = 'C', lc_ctype = 'POSIX');
CREATE CONVERSION @s.@o FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TABLE @s.@t (@a text COLLATE @s.@o, @b tsvector GENERATED ALWAYS AS (to_tsvector($q$@s.@c$q$, @a)) STORED);
CREATE INDEX @x ON @s.@t (to_tsvector($q$@s.@c$q$, @a)); CREATE INDEX @i ON @s.@t (lower(@a) COLLATE @s.@o);
CREATE VIEW @s.@v AS SELECT ts_lexize($q$@s.@d$q$, @a) AS @a FROM @s.@t;
CREATE DOMAIN @s.@k AS text COLLATE @s.@o;
COMMENT ON TEXT SEARCH CONFIGURATION @s.@c IS 'x'; COMMENT ON COLLATION @s.@o IS 'x';

=== everything of the database comes and goes (watch database)
--- new
CREATE SCHEMA @r;
CREATE FUNCTION @r.@l() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE @n HANDLER @r.@l;
CREATE FUNCTION @r.@i() RETURNS integer LANGUAGE @n AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD @m TYPE TABLE HANDLER heap_tableam_handler;
CREATE TYPE @r.@t AS (@a integer);
CREATE TRANSFORM FOR @r.@t LANGUAGE @n (FROM SQL WITH FUNCTION varchar_support(internal));
CREATE FOREIGN DATA WRAPPER @n OPTIONS (host 'a', "Port %s" '5''');
CREATE SERVER @n TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER @n OPTIONS (host 'a');
CREATE FOREIGN TABLE @s.@f (@a integer) SERVER @n;
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b text) USING @m;
CREATE TABLE @r.@u (@a integer PRIMARY KEY);
CREATE PUBLICATION @n FOR TABLE @s.@t WHERE (@a = ANY ('{1,2}')) WITH (publish = 'insert');
CREATE PUBLICATION @m FOR TABLE @s.@t (@a, @b), @r.@u;
CREATE PUBLICATION @x FOR TABLES IN SCHEMA @r WITH (publish_via_partition_root = true);
CREATE FUNCTION @r.@v() RETURNS event_trigger LANGUAGE plpgsql AS $x$ BEGIN END $x$;
CREATE EVENT TRIGGER @n ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION @r.@v();
ALTER EVENT TRIGGER @n ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER @n IS 'x'; COMMENT ON PUBLICATION @n IS 'x'; COMMENT ON SERVER @n IS 'x';

=== an operator is made anew under what uses it
--- before
CREATE FUNCTION @s.@f(integer, integer) RETURNS boolean IMMUTABLE RETURN $1 < $2;
CREATE FUNCTION @s.@g(integer, integer) RETURNS boolean IMMUTABLE RETURN $1 = $2;
CREATE FUNCTION @s.@h(integer, integer) RETURNS integer IMMUTABLE RETURN $1 - $2;
CREATE OPERATOR @s.=== (FUNCTION = @s.@g, LEFTARG = integer, RIGHTARG = integer);
--- old
CREATE OPERATOR @s.<<< (FUNCTION = @s.@f, LEFTARG = integer, RIGHTARG = integer);
--- new
CREATE OPERATOR @s.<<< (FUNCTION = int4lt, LEFTARG = integer, RIGHTARG = integer);
--- after
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree AS OPERATOR 1 @s.<<<, OPERATOR 3 @s.===, FUNCTION 1 @s.@h(integer, integer);
CREATE TABLE @s.@t (@a integer, @b boolean DEFAULT (1 OPERATOR(@s.<<<) 2), @c boolean GENERATED ALWAYS AS (@a OPERATOR(@s.<<<) 5) STORED,
    CONSTRAINT @m CHECK (@a OPERATOR(@s.<<<) 100));
CREATE INDEX @x ON @s.@t (@a @s.@n); CREATE UNIQUE INDEX @i ON @s.@t ((@a + 1) @s.@n DESC);
CREATE DOMAIN @s.@d AS integer DEFAULT 3 CONSTRAINT @q CHECK (VALUE OPERATOR(@s.<<<) 100);
CREATE TABLE @s.@u (@a @s.@d);
CREATE VIEW @s.@v AS SELECT @a OPERATOR(@s.<<<) 7 AS @a FROM @s.@t;
CREATE FUNCTION @s.@w() RETURNS boolean LANGUAGE sql BEGIN ATOMIC SELECT 1 OPERATOR(@s.<<<) 2; END;
CREATE AGGREGATE @s.@l(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = OPERATOR(@s.<<<));
CREATE POLICY @n ON @s.@t USING (@a OPERATOR(@s.<<<) 9);
COMMENT ON OPERATOR @s.<<< (integer, integer) IS 'x'; COMMENT ON OPERATOR CLASS @s.@n USING btree IS 'x';
--- rows
INSERT INTO @s.@t (@a) VALUES (5), (9); INSERT INTO @s.@u VALUES (3);
--- kept
SELECT @a, @b, @c FROM @s.@t ORDER BY 1

=== an operator is estimated otherwise under what uses it
--- before
CREATE FUNCTION @s.@h(integer, integer) RETURNS integer IMMUTABLE RETURN $1 - $2;
--- old
CREATE OPERATOR @s.<<< (FUNCTION = int4lt, LEFTARG = integer, RIGHTARG = integer);
--- new
CREATE OPERATOR @s.<<< (FUNCTION = int4lt, LEFTARG = integer, RIGHTARG = integer, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
--- after
CREATE VIEW @s.@v AS SELECT 1 OPERATOR(@s.<<<) 7 AS @a;
--- works
SELECT * FROM @s.@v;

=== an operator gets a partner, which knows it
--- before
CREATE OPERATOR @s.<<< (FUNCTION = int4lt, LEFTARG = integer, RIGHTARG = integer);
CREATE VIEW @s.@v AS SELECT 1 OPERATOR(@s.<<<) 7 AS @a;
--- new
CREATE OPERATOR @s.>>> (FUNCTION = int4gt, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = OPERATOR(@s.<<<));

=== an operator class gets another function under its indexes
--- before
CREATE FUNCTION @s.@f(integer, integer) RETURNS integer IMMUTABLE RETURN $1 - $2;
CREATE FUNCTION @s.@g(integer, integer) RETURNS integer IMMUTABLE RETURN $2 - $1;
CREATE OPERATOR FAMILY @s.@n USING btree;
--- old
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree FAMILY @s.@n AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 @s.@f(integer, integer);
--- new
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree FAMILY @s.@n AS OPERATOR 1 >, OPERATOR 3 =, FUNCTION 1 @s.@g(integer, integer);
--- after
CREATE TABLE @s.@t (@a integer, @b integer);
CREATE INDEX @x ON @s.@t (@b, @a @s.@n); CREATE UNIQUE INDEX @i ON @s.@t (@a @s.@n);
ALTER TABLE @s.@t ADD CONSTRAINT @m EXCLUDE USING btree (@a @s.@n WITH =);
--- rows
INSERT INTO @s.@t VALUES (5, 1), (9, 2);
--- kept
SELECT @a, @b FROM @s.@t ORDER BY 1

=== a default operator class goes to another type's key (may refuse)
--- before
CREATE TYPE @s.@k AS (@a integer);
CREATE FUNCTION @s.@f(@s.@k, @s.@k) RETURNS integer IMMUTABLE RETURN ($1).@a - ($2).@a;
CREATE FUNCTION @s.@g(@s.@k, @s.@k) RETURNS boolean IMMUTABLE RETURN ($1).@a = ($2).@a;
CREATE OPERATOR @s.=== (FUNCTION = @s.@g, LEFTARG = @s.@k, RIGHTARG = @s.@k);
--- old
CREATE OPERATOR CLASS @s.@n DEFAULT FOR TYPE @s.@k USING btree AS OPERATOR 3 @s.===, FUNCTION 1 @s.@f(@s.@k, @s.@k);
CREATE TABLE @s.@t (@a @s.@k, CONSTRAINT @m PRIMARY KEY (@a));
CREATE TABLE @s.@u (@a @s.@k, CONSTRAINT @q FOREIGN KEY (@a) REFERENCES @s.@t);
--- new
CREATE OPERATOR CLASS @s.@y DEFAULT FOR TYPE @s.@k USING btree AS OPERATOR 3 @s.===, FUNCTION 1 @s.@f(@s.@k, @s.@k);
CREATE TABLE @s.@t (@a @s.@k, CONSTRAINT @m PRIMARY KEY (@a));
CREATE TABLE @s.@u (@a @s.@k, CONSTRAINT @q FOREIGN KEY (@a) REFERENCES @s.@t);

=== members of a family come and go with their functions
--- before
CREATE OPERATOR FAMILY @s.@n USING btree;
--- old
CREATE FUNCTION @s.@f(integer, bigint) RETURNS integer IMMUTABLE RETURN 0;
ALTER OPERATOR FAMILY @s.@n USING btree ADD OPERATOR 1 < (integer, bigint), FUNCTION 1 (integer, bigint) @s.@f(integer, bigint);
--- new
CREATE FUNCTION @s.@g(integer, bigint) RETURNS integer IMMUTABLE RETURN 0;
ALTER OPERATOR FAMILY @s.@n USING btree ADD OPERATOR 1 < (integer, bigint), OPERATOR 3 = (integer, bigint),
    FUNCTION 1 (integer, bigint) @s.@g(integer, bigint);

=== a collation that columns are sorted by cannot be changed (refused)
--- old
CREATE COLLATION @s.@n (locale = 'C');
--- new
CREATE COLLATION @s.@n (locale = 'POSIX');
--- after
CREATE TABLE @s.@t (@a text COLLATE @s.@n);

=== a collation that a domain has cannot be changed (refused)
--- old
CREATE COLLATION @s.@n (locale = 'C');
--- new
CREATE COLLATION @s.@n (locale = 'POSIX');
--- after
CREATE DOMAIN @s.@d AS text COLLATE @s.@n;

=== a collation that partitions are told apart by cannot be changed (refused)
--- old
CREATE COLLATION @s.@n (locale = 'C');
--- new
CREATE COLLATION @s.@n (locale = 'POSIX');
--- after
CREATE TABLE @s.@t (@a text) PARTITION BY LIST (@a COLLATE @s.@n);

=== a collation that only expressions name is made anew
--- old
CREATE COLLATION @s.@n (locale = 'C');
--- new
CREATE COLLATION @s.@n (locale = 'POSIX');
--- after
CREATE TABLE @s.@t (@a text, @b boolean DEFAULT ('a' COLLATE @s.@n < 'b'), CONSTRAINT @m CHECK (@a COLLATE @s.@n < 'x'));
CREATE INDEX @x ON @s.@t (@a COLLATE @s.@n);
CREATE VIEW @s.@v AS SELECT @a COLLATE @s.@n AS @a FROM @s.@t;
CREATE DOMAIN @s.@d AS text CONSTRAINT @q CHECK (VALUE COLLATE @s.@n < 'x');
--- rows
INSERT INTO @s.@t (@a) VALUES ('b'), ('c');
--- kept
SELECT @a, @b FROM @s.@t ORDER BY 1

=== a column moves to another collation and the old one goes
--- old
CREATE COLLATION @s.@n (locale = 'C');
CREATE TABLE @s.@t (@a text COLLATE @s.@n, @b text); CREATE INDEX @x ON @s.@t (@a);
--- new
CREATE COLLATION @s.@m (locale = 'POSIX');
CREATE TABLE @s.@t (@a text COLLATE @s.@m, @b text COLLATE @s.@m); CREATE INDEX @x ON @s.@t (@a);
--- rows
INSERT INTO @s.@t VALUES ('b', 'c');
--- kept
SELECT @a, @b FROM @s.@t

=== text search changes under indexes and generated columns
--- before
CREATE TEXT SEARCH TEMPLATE @s.@m (INIT = dsimple_init, LEXIZE = dsimple_lexize);
--- old
CREATE TEXT SEARCH DICTIONARY @s.@d (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY @s.@e (TEMPLATE = simple, STOPWORDS = english, "accept" = true);
CREATE TEXT SEARCH CONFIGURATION @s.@c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION @s.@c ADD MAPPING FOR word, asciiword WITH @s.@d, @s.@e;
ALTER TEXT SEARCH CONFIGURATION @s.@c ADD MAPPING FOR email, url WITH @s.@d;
--- new
CREATE TEXT SEARCH DICTIONARY @s.@d (TEMPLATE = @s.@m, STOPWORDS = german);
CREATE TEXT SEARCH DICTIONARY @s.@e (TEMPLATE = simple, STOPWORDS = german);
CREATE TEXT SEARCH DICTIONARY @s.@g (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION @s.@c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION @s.@c ADD MAPPING FOR word WITH @s.@d;
ALTER TEXT SEARCH CONFIGURATION @s.@c ADD MAPPING FOR asciiword, host, url WITH @s.@g, @s.@e;
--- after
CREATE TABLE @s.@t (@a text, @b tsvector GENERATED ALWAYS AS (to_tsvector($q$@s.@c$q$, @a)) STORED,
    @c tsvector DEFAULT to_tsvector($q$@s.@c$q$, 'x'));
CREATE INDEX @x ON @s.@t USING gin (@b); CREATE INDEX @i ON @s.@t USING gin (to_tsvector($q$@s.@c$q$, @a));
CREATE VIEW @s.@v AS SELECT to_tsvector($q$@s.@c$q$, @a) AS @a FROM @s.@t;
--- rows
INSERT INTO @s.@t (@a) VALUES ('b');
--- kept
SELECT @a FROM @s.@t

=== a dictionary and a configuration change where they stand
--- old
CREATE TEXT SEARCH DICTIONARY @s.@d (TEMPLATE = simple, STOPWORDS = english, "accept" = true);
CREATE TEXT SEARCH CONFIGURATION @s.@c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION @s.@c ADD MAPPING FOR word, asciiword WITH @s.@d, english_stem;
--- new
CREATE TEXT SEARCH DICTIONARY @s.@d (TEMPLATE = simple, STOPWORDS = german);
CREATE TEXT SEARCH CONFIGURATION @s.@c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION @s.@c ADD MAPPING FOR word WITH english_stem;
ALTER TEXT SEARCH CONFIGURATION @s.@c ADD MAPPING FOR email WITH @s.@d;
--- after
CREATE TABLE @s.@t (@a text, @b tsvector GENERATED ALWAYS AS (to_tsvector($q$@s.@c$q$, @a)) STORED);
--- rows
INSERT INTO @s.@t (@a) VALUES ('b');
--- kept
SELECT @a, @b FROM @s.@t

=== a cast changes under what was read by it
--- before
CREATE TYPE @s.@t AS ENUM ('x', 'y');
CREATE FUNCTION @s.@f(integer) RETURNS @s.@t IMMUTABLE RETURN 'x'::@s.@t;
CREATE FUNCTION @s.@g(integer) RETURNS @s.@t IMMUTABLE RETURN 'y'::@s.@t;
--- old
CREATE CAST (integer AS @s.@t) WITH FUNCTION @s.@f(integer);
CREATE CAST (@s.@t AS integer) WITH INOUT;
--- new
CREATE CAST (integer AS @s.@t) WITH FUNCTION @s.@g(integer) AS ASSIGNMENT;
CREATE CAST (date AS @s.@t) WITH INOUT AS ASSIGNMENT;
--- after
CREATE TABLE @s.@u (@a integer, @b @s.@t DEFAULT 5::@s.@t, CONSTRAINT @m CHECK (@a::@s.@t <> 'x' OR true));
CREATE VIEW @s.@v AS SELECT @a::@s.@t AS @a FROM @s.@u;
CREATE INDEX @x ON @s.@u ((@a::@s.@t));
--- rows
INSERT INTO @s.@u (@a) VALUES (1);
--- kept
SELECT @a, @b FROM @s.@u

=== a type is made anew under an operator and a cast
--- before
CREATE FUNCTION @s.@f(integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'x' $$;
--- old
CREATE TYPE @s.@t AS ENUM ('x', 'y', 'z');
--- new
CREATE TYPE @s.@t AS ENUM ('y', 'x');
--- after
CREATE FUNCTION @s.@g(@s.@t, @s.@t) RETURNS boolean IMMUTABLE RETURN true;
CREATE FUNCTION @s.@h(@s.@t, @s.@t) RETURNS integer IMMUTABLE RETURN 0;
CREATE OPERATOR @s.=== (FUNCTION = @s.@g, LEFTARG = @s.@t, RIGHTARG = @s.@t, COMMUTATOR = OPERATOR(@s.===));
CREATE OPERATOR CLASS @s.@n FOR TYPE @s.@t USING btree AS OPERATOR 3 @s.===, FUNCTION 1 @s.@h(@s.@t, @s.@t);
CREATE CAST (integer AS @s.@t) WITH INOUT;
CREATE TABLE @s.@u (@a @s.@t, @b integer); CREATE INDEX @x ON @s.@u (@a @s.@n);
--- rows
INSERT INTO @s.@u VALUES ('x', 1);
--- kept
SELECT @a, @b FROM @s.@u

=== a function changes its result under an operator
--- old
CREATE FUNCTION @s.@f(integer, integer) RETURNS integer IMMUTABLE RETURN $1;
--- new
CREATE FUNCTION @s.@f(integer, integer) RETURNS bigint IMMUTABLE RETURN $1;
--- after
CREATE OPERATOR @s.@#@ (FUNCTION = @s.@f, LEFTARG = integer, RIGHTARG = integer);
CREATE VIEW @s.@v AS SELECT 1 OPERATOR(@s.@#@) 2 AS @a;

=== a column changes its type under a publication (watch database)
--- old
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b integer, @c text);
--- new
CREATE TABLE @s.@t (@a bigint PRIMARY KEY, @b bigint, @d text);
--- after
CREATE PUBLICATION @n FOR TABLE @s.@t WHERE (@a > 5);
CREATE PUBLICATION @m FOR TABLE @s.@t (@a, @b);
--- rows
INSERT INTO @s.@t VALUES (1, 2, 'x');
--- kept
SELECT @a, @b FROM @s.@t

=== a table and a column leave a publication (watch database)
--- old
CREATE SCHEMA @r;
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b integer, @c text); CREATE TABLE @s.@u (@a integer PRIMARY KEY);
CREATE PUBLICATION @n FOR TABLE @s.@t (@a, @b), @s.@u; CREATE PUBLICATION @m FOR TABLE @s.@u; CREATE PUBLICATION @x FOR TABLES IN SCHEMA @r;
--- new
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @c text); CREATE TABLE @s.@v (@a integer PRIMARY KEY);
CREATE PUBLICATION @n FOR TABLE @s.@t (@a), @s.@v; CREATE PUBLICATION @m; CREATE PUBLICATION @x;

=== event triggers do not fire on what comes with them (watch database)
--- old
CREATE FUNCTION @s.@f() RETURNS event_trigger LANGUAGE plpgsql AS $x$ BEGIN RAISE 'no'; END $x$;
--- new
CREATE FUNCTION @s.@f() RETURNS event_trigger LANGUAGE plpgsql AS $x$ BEGIN RAISE 'no'; END $x$;
CREATE TABLE @s.@t (@a integer PRIMARY KEY);
COMMENT ON TABLE @s.@t IS 'x';
CREATE EVENT TRIGGER @n ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'CREATE INDEX') EXECUTE FUNCTION @s.@f();
ALTER EVENT TRIGGER @n ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER @n IS 'y';

=== a server changes under its foreign tables (watch database)
--- before
CREATE FOREIGN DATA WRAPPER @n;
--- old
CREATE SERVER @n VERSION '1' FOREIGN DATA WRAPPER @n OPTIONS (host 'a', port '5');
--- new
CREATE SERVER @n FOREIGN DATA WRAPPER @n OPTIONS (host 'b', dbname 'x');
--- after
CREATE FOREIGN TABLE @s.@t (@a integer) SERVER @n;

=== a server of another type cannot take its foreign tables along (watch database, refused)
--- before
CREATE FOREIGN DATA WRAPPER @n;
--- old
CREATE SERVER @n TYPE 'a' FOREIGN DATA WRAPPER @n;
--- new
CREATE SERVER @n TYPE 'b' FOREIGN DATA WRAPPER @n;
--- after
CREATE FOREIGN TABLE @s.@t (@a integer) SERVER @n;

=== owners and privileges of what the database has (watch owner grant database)
--- before
CREATE ROLE @o;
CREATE TRUSTED LANGUAGE @n HANDLER plpgsql_call_handler; CREATE FOREIGN DATA WRAPPER @n; CREATE SERVER @n FOREIGN DATA WRAPPER @n;
CREATE COLLATION @s.@n (locale = 'C'); CREATE PUBLICATION @n;
CREATE OPERATOR @s.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree AS OPERATOR 3 @s.===;
CREATE TEXT SEARCH DICTIONARY @s.@n (TEMPLATE = simple); CREATE TEXT SEARCH CONFIGURATION @s.@n (PARSER = "default");
CREATE CONVERSION @s.@n FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
--- new
GRANT USAGE ON FOREIGN DATA WRAPPER @n TO @o; GRANT USAGE ON FOREIGN SERVER @n TO @o WITH GRANT OPTION;
REVOKE USAGE ON FOREIGN SERVER @n FROM postgres;
ALTER COLLATION @s.@n OWNER TO @o; ALTER OPERATOR @s.=== (integer, integer) OWNER TO @o;
ALTER OPERATOR CLASS @s.@n USING btree OWNER TO @o; ALTER OPERATOR FAMILY @s.@n USING btree OWNER TO @o;
ALTER TEXT SEARCH DICTIONARY @s.@n OWNER TO @o; ALTER TEXT SEARCH CONFIGURATION @s.@n OWNER TO @o;
ALTER CONVERSION @s.@n OWNER TO @o; ALTER LANGUAGE @n OWNER TO @o;

=== an index gets another name and is made anew
--- old
CREATE FUNCTION @s.@f(integer) RETURNS integer IMMUTABLE RETURN 1;
CREATE TABLE @s.@t (@a integer); CREATE INDEX @x ON @s.@t (@s.@f(@a));
--- new
CREATE FUNCTION @s.@f(integer) RETURNS bigint IMMUTABLE RETURN 1;
CREATE TABLE @s.@t (@a integer); CREATE INDEX @i ON @s.@t (@s.@f(@a));

=== an event trigger goes before what it would fire on (watch database)
--- before
CREATE FUNCTION @s.@f() RETURNS event_trigger LANGUAGE plpgsql AS $x$ BEGIN RAISE 'no'; END $x$;
CREATE TABLE @s.@t (@a integer, @b integer);
--- old
CREATE EVENT TRIGGER @n ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'CREATE INDEX') EXECUTE FUNCTION @s.@f();
--- new
CREATE INDEX @x ON @s.@t (@a);
CREATE TABLE @s.@u (@a integer PRIMARY KEY);
