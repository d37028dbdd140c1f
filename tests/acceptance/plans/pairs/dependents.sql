=== a column type changes under everything that may stand on it (watch grant owner)
--- before
CREATE ROLE @o;
CREATE FUNCTION @s.@h() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
--- old
CREATE TABLE @s.@t (@a integer NOT NULL, @b text);
--- new
CREATE TABLE @s.@t (@a bigint NOT NULL, @b text);
--- after
ALTER TABLE @s.@t ADD CONSTRAINT @n PRIMARY KEY (@a), ADD CONSTRAINT @m CHECK (@a > 0);
ALTER TABLE @s.@t ADD @c text GENERATED ALWAYS AS (@b || 'x') STORED;
CREATE INDEX @x ON @s.@t (@b) WHERE @a > 5;
CREATE INDEX @i ON @s.@t ((@a + 1), @b);
CREATE STATISTICS @s.@q ON @a, @b FROM @s.@t;
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
CREATE VIEW @s.@w AS SELECT @a + 1 AS @c, @b FROM @s.@v;
CREATE VIEW @s.@g WITH (security_barrier) AS SELECT v.@a, w.@b FROM @s.@v v JOIN @s.@w w ON v.@a = w.@c;
CREATE MATERIALIZED VIEW @s.@j AS SELECT @a, count(*) AS @b FROM @s.@g GROUP BY 1;
CREATE UNIQUE INDEX @y ON @s.@j (@a);
CREATE VIEW @s.@z AS SELECT @b FROM @s.@j;
COMMENT ON VIEW @s.@w IS 'it''s %s :x';
COMMENT ON COLUMN @s.@v.@a IS 'a column';
COMMENT ON INDEX @s.@y IS 'an index';
ALTER VIEW @s.@v ALTER @b SET DEFAULT 'q';
GRANT SELECT ON @s.@v, @s.@w, @s.@j TO @o;
GRANT SELECT (@b) ON @s.@w TO @o WITH GRANT OPTION;
ALTER VIEW @s.@g OWNER TO @o;
CREATE TRIGGER @n INSTEAD OF INSERT ON @s.@v FOR EACH ROW EXECUTE FUNCTION @s.@h();
CREATE TRIGGER @m BEFORE UPDATE OF @a ON @s.@t FOR EACH ROW WHEN (NEW.@a > 3) EXECUTE FUNCTION @s.@h();
CREATE RULE @q AS ON DELETE TO @s.@v DO INSTEAD DELETE FROM @s.@t WHERE @a = OLD.@a;
CREATE RULE @m AS ON INSERT TO @s.@t WHERE NEW.@a = 7 DO INSTEAD NOTHING;
CREATE POLICY @n ON @s.@t USING (@a > 1) WITH CHECK (@a IN (SELECT @a FROM @s.@v));
CREATE FUNCTION @s.@f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT max(@a) FROM @s.@w, @s.@t; END;
COMMENT ON CONSTRAINT @m ON @s.@t IS 'check';
COMMENT ON POLICY @n ON @s.@t IS 'policy';
COMMENT ON TRIGGER @n ON @s.@v IS 'trigger';
--- rows
INSERT INTO @s.@t VALUES (5, 'five'), (9, NULL);
--- kept
SELECT @a, @b, @c FROM @s.@t ORDER BY 1

=== a column that a generated column computes from changes its type (may refuse)
--- old
CREATE TABLE @s.@t (@a integer, @b bigint GENERATED ALWAYS AS (@a * 2) STORED);
--- new
CREATE TABLE @s.@t (@a bigint, @b bigint GENERATED ALWAYS AS (@a * 2) STORED);
--- rows
INSERT INTO @s.@t VALUES (5);
--- kept
SELECT @a, @b FROM @s.@t

