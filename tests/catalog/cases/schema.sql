=== setup

=== schema @r: added
CREATE SCHEMA @r;

=== schema @s: removed
DROP SCHEMA @s;
