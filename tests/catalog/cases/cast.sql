=== setup
CREATE TYPE @s.@t AS ENUM ('x');
CREATE FUNCTION @s.@f(integer) RETURNS @s.@t IMMUTABLE RETURN 'x'::@s.@t;

=== cast integer~AS~@s.@t: added
CREATE CAST (integer AS @s.@t) WITH FUNCTION @s.@f(integer);

=== cast boolean~AS~date: added
CREATE CAST (boolean AS date) WITH INOUT;

=== setup
CREATE TYPE @s.@t AS ENUM ('x');
CREATE FUNCTION @s.@f(integer) RETURNS @s.@t IMMUTABLE RETURN 'x'::@s.@t;
CREATE FUNCTION @s.@g(integer) RETURNS @s.@t IMMUTABLE RETURN 'x'::@s.@t;
CREATE CAST (integer AS @s.@t) WITH FUNCTION @s.@f(integer);

=== cast integer~AS~@s.@t: definition
DROP CAST (integer AS @s.@t);
CREATE CAST (integer AS @s.@t) WITH FUNCTION @s.@f(integer) AS ASSIGNMENT;

=== cast integer~AS~@s.@t: definition
DROP CAST (integer AS @s.@t);
CREATE CAST (integer AS @s.@t) WITH FUNCTION @s.@f(integer) AS IMPLICIT;

=== cast integer~AS~@s.@t: definition
DROP CAST (integer AS @s.@t);
CREATE CAST (integer AS @s.@t) WITH FUNCTION @s.@g(integer);

=== cast integer~AS~@s.@t: definition
DROP CAST (integer AS @s.@t);
CREATE CAST (integer AS @s.@t) WITH INOUT;

=== setup
CREATE CAST (date AS integer) WITH INOUT;

=== cast date~AS~integer: definition
DROP CAST (date AS integer);
CREATE CAST (date AS integer) WITHOUT FUNCTION;
