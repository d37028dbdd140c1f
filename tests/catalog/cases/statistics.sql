=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== statistics @s @n: added
CREATE STATISTICS @s.@n ON @a, @b FROM @s.@t;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE STATISTICS @s.@n ON @a, @b FROM @s.@t;

=== statistics @s @n: removed
DROP STATISTICS @s.@n;

=== statistics @s @n: definition
DROP STATISTICS @s.@n;
CREATE STATISTICS @s.@n (mcv) ON @a, @b FROM @s.@t;

=== statistics @s @n: target
ALTER STATISTICS @s.@n SET STATISTICS 77;
