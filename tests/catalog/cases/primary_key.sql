=== setup
CREATE TABLE @s.@t (@a integer NOT NULL);

=== primary_key @s @t @n: added
ALTER TABLE @s.@t ADD CONSTRAINT @n PRIMARY KEY (@a);

=== setup
CREATE TABLE @s.@t (@a integer NOT NULL, @b integer NOT NULL, CONSTRAINT @n PRIMARY KEY (@a, @b));

=== primary_key @s @t @n: definition columns
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n PRIMARY KEY (@b, @a);

=== setup
CREATE TABLE @s.@t (@a integer NOT NULL, CONSTRAINT @n PRIMARY KEY (@a));

=== primary_key @s @t @n: definition deferrable
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n PRIMARY KEY (@a) DEFERRABLE;

=== setup
CREATE TABLE @s.@t (@a integer, CONSTRAINT @n PRIMARY KEY (@a));

=== primary_key @s @t @n: options
ALTER INDEX @s.@n SET (fillfactor = 33);

=== primary_key @s @t @n: tablespace
ALTER INDEX @s.@n SET TABLESPACE trueline_cases;

=== setup
CREATE TABLE @s.@t (@a integer NOT NULL) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t DEFAULT;

=== primary_key @s @t @n: added
ALTER TABLE @s.@t ADD CONSTRAINT @n PRIMARY KEY (@a);

=== setup
CREATE TABLE @s.@t (@a integer NOT NULL, CONSTRAINT @n PRIMARY KEY (@a) DEFERRABLE);

=== primary_key @s @t @n: firing
ALTER TABLE @s.@t DISABLE TRIGGER ALL;
