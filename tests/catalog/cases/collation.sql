=== setup

=== collation @s @n: added
CREATE COLLATION @s.@n FROM "C";

=== setup
CREATE COLLATION @s.@n (locale = 'C');

=== collation @s @n: parts
DROP COLLATION @s.@n;
CREATE COLLATION @s.@n (lc_collate = 'C', lc_ctype = 'POSIX');

=== collation @s @n: parts
DROP COLLATION @s.@n;
CREATE COLLATION @s.@n (locale = 'POSIX');

=== collation @s @n: parts
DROP COLLATION @s.@n;
CREATE COLLATION @s.@n (provider = icu, locale = 'und');

=== collation @s @n: parts (since 17)
DROP COLLATION @s.@n;
CREATE COLLATION @s.@n (provider = builtin, locale = 'C.UTF-8');

=== collation @s @n: removed
DROP COLLATION @s.@n;

=== collation @s @n: parts
DROP COLLATION @s.@n;
CREATE COLLATION @s.@n (provider = icu, locale = 'de-u-co-phonebk');

=== collation @s @n: parts
DROP COLLATION @s.@n;
CREATE COLLATION @s.@n (provider = icu, locale = 'und', deterministic = false);

=== collation @s @n: parts (since 16)
DROP COLLATION @s.@n;
CREATE COLLATION @s.@n (provider = icu, locale = 'und', rules = '&a < ''x'' < g');