=== a type that only USING can change, with a default and an index
--- old
CREATE TABLE @s.@t (@a text DEFAULT '7', @b text, @c integer DEFAULT 1, @d boolean DEFAULT true);
--- new
CREATE TABLE @s.@t (@a integer DEFAULT 7, @b date, @c text DEFAULT '1', @d integer DEFAULT 1);
--- after
CREATE INDEX @x ON @s.@t (@a, @b DESC, @c, @d);
--- rows
INSERT INTO @s.@t VALUES ('5', '2020-02-03', 9, true);
--- kept
SELECT @a::text, @b::text, @c::text FROM @s.@t

=== an index expression that fits only one of two types
--- old
CREATE TABLE @s.@t (@a text);
CREATE INDEX @x ON @s.@t (lower(@a)) WHERE @a <> '';
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (length(@a) > 1);
CREATE VIEW @s.@v AS SELECT upper(@a) AS @b FROM @s.@t;
CREATE POLICY @n ON @s.@t USING (@a LIKE 'x%');
--- new
CREATE TABLE @s.@t (@a integer);
CREATE INDEX @x ON @s.@t ((@a + 1)) WHERE @a > 0;
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > 9);
CREATE VIEW @s.@v AS SELECT @a * 2 AS @b FROM @s.@t;
CREATE POLICY @n ON @s.@t USING (@a > 5);

=== a column goes that a view does without from now on
--- old
CREATE TABLE @s.@t (@a integer, @b text);
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
CREATE VIEW @s.@w AS SELECT @a FROM @s.@v;
--- new
CREATE TABLE @s.@t (@a integer);
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;
CREATE VIEW @s.@w AS SELECT @a FROM @s.@v;

=== a column goes with all that is only about it
--- old
CREATE TABLE @s.@t (@a integer, @b text, @c integer, CONSTRAINT @n CHECK (@a > 0 AND @b <> ''), CONSTRAINT @m UNIQUE (@a, @b));
CREATE INDEX @x ON @s.@t (@a, @b);
CREATE INDEX @y ON @s.@t (@a) WHERE @b = 'x';
CREATE STATISTICS @s.@q ON @b, @a FROM @s.@t;
COMMENT ON COLUMN @s.@t.@b IS 'goes too';
COMMENT ON INDEX @s.@x IS 'goes too';
--- new
CREATE TABLE @s.@t (@a integer, @c integer);

=== a column goes and everything about it moves to another
--- old
CREATE TABLE @s.@t (@a integer, @b text, CONSTRAINT @n CHECK (@b <> ''), CONSTRAINT @m UNIQUE (@b));
CREATE INDEX @x ON @s.@t (@b);
CREATE STATISTICS @s.@q ON @b, @a FROM @s.@t;
CREATE VIEW @s.@v AS SELECT @b FROM @s.@t;
CREATE POLICY @n ON @s.@t USING (@b <> '');
--- new
CREATE TABLE @s.@t (@a integer, @c text, CONSTRAINT @n CHECK (@c <> ''), CONSTRAINT @m UNIQUE (@c));
CREATE INDEX @x ON @s.@t (@c);
CREATE STATISTICS @s.@q ON @c, @a FROM @s.@t;
CREATE VIEW @s.@v AS SELECT @c FROM @s.@t;
CREATE POLICY @n ON @s.@t USING (@c <> '');

=== a view gets a column in its middle under another view (watch grant)
--- before
CREATE ROLE @o;
CREATE TABLE @s.@t (@a integer, @b text, @c date);
--- old
CREATE VIEW @s.@v AS SELECT @a, @c FROM @s.@t;
--- new
CREATE VIEW @s.@v AS SELECT @a, @b, @c FROM @s.@t;
--- after
CREATE VIEW @s.@w AS SELECT @a, @c FROM @s.@v;
CREATE MATERIALIZED VIEW @s.@j AS SELECT * FROM @s.@w;
CREATE INDEX @x ON @s.@j (@c);
GRANT SELECT ON @s.@v, @s.@w, @s.@j TO @o;
COMMENT ON VIEW @s.@v IS 'kept';

