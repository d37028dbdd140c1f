=== setup

=== composite @s @k: added
CREATE TYPE @s.@k AS (@a integer);

=== setup
CREATE TYPE @s.@k AS (@a integer, @b text);

=== composite @s @k: attributes
ALTER TYPE @s.@k ADD ATTRIBUTE @c text;

=== composite @s @k: attributes
ALTER TYPE @s.@k DROP ATTRIBUTE @a;

=== composite @s @k: attributes
ALTER TYPE @s.@k ALTER ATTRIBUTE @a TYPE bigint;

=== composite @s @k: attributes
ALTER TYPE @s.@k RENAME ATTRIBUTE @a TO @c;

=== composite @s @k: attributes
ALTER TYPE @s.@k ALTER ATTRIBUTE @b TYPE text COLLATE "C";
