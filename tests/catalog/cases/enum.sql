=== setup

=== enum @s @k: added
CREATE TYPE @s.@k AS ENUM ('one', 'it''s %s');

=== setup
CREATE TYPE @s.@k AS ENUM ('one', 'it''s %s');

=== enum @s @k: removed
DROP TYPE @s.@k;

=== enum @s @k: labels
ALTER TYPE @s.@k ADD VALUE 'zero' BEFORE 'one';

=== enum @s @k: labels
ALTER TYPE @s.@k RENAME VALUE 'one' TO 'ONE';

=== setup
CREATE TYPE @s.@k AS ENUM ('a', 'b');

=== enum @s @k: labels
DROP TYPE @s.@k;
CREATE TYPE @s.@k AS ENUM ('b', 'a');