=== a view changes and gets more columns at its end
--- before
CREATE TABLE @s.@t (@a integer, @b text, @c date);
--- old
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t WHERE @a > 0;
--- new
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t WHERE @a > 1;
--- after
CREATE VIEW @s.@w AS SELECT @a FROM @s.@v;

=== a view takes another table, and the first goes
--- old
CREATE TABLE @s.@t (@a integer, @b text);
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
--- new
CREATE TABLE @s.@u (@a integer, @b text);
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@u;

=== two views change places in their chain
--- before
CREATE TABLE @s.@t (@a integer, @b text);
--- old
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
CREATE VIEW @s.@w AS SELECT @a, @b FROM @s.@v;
--- new
CREATE VIEW @s.@w AS SELECT @a, @b FROM @s.@t;
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@w;

=== a recursive view and a view with rules and column names
--- before
CREATE TABLE @s.@t (@a integer, @b integer);
--- old
CREATE RECURSIVE VIEW @s.@v (@c) AS SELECT 1 UNION ALL SELECT @c + 1 FROM @v WHERE @c < 5;
--- new
CREATE RECURSIVE VIEW @s.@v (@c) AS SELECT 1::bigint UNION ALL SELECT @c + 2 FROM @v WHERE @c < 7;
--- after
CREATE VIEW @s.@w (@x, @y) AS SELECT @c, @a FROM @s.@v, @s.@t;
CREATE RULE @n AS ON UPDATE TO @s.@w DO INSTEAD UPDATE @s.@t SET @a = NEW.@y WHERE @a = OLD.@y;

=== a materialized view with indexes grants comments and settings (watch grant owner)
--- before
CREATE ROLE @o;
CREATE TABLE @s.@t (@a integer, @b text);
--- old
CREATE MATERIALIZED VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
--- new
CREATE MATERIALIZED VIEW @s.@v AS SELECT @a, @b || 'x' AS @b FROM @s.@t;
--- after
CREATE UNIQUE INDEX @x ON @s.@v (@a);
CREATE INDEX @y ON @s.@v (lower(@b)) WITH (fillfactor = 55);
ALTER INDEX @s.@y ALTER 1 SET STATISTICS 66;
ALTER MATERIALIZED VIEW @s.@v CLUSTER ON @x;
ALTER MATERIALIZED VIEW @s.@v SET (fillfactor = 77);
ALTER MATERIALIZED VIEW @s.@v ALTER @b SET STATISTICS 44, ALTER @b SET STORAGE EXTERNAL;
CREATE STATISTICS @s.@q ON @a, @b FROM @s.@v;
CREATE VIEW @s.@w AS SELECT @a FROM @s.@v;
COMMENT ON MATERIALIZED VIEW @s.@v IS 'mv';
COMMENT ON COLUMN @s.@v.@b IS 'column';
COMMENT ON INDEX @s.@x IS 'index';
GRANT SELECT, INSERT ON @s.@v TO @o;
GRANT SELECT (@a) ON @s.@v TO PUBLIC;
ALTER MATERIALIZED VIEW @s.@v OWNER TO @o;
--- kept
SELECT 1 FROM @s.@v

