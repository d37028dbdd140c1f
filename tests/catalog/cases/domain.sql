=== setup
CREATE DOMAIN @s.@k AS text;

=== domain @s @k: not_null (before 18)
ALTER DOMAIN @s.@k SET NOT NULL;

=== domain @s @k: not_null not_null_constraint (since 18)
ALTER DOMAIN @s.@k SET NOT NULL;

=== setup
CREATE DOMAIN @s.@k AS text CONSTRAINT @n NOT NULL;

=== domain @s @k: not_null_constraint (since 18)
ALTER DOMAIN @s.@k RENAME CONSTRAINT @n TO @m;

=== setup

=== domain @s @k: added
CREATE DOMAIN @s.@k AS text;

=== setup
CREATE DOMAIN @s.@k AS text CONSTRAINT @n CHECK (VALUE <> '');

=== domain @s @k: type checks
DROP DOMAIN @s.@k;
CREATE DOMAIN @s.@k AS varchar(3) CONSTRAINT @n CHECK (VALUE <> '');

=== domain @s @k: default
ALTER DOMAIN @s.@k SET DEFAULT '%s';

=== domain @s @k: collation
DROP DOMAIN @s.@k;
CREATE DOMAIN @s.@k AS text COLLATE "C" CONSTRAINT @n CHECK (VALUE <> '');

=== domain @s @k: checks
ALTER DOMAIN @s.@k ADD CONSTRAINT @m CHECK (VALUE <> 'x');

=== domain @s @k: checks
ALTER DOMAIN @s.@k RENAME CONSTRAINT @n TO @m;

=== domain @s @k: checks
ALTER DOMAIN @s.@k DROP CONSTRAINT @n;
ALTER DOMAIN @s.@k ADD CONSTRAINT @n CHECK (VALUE <> ' ');

=== domain @s @k: checks
ALTER DOMAIN @s.@k DROP CONSTRAINT @n;
ALTER DOMAIN @s.@k ADD CONSTRAINT @n CHECK (VALUE <> '') NOT VALID;
