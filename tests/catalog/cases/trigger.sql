=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;

=== trigger @s @t @n: added
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@f();

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@f();

=== trigger @s @t @n: removed
DROP TRIGGER @n ON @s.@t;

=== trigger @s @t @n: definition
DROP TRIGGER @n ON @s.@t;
CREATE TRIGGER @n AFTER INSERT ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@f();

=== trigger @s @t @n: definition
DROP TRIGGER @n ON @s.@t;
CREATE TRIGGER @n BEFORE UPDATE ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@f();

=== trigger @s @t @n: definition
DROP TRIGGER @n ON @s.@t;
CREATE TRIGGER @n BEFORE UPDATE OF @a ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@f();

=== trigger @s @t @n: definition
DROP TRIGGER @n ON @s.@t;
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH STATEMENT EXECUTE FUNCTION @s.@f();

=== trigger @s @t @n: definition
DROP TRIGGER @n ON @s.@t;
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH ROW WHEN (NEW.@a > 0) EXECUTE FUNCTION @s.@f();

=== trigger @s @t @n: definition
DROP TRIGGER @n ON @s.@t;
CREATE CONSTRAINT TRIGGER @n AFTER INSERT ON @s.@t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION @s.@f();

=== trigger @s @t @n: definition
DROP TRIGGER @n ON @s.@t;
CREATE TRIGGER @n AFTER INSERT ON @s.@t REFERENCING NEW TABLE AS @y FOR EACH STATEMENT EXECUTE FUNCTION @s.@f();

=== trigger @s @t @n: enabled
ALTER TABLE @s.@t DISABLE TRIGGER @n;

=== trigger @s @t @n: enabled
ALTER TABLE @s.@t ENABLE ALWAYS TRIGGER @n;

=== trigger @s @t @n: enabled
ALTER TABLE @s.@t ENABLE REPLICA TRIGGER @n;

=== setup
CREATE TABLE @s.@t (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t FOR VALUES FROM (0) TO (10);
CREATE FUNCTION @s.@f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;

=== trigger @s @t @n: added
CREATE TRIGGER @n BEFORE INSERT ON @s.@t FOR EACH ROW EXECUTE FUNCTION @s.@f();
