=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== rule @s @t @n: added
CREATE RULE @n AS ON DELETE TO @s.@t DO INSTEAD NOTHING;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE RULE @n AS ON DELETE TO @s.@t DO INSTEAD NOTHING;

=== rule @s @t @n: definition
CREATE OR REPLACE RULE @n AS ON DELETE TO @s.@t DO ALSO NOTHING;

=== rule @s @t @n: enabled
ALTER TABLE @s.@t DISABLE RULE @n;
