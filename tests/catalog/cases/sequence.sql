=== setup

=== sequence @s @n: added
CREATE SEQUENCE @s.@n;

=== setup
CREATE SEQUENCE @s.@n;

=== sequence @s @n: removed
DROP SEQUENCE @s.@n;

=== setup
CREATE SEQUENCE @s.@n MAXVALUE 1000;

=== sequence @s @n: type
ALTER SEQUENCE @s.@n AS integer;

=== sequence @s @n: start
ALTER SEQUENCE @s.@n START 5;

=== sequence @s @n: increment
ALTER SEQUENCE @s.@n INCREMENT 2;

=== sequence @s @n: minimum
ALTER SEQUENCE @s.@n MINVALUE 0;

=== sequence @s @n: maximum
ALTER SEQUENCE @s.@n MAXVALUE 99;

=== sequence @s @n: cache
ALTER SEQUENCE @s.@n CACHE 3;

=== sequence @s @n: cycle
ALTER SEQUENCE @s.@n CYCLE;

=== sequence @s @n: persistence
ALTER SEQUENCE @s.@n SET UNLOGGED;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE SEQUENCE @s.@n;

=== sequence @s @n: owned_by
ALTER SEQUENCE @s.@n OWNED BY @s.@t.@a;

=== setup
CREATE SEQUENCE @s.@n;
CREATE TABLE @s.@t (@a integer DEFAULT nextval($q$@s.@n$q$));

=== sequence @s @n: owned_by origin
ALTER SEQUENCE @s.@n OWNED BY @s.@t.@a;
