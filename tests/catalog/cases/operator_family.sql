=== setup

=== operator_family @s @n btree: added
CREATE OPERATOR FAMILY @s.@n USING btree;

=== setup
CREATE OPERATOR FAMILY @s.@n USING btree;
ALTER OPERATOR FAMILY @s.@n USING btree ADD OPERATOR 3 = (integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp;

=== operator_family @s @n btree: parts
ALTER OPERATOR FAMILY @s.@n USING btree ADD OPERATOR 1 < (integer, bigint);

=== operator_family @s @n btree: parts
ALTER OPERATOR FAMILY @s.@n USING btree DROP OPERATOR 3 (integer, bigint);

=== operator_family @s @n btree: parts
ALTER OPERATOR FAMILY @s.@n USING btree DROP OPERATOR 3 (integer, bigint), FUNCTION 1 (integer, bigint);

=== operator_family @s @n hash: added
CREATE OPERATOR FAMILY @s.@n USING hash;
