=== setup

=== view @s @v: added
CREATE VIEW @s.@v AS SELECT 1 AS @a;

=== setup
CREATE VIEW @s.@v AS SELECT 1 AS @a;

=== view @s @v: removed
DROP VIEW @s.@v;

=== view @s @v: definition
CREATE OR REPLACE VIEW @s.@v AS SELECT 2 AS @a;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE VIEW @s.@v AS SELECT @a FROM @s.@t;

=== view @s @v: options
ALTER VIEW @s.@v SET (security_barrier = true);

=== view @s @v: options
ALTER VIEW @s.@v SET (security_invoker = true);

=== view @s @v: options
ALTER VIEW @s.@v SET (check_option = local);

=== view @s @v: defaults
ALTER VIEW @s.@v ALTER @a SET DEFAULT 5;
