=== setup

=== procedure @s @f text: added
CREATE PROCEDURE @s.@f(text) LANGUAGE sql AS '';

=== setup
CREATE PROCEDURE @s.@f(text) LANGUAGE sql AS '';

=== procedure @s @f text: definition
CREATE OR REPLACE PROCEDURE @s.@f(text) LANGUAGE sql AS 'SELECT 1';
