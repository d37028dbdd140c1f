=== setup

=== function @s @f integer: added
CREATE FUNCTION @s.@f(@a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

=== setup
CREATE FUNCTION @s.@f(@a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

=== function @s @f integer: removed
DROP FUNCTION @s.@f(integer);

=== setup
CREATE FUNCTION @s.@f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

=== function @s @f integer: definition
CREATE OR REPLACE FUNCTION @s.@f(integer) RETURNS integer LANGUAGE sql AS 'SELECT  1';

=== function @s @f integer: definition
CREATE OR REPLACE FUNCTION @s.@f(@a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

=== function @s @f integer: definition
CREATE OR REPLACE FUNCTION @s.@f(integer DEFAULT 3) RETURNS integer LANGUAGE sql AS 'SELECT 1';

=== function @s @f integer: definition
CREATE OR REPLACE FUNCTION @s.@f(integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1;
END';

=== function @s @f integer: definition
CREATE OR REPLACE FUNCTION @s.@f(integer) RETURNS integer RETURN 1;

=== function @s @f integer: definition
DROP FUNCTION @s.@f;
CREATE FUNCTION @s.@f(integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1';

=== function @s @f integer: definition
ALTER FUNCTION @s.@f STRICT;

=== function @s @f integer: definition
ALTER FUNCTION @s.@f IMMUTABLE;

=== function @s @f integer: definition
ALTER FUNCTION @s.@f SECURITY DEFINER;

=== function @s @f integer: definition
ALTER FUNCTION @s.@f LEAKPROOF;

=== function @s @f integer: definition
ALTER FUNCTION @s.@f PARALLEL SAFE;

=== function @s @f integer: definition
ALTER FUNCTION @s.@f COST 7;

=== function @s @f integer: definition
ALTER FUNCTION @s.@f SET work_mem = '1MB';
