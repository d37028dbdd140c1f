=== comments on what comes with a parent
--- before
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE @s.@z (@a integer PRIMARY KEY);
--- old
CREATE TABLE @s.@u (@c integer);
--- new
CREATE TABLE @s.@p (@a integer, @b integer, CONSTRAINT @n CHECK (@a > 1), CONSTRAINT @m PRIMARY KEY (@a), CONSTRAINT @x FOREIGN KEY (@b) REFERENCES @s.@z) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
CREATE TRIGGER @n AFTER INSERT ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
COMMENT ON TRIGGER @n ON @s.@t IS 'trigger';
COMMENT ON CONSTRAINT @n ON @s.@t IS 'check';
COMMENT ON CONSTRAINT @x ON @s.@t IS 'fk';
COMMENT ON COLUMN @s.@t.@a IS 'column';
CREATE TABLE @s.@u (@c integer, @a serial);
COMMENT ON SEQUENCE @s."order_id_seq" IS 'serial';
CREATE TABLE @s.@v (@a serial);
COMMENT ON SEQUENCE @s."View (1)_id_seq" IS 'serial';

=== comments on what comes to partitions with their parent's
--- before
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE @s.@z (@a integer PRIMARY KEY);
CREATE TABLE @s.@p (@a integer, @b integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
--- old
--- new
ALTER TABLE @s.@p ADD CONSTRAINT @n CHECK (@a > 1), ADD CONSTRAINT @m PRIMARY KEY (@a), ADD CONSTRAINT @x FOREIGN KEY (@b) REFERENCES @s.@z, ADD @c text;
CREATE TRIGGER @n AFTER INSERT ON @s.@p FOR EACH ROW EXECUTE FUNCTION @s.@f();
COMMENT ON TRIGGER @n ON @s.@t IS 'trigger';
COMMENT ON CONSTRAINT @n ON @s.@t IS 'check';
COMMENT ON CONSTRAINT @x ON @s.@t IS 'fk';
COMMENT ON COLUMN @s.@t.@c IS 'column';

=== privileges on what comes with a parent or a column (watch grant)
--- old
CREATE TABLE @s.@u (@c integer);
--- new
CREATE TABLE @s.@p (@a integer, @b integer) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
GRANT SELECT (@a) ON @s.@t TO PUBLIC;
CREATE TABLE @s.@u (@c integer, @a serial);
GRANT USAGE ON SEQUENCE @s."order_id_seq" TO public;

=== comments on NOT NULLs that exchange their names (since 18)
--- old
CREATE TABLE @s.@t (@a integer CONSTRAINT @n NOT NULL, @b integer CONSTRAINT @m NOT NULL, @c integer CONSTRAINT @x NOT NULL, @d integer CONSTRAINT @y NOT NULL);
COMMENT ON CONSTRAINT @n ON @s.@t IS 'a';
COMMENT ON CONSTRAINT @m ON @s.@t IS 'b';
COMMENT ON CONSTRAINT @x ON @s.@t IS 'c';
--- new
CREATE TABLE @s.@t (@a integer CONSTRAINT @m NOT NULL, @b integer CONSTRAINT @n NOT NULL, @c integer, @d integer CONSTRAINT @x NOT NULL);
COMMENT ON CONSTRAINT @m ON @s.@t IS 'b';
COMMENT ON CONSTRAINT @n ON @s.@t IS 'other';
COMMENT ON CONSTRAINT @x ON @s.@t IS 'c';

=== comments on NOT NULLs that are made anew (since 18)
--- old
CREATE TABLE @s.@t (@a integer CONSTRAINT @n NOT NULL, @b integer GENERATED ALWAYS AS (@a + 1) STORED CONSTRAINT @m NOT NULL);
COMMENT ON CONSTRAINT @n ON @s.@t IS 'a';
COMMENT ON CONSTRAINT @m ON @s.@t IS 'b';
--- new
CREATE TABLE @s.@t (@a integer, @b integer GENERATED ALWAYS AS (@a + 2) VIRTUAL CONSTRAINT @m NOT NULL);
ALTER TABLE @s.@t ADD CONSTRAINT @n NOT NULL @a NOT VALID;
COMMENT ON CONSTRAINT @n ON @s.@t IS 'a';
COMMENT ON CONSTRAINT @m ON @s.@t IS 'b';

=== comments on NOT NULLs of a partition and its parent (since 18)
--- old
CREATE TABLE @s.@p (@a integer CONSTRAINT @n NOT NULL, @b integer CONSTRAINT @m NOT NULL) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
COMMENT ON CONSTRAINT @n ON @s.@p IS 'a';
COMMENT ON CONSTRAINT @m ON @s.@p IS 'b';
COMMENT ON CONSTRAINT @n ON @s.@t IS 'ta';
COMMENT ON CONSTRAINT @m ON @s.@t IS 'tb';
--- new
CREATE TABLE @s.@p (@a integer CONSTRAINT @m NOT NULL, @b integer CONSTRAINT @n NOT NULL) PARTITION BY RANGE (@a);
CREATE TABLE @s.@t PARTITION OF @s.@p DEFAULT;
COMMENT ON CONSTRAINT @m ON @s.@p IS 'a';
COMMENT ON CONSTRAINT @m ON @s.@t IS 'tb';

=== a NOT NULL has the name and comment of one that goes (since 18)
--- old
CREATE TABLE @s.@t (@a integer CONSTRAINT @n NOT NULL, @b integer);
COMMENT ON CONSTRAINT @n ON @s.@t IS 'a';
--- new
CREATE TABLE @s.@t (@b integer CONSTRAINT @n NOT NULL);
COMMENT ON CONSTRAINT @n ON @s.@t IS 'a';

=== comments on checks of a domain
--- old
CREATE DOMAIN @s.@d AS integer CONSTRAINT @n CHECK (VALUE > 1) CONSTRAINT @m CHECK (VALUE > 2) CONSTRAINT @x CHECK (VALUE > 3);
COMMENT ON CONSTRAINT @n ON DOMAIN @s.@d IS 'n';
COMMENT ON CONSTRAINT @m ON DOMAIN @s.@d IS 'm';
COMMENT ON CONSTRAINT @x ON DOMAIN @s.@d IS 'x';
CREATE TABLE @s.@t (@a @s.@d);
--- new
CREATE DOMAIN @s.@d AS integer CONSTRAINT @y CHECK (VALUE > 1) CONSTRAINT @m CHECK (VALUE > 4);
ALTER DOMAIN @s.@d ADD CONSTRAINT @x CHECK (VALUE > 3) NOT VALID;
COMMENT ON CONSTRAINT @y ON DOMAIN @s.@d IS 'n';
COMMENT ON CONSTRAINT @m ON DOMAIN @s.@d IS 'm';
COMMENT ON CONSTRAINT @x ON DOMAIN @s.@d IS 'x';
CREATE TABLE @s.@t (@a @s.@d);

=== comments on checks of a domain that exchange their names
--- old
CREATE DOMAIN @s.@d AS integer CONSTRAINT @n CHECK (VALUE > 1) CONSTRAINT @m CHECK (VALUE > 2);
COMMENT ON CONSTRAINT @n ON DOMAIN @s.@d IS 'n';
COMMENT ON CONSTRAINT @m ON DOMAIN @s.@d IS 'm';
--- new
CREATE DOMAIN @s.@d AS integer CONSTRAINT @m CHECK (VALUE > 1) CONSTRAINT @n CHECK (VALUE > 2);
COMMENT ON CONSTRAINT @n ON DOMAIN @s.@d IS 'n';
COMMENT ON CONSTRAINT @m ON DOMAIN @s.@d IS 'm';

=== a comment on the NOT NULL of a domain (since 18)
--- old
CREATE DOMAIN @s.@d AS integer CONSTRAINT @n NOT NULL;
COMMENT ON CONSTRAINT @n ON DOMAIN @s.@d IS 'n';
--- new
CREATE DOMAIN @s.@d AS integer CONSTRAINT @m NOT NULL CONSTRAINT @n CHECK (VALUE > 3);
COMMENT ON CONSTRAINT @n ON DOMAIN @s.@d IS 'n';

=== comments on checks of a domain that is made anew
--- old
CREATE DOMAIN @s.@d AS integer CONSTRAINT @n CHECK (VALUE > 1);
COMMENT ON CONSTRAINT @n ON DOMAIN @s.@d IS 'n';
CREATE TABLE @s.@t (@a @s.@d);
--- new
CREATE DOMAIN @s.@d AS bigint CONSTRAINT @n CHECK (VALUE > 1);
COMMENT ON CONSTRAINT @n ON DOMAIN @s.@d IS 'n';
CREATE TABLE @s.@t (@a @s.@d);

=== a comment on a check whose name another has had
--- old
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @n CHECK (@a > 1), CONSTRAINT @m CHECK (@b > 1));
COMMENT ON CONSTRAINT @n ON @s.@t IS 'n';
COMMENT ON CONSTRAINT @m ON @s.@t IS 'm';
--- new
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @m CHECK (@a > 1), CONSTRAINT @x CHECK (@b > 1));
COMMENT ON CONSTRAINT @m ON @s.@t IS 'n';
