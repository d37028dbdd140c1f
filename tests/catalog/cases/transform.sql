=== setup
CREATE LANGUAGE @n HANDLER plpgsql_call_handler;
CREATE TYPE @s.@t AS ENUM ('x');

=== transform @s.@t~LANGUAGE~@n: added (watch database)
CREATE TRANSFORM FOR @s.@t LANGUAGE @n (FROM SQL WITH FUNCTION varchar_support(internal));

=== setup
CREATE LANGUAGE @n HANDLER plpgsql_call_handler;
CREATE TYPE @s.@t AS ENUM ('x');
CREATE FUNCTION @s.@f(internal) RETURNS @s.@t LANGUAGE internal IMMUTABLE AS 'varchar_support';
CREATE TRANSFORM FOR @s.@t LANGUAGE @n (FROM SQL WITH FUNCTION varchar_support(internal));

=== transform @s.@t~LANGUAGE~@n: definition (watch database)
CREATE OR REPLACE TRANSFORM FOR @s.@t LANGUAGE @n (FROM SQL WITH FUNCTION numeric_support(internal));

=== transform @s.@t~LANGUAGE~@n: definition (watch database)
CREATE OR REPLACE TRANSFORM FOR @s.@t LANGUAGE @n (FROM SQL WITH FUNCTION varchar_support(internal),
    TO SQL WITH FUNCTION @s.@f(internal));
