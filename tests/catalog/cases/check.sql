=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== check @s @t @n: added
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@b <> '%');

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > 0);

=== check @s @t @n: removed
ALTER TABLE @s.@t DROP CONSTRAINT @n;

=== check @s @t @n: definition
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > 1);

=== check @s @t @n: definition columns
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > 0 AND @b <> '');

=== check @s @t @n: definition
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > 0) NO INHERIT;

=== check @s @t @n: definition valid
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > 0) NOT VALID;

=== check @s @t @n: definition valid enforced (since 18)
ALTER TABLE @s.@t DROP CONSTRAINT @n;
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > 0) NOT ENFORCED;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > 0) NOT VALID;

=== check @s @t @n: definition valid
ALTER TABLE @s.@t VALIDATE CONSTRAINT @n;

=== setup
CREATE TABLE @s.@t (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t FOR VALUES FROM (0) TO (10);

=== check @s @t @n: added
ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > 0);

=== setup
CREATE TABLE @s.@t (CONSTRAINT @n CHECK (true));
CREATE TABLE @s.@u () INHERITS (@s.@t);

=== check @s @u @n: local origin
ALTER TABLE @s.@u NO INHERIT @s.@t;
ALTER TABLE @s.@u INHERIT @s.@t;

=== check @s @t @n: removed
ALTER TABLE @s.@t DROP CONSTRAINT @n;