=== a function's result type changes under all that call it
--- old
CREATE FUNCTION @s.@f(@a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
--- new
CREATE FUNCTION @s.@f(@a integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1';
--- after
CREATE TABLE @s.@t (@a integer DEFAULT @s.@f(3), @b bigint GENERATED ALWAYS AS (@s.@f(@a) + 1) STORED,
    CONSTRAINT @n CHECK (@s.@f(@a) > 0), CONSTRAINT @m EXCLUDE USING btree (@s.@f(@a) WITH =));
CREATE INDEX @x ON @s.@t (@s.@f(@a));
CREATE INDEX @y ON @s.@t (@a) WHERE @s.@f(@a) > 3;
CREATE VIEW @s.@v AS SELECT @s.@f(@a) AS @c FROM @s.@t;
CREATE POLICY @n ON @s.@t USING (@s.@f(@a) > 1) WITH CHECK (@s.@f(@a) > 2);
CREATE FUNCTION @s.@h() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH ROW WHEN (@s.@f(NEW.@a) > 3) EXECUTE FUNCTION @s.@h();
CREATE DOMAIN @s.@d AS integer CONSTRAINT @n CHECK (@s.@f(VALUE) > 0);
CREATE STATISTICS @s.@q ON @a, (@s.@f(@a) + 1) FROM @s.@t;
CREATE FUNCTION @s.@e() RETURNS bigint LANGUAGE sql RETURN @s.@f(1);

=== a function's argument gets another name under its callers
--- old
CREATE FUNCTION @s.@f(@a integer, @b integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
--- new
CREATE FUNCTION @s.@f(@c integer, @b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
--- after
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n CHECK (@s.@f(@a, 1) > 0));
CREATE VIEW @s.@v AS SELECT @s.@f(@a, 5) AS @b FROM @s.@t;

=== a function's body changes in place and its callers stay
--- old
CREATE FUNCTION @s.@f(@a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
--- new
CREATE FUNCTION @s.@f(@a integer) RETURNS integer LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = @s, pg_temp
    AS $x$ BEGIN RETURN '%s :x $$'; END $x$;
--- after
CREATE VIEW @s.@v AS SELECT @s.@f(1) AS @b;
COMMENT ON FUNCTION @s.@f(integer) IS 'kept';

=== functions that call one another come and go
--- old
CREATE FUNCTION @s.@e() RETURNS integer LANGUAGE sql RETURN 1;
--- new
CREATE FUNCTION @s.@f() RETURNS integer LANGUAGE sql RETURN 2;
CREATE FUNCTION @s.@e() RETURNS integer LANGUAGE sql RETURN @s.@f() + 1;
CREATE FUNCTION @s.@a() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT @s.@e(); SELECT @s.@f(); END;

=== functions of a table's rows and a table with a default from them
--- old
CREATE TABLE @s.@t (@a integer, @b text);
--- new
CREATE TABLE @s.@t (@a integer, @b text);
CREATE FUNCTION @s.@f(@s.@t) RETURNS text LANGUAGE sql IMMUTABLE RETURN ($1).@b;
CREATE FUNCTION @s.@h(integer) RETURNS SETOF @s.@t LANGUAGE sql STABLE AS $$ SELECT 1, 'x' $$;
CREATE VIEW @s.@v AS SELECT @s.@f(x.*) AS @c FROM @s.@h(1) x;
CREATE TABLE @s.@u (@a text DEFAULT @s.@f(ROW(1, 'x')::@s.@t), @b @s.@t, @c @s.@t[]);

=== a table goes with all its dependents
--- before
CREATE TABLE @s.@u (@a integer PRIMARY KEY);
--- old
CREATE TABLE @s.@t (@a serial, @b integer, CONSTRAINT @n PRIMARY KEY (@a), CONSTRAINT @m FOREIGN KEY (@b) REFERENCES @s.@u);
ALTER TABLE @s.@u ADD @b integer CONSTRAINT @x REFERENCES @s.@t;
CREATE VIEW @s.@v AS SELECT t.@a FROM @s.@t t JOIN @s.@u u ON t.@a = u.@b;
CREATE FUNCTION @s.@f(@s.@t) RETURNS integer LANGUAGE sql RETURN ($1).@a;
CREATE FUNCTION @s.@h() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM @s.@v);
CREATE POLICY @n ON @s.@u USING (EXISTS (SELECT FROM @s.@t WHERE @t.@b = @u.@a));
CREATE TABLE @s.@p (@b @s.@t, @c integer);
--- new
CREATE TABLE @s.@p (@c integer);

=== an aggregate over a function of ours and a view over the aggregate
--- before
CREATE TABLE @s.@t (@a integer);
--- old
CREATE FUNCTION @s.@f(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT RETURN $1 + $2;
CREATE AGGREGATE @s.@l(integer) (SFUNC = @s.@f, STYPE = integer);
CREATE VIEW @s.@v AS SELECT @s.@l(@a) AS @b FROM @s.@t;
--- new
CREATE FUNCTION @s.@f(bigint, integer) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN $1 + $2;
CREATE AGGREGATE @s.@l(integer) (SFUNC = @s.@f, STYPE = bigint, INITCOND = '7');
CREATE VIEW @s.@v AS SELECT @s.@l(@a) AS @b FROM @s.@t;

=== a trigger takes another function and the first goes
--- before
CREATE TABLE @s.@t (@a integer);
--- old
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@f();
ALTER TABLE @s.@t ENABLE ALWAYS TRIGGER @n;
COMMENT ON TRIGGER @n ON @s.@t IS 'kept';
--- new
CREATE FUNCTION @s.@h() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@h('%s', 'it''s');
ALTER TABLE @s.@t DISABLE TRIGGER @n;
COMMENT ON TRIGGER @n ON @s.@t IS 'kept';

=== a column is made again while a view an index and a key use it
--- before
CREATE TABLE @s.@u (@a integer PRIMARY KEY);
--- old
CREATE TABLE @s.@t (@a integer, @b integer GENERATED ALWAYS AS (@a + 1) STORED);
--- new
CREATE TABLE @s.@t (@a integer, @b integer GENERATED ALWAYS AS (@a + 2) STORED);
--- after
ALTER TABLE @s.@t ALTER @b SET NOT NULL, ADD CONSTRAINT @n CHECK (@b > 1), ADD CONSTRAINT @m UNIQUE (@b, @a),
    ADD CONSTRAINT @x FOREIGN KEY (@b) REFERENCES @s.@u;
CREATE INDEX @y ON @s.@t (@b);
CREATE VIEW @s.@v AS SELECT @b FROM @s.@t;
CREATE POLICY @n ON @s.@t USING (@b > 3);
COMMENT ON COLUMN @s.@t.@b IS 'kept';
COMMENT ON INDEX @s.@y IS 'kept';
ALTER TABLE @s.@t ALTER @b SET STATISTICS 33;

=== a generated column becomes plain and a plain one generated
--- old
CREATE TABLE @s.@t (@a integer, @b integer GENERATED ALWAYS AS (@a * 2) STORED, @c integer);
--- new
CREATE TABLE @s.@t (@a integer, @b integer, @c integer GENERATED ALWAYS AS (@a * 3) STORED);
--- after
CREATE VIEW @s.@v AS SELECT @a, @b, @c FROM @s.@t;
CREATE INDEX @x ON @s.@t (@c);
--- rows
INSERT INTO @s.@t VALUES (4, DEFAULT, 12);
--- kept
SELECT @a, @b, @c FROM @s.@t

=== a stored column becomes virtual (since 18)
--- old
CREATE TABLE @s.@t (@a integer, @b integer GENERATED ALWAYS AS (@a * 2) STORED);
--- new
CREATE TABLE @s.@t (@a integer, @b integer GENERATED ALWAYS AS (@a * 2) VIRTUAL);
--- after
CREATE VIEW @s.@v AS SELECT @b FROM @s.@t;
COMMENT ON COLUMN @s.@t.@b IS 'kept';

=== a not null column comes to a table with rows
--- old
CREATE TABLE @s.@t (@a integer);
--- new
CREATE TABLE @s.@t (@a integer, @b text NOT NULL DEFAULT 'x', @c timestamptz NOT NULL DEFAULT now());
--- rows
INSERT INTO @s.@t VALUES (1);
--- kept
SELECT @a FROM @s.@t

=== statistics and an index with an expression over a column that changes its type
--- old
CREATE TABLE @s.@t (@a integer, @b varchar(10));
--- new
CREATE TABLE @s.@t (@a numeric(10, 2), @b text);
--- after
CREATE STATISTICS @s.@q (mcv) ON (@a * 2), @b FROM @s.@t;
ALTER STATISTICS @s.@q SET STATISTICS 55;
COMMENT ON STATISTICS @s.@q IS 'kept';
CREATE INDEX @x ON @s.@t ((@a * 2), @b text_pattern_ops) WITH (fillfactor = 50);
ALTER INDEX @s.@x ALTER 1 SET STATISTICS 44;
--- rows
INSERT INTO @s.@t VALUES (3, 'x');
--- kept
SELECT @a::integer, @b::text FROM @s.@t

=== columns lie in another order under everything that names them (nothing)
--- old
CREATE TABLE @s.@t (@a integer, @b integer NOT NULL, @c text, @d int4range);
--- new
CREATE TABLE @s.@t (@d int4range, @c text, @b integer NOT NULL, @a integer);
--- after
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@b, @a), ADD CONSTRAINT @m CHECK (@b > 0 AND @a > 1 AND @c <> ''), ADD CONSTRAINT @x FOREIGN KEY (@b, @a) REFERENCES @s.@t (@b, @a),
    ADD CONSTRAINT @z EXCLUDE USING gist (@d WITH &&);
ALTER TABLE @s.@t ADD @e integer GENERATED ALWAYS AS (@b + @a) STORED;
CREATE INDEX @i ON @s.@t (@c, @a DESC) INCLUDE (@b) WHERE @a > @b;
CREATE VIEW @s.@v AS SELECT @a, @b, @c FROM @s.@t;
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER @n BEFORE UPDATE OF @b, @a ON @s.@t FOR EACH ROW WHEN (NEW.@a > NEW.@b) EXECUTE FUNCTION @s.@f();
CREATE POLICY @n ON @s.@t USING (@b > @a);
CREATE RULE @n AS ON UPDATE TO @s.@t WHERE NEW.@b > OLD.@a DO ALSO NOTHING;
GRANT SELECT (@b, @a) ON @s.@t TO PUBLIC;
COMMENT ON COLUMN @s.@t.@c IS 'c';

=== statistics name columns that lie in another order (nothing)
--- old
CREATE TABLE @s.@t (@a integer, @b integer);
--- new
CREATE TABLE @s.@t (@b integer, @a integer);
--- after
CREATE STATISTICS @s.@q ON @a, @b FROM @s.@t;

=== statistics name columns and expressions that lie in another order (nothing)
--- old
CREATE TABLE @s.@j (@a integer, @b integer, @c text, @q text);
--- new
CREATE TABLE @s.@j (@q text, @c text, @b integer, @a integer);
--- after
CREATE STATISTICS @s.@x (ndistinct, mcv) ON (lower(@q)), @a, @c, (@a + @b), @b FROM @s.@j;
CREATE STATISTICS @s.@y ON (lower(@q || ' ON a FROM b')) FROM @s.@j;

=== defaults come back as they were written
--- old
CREATE DOMAIN @s.@k AS bigint DEFAULT '7';
CREATE DOMAIN @s.@l AS bigint DEFAULT '7';
CREATE TABLE @s.@t (@a bigint DEFAULT '0', @b numeric DEFAULT '1.5', @c varchar(5) DEFAULT 'x'::text, @d bigint DEFAULT '3',
    @e jsonb DEFAULT '{}'::json, @i smallint DEFAULT '-1');
CREATE TABLE @s.@u (@a bigint DEFAULT '0'::bigint NOT NULL, @b real DEFAULT '0', @c text DEFAULT '%s'::varchar);
--- new
CREATE DOMAIN @s.@k AS bigint DEFAULT 8;
CREATE TABLE @s.@t (@a bigint DEFAULT 5, @b numeric, @c varchar(5) DEFAULT 'y', @d bigint, @e jsonb, @i integer DEFAULT -1);
