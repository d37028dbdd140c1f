=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== policy @s @t @n: added
CREATE POLICY @n ON @s.@t;

=== setup
CREATE ROLE @o;
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE POLICY @n ON @s.@t USING (@a > 0);

=== policy @s @t @n: command
DROP POLICY @n ON @s.@t;
CREATE POLICY @n ON @s.@t FOR UPDATE USING (@a > 0);

=== policy @s @t @n: permissive
DROP POLICY @n ON @s.@t;
CREATE POLICY @n ON @s.@t AS RESTRICTIVE USING (@a > 0);

=== policy @s @t @n: roles
ALTER POLICY @n ON @s.@t TO @o;

=== policy @s @t @n: using
ALTER POLICY @n ON @s.@t USING (@a > 1);

=== policy @s @t @n: check
ALTER POLICY @n ON @s.@t WITH CHECK (@a > 1);
