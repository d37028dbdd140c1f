=== setup
CREATE TABLE @s.@t (@a int4range);

=== exclusion @s @t @n: added
ALTER TABLE @s.@t ADD CONSTRAINT @n EXCLUDE USING gist (@a WITH &&);

=== setup
CREATE TABLE @s.@t (@a int4range, @b int4range, CONSTRAINT @n EXCLUDE USING gist (@a WITH &&));

=== exclusion @s @t @n: definition
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n EXCLUDE USING gist (@a WITH =);

=== exclusion @s @t @n: definition columns
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n EXCLUDE USING gist (@a WITH &&, @b WITH &&);

=== exclusion @s @t @n: definition
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n EXCLUDE USING gist (@a WITH &&) WHERE (@a IS NOT NULL);

=== exclusion @s @t @n: definition
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n EXCLUDE USING spgist (@a WITH &&);

=== exclusion @s @t @n: definition deferrable
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n EXCLUDE USING gist (@a WITH &&) DEFERRABLE;

=== exclusion @s @t @n: definition options
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n EXCLUDE USING gist (@a WITH &&) WITH (fillfactor = 90);

=== exclusion @s @t @n: tablespace
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n EXCLUDE USING gist (@a WITH &&) USING INDEX TABLESPACE trueline_cases;

=== setup
CREATE TABLE @s.@t (@a integer NOT NULL, CONSTRAINT @n EXCLUDE USING btree (@a WITH =) DEFERRABLE);

=== exclusion @s @t @n: firing
ALTER TABLE @s.@t DISABLE TRIGGER ALL;
