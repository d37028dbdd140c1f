=== a function loses an argument that nobody gave
--- before
CREATE TABLE @s.@t (@a integer);
--- old
CREATE FUNCTION @s.@f(integer, text DEFAULT '') RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1;
--- new
CREATE FUNCTION @s.@f(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1 + 1;
--- after
ALTER TABLE @s.@t ADD @b integer DEFAULT @s.@f(1);
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@s.@f(@a) > 0);
CREATE INDEX @x ON @s.@t (@s.@f(@a));
CREATE VIEW @s.@v AS SELECT @s.@f(@a) AS @a FROM @s.@t;
CREATE DOMAIN @s.@d AS integer DEFAULT @s.@f(1) CHECK (@s.@f(VALUE) > 0);
CREATE FUNCTION @s.@g() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT @s.@f(1); END;
CREATE POLICY @p ON @s.@t USING (@s.@f(@a) > 0);

=== a function with one argument less takes over for a new table
--- old
CREATE FUNCTION @s.@f(integer, text DEFAULT '') RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1;
--- new
CREATE FUNCTION @s.@f(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1 + 1;
CREATE TABLE @s.@t (@a integer DEFAULT @s.@f(1));
