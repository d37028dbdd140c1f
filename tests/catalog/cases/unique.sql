=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== unique @s @t @n: added
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@a);

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@a);

=== unique @s @t @n: removed
ALTER TABLE @s.@t DROP CONSTRAINT @n;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@a, @b);

=== unique @s @t @n: definition columns
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@b, @a);

=== unique @s @t @n: definition
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@a, @b) INCLUDE (@c);

=== unique @s @t @n: definition
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE NULLS NOT DISTINCT (@a, @b);

=== unique @s @t @n: definition deferrable
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@a, @b) DEFERRABLE;

=== unique @s @t @n: definition deferrable
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@a, @b) DEFERRABLE INITIALLY DEFERRED;

=== unique @s @t @n: options
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@a, @b) WITH (fillfactor = 10);

=== unique @s @t @n: tablespace
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@a, @b) USING INDEX TABLESPACE trueline_cases;

=== setup
CREATE TABLE @s.@t (@a integer NOT NULL, CONSTRAINT @n UNIQUE (@a) DEFERRABLE);

=== unique @s @t @n: firing
ALTER TABLE @s.@t DISABLE TRIGGER ALL;
