=== setup
CREATE OPERATOR FAMILY @s.@m USING btree;
CREATE OPERATOR FAMILY @s.@m USING hash;

=== operator_class @s @n btree: added
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree FAMILY @s.@m AS OPERATOR 3 =, FUNCTION 1 btint4cmp(integer, integer);

=== operator_class @s @n hash: added
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING hash FAMILY @s.@m AS STORAGE integer;

=== setup
CREATE FUNCTION @s.@f(integer, integer) RETURNS integer IMMUTABLE RETURN 0;
CREATE OPERATOR FAMILY @s.@m USING btree;
CREATE OPERATOR FAMILY @s.@x USING btree;
CREATE OPERATOR FAMILY @s.@g USING gist;
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree FAMILY @s.@m AS OPERATOR 3 =, FUNCTION 1 btint4cmp(integer, integer);
CREATE OPERATOR CLASS @s.@g FOR TYPE point USING gist FAMILY @s.@g AS
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), STORAGE box;

=== operator_class @s @n btree: parts
DROP OPERATOR CLASS @s.@n USING btree;
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree FAMILY @s.@m AS OPERATOR 1 <, OPERATOR 3 =,
    FUNCTION 1 btint4cmp(integer, integer);

=== operator_class @s @n btree: parts
DROP OPERATOR CLASS @s.@n USING btree;
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree FAMILY @s.@m AS OPERATOR 3 =, FUNCTION 1 @s.@f(integer, integer);

=== operator_class @s @n btree: definition
DROP OPERATOR CLASS @s.@n USING btree;
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree FAMILY @s.@x AS OPERATOR 3 =, FUNCTION 1 btint4cmp(integer, integer);

=== operator_class @s @g gist: parts
DROP OPERATOR CLASS @s.@g USING gist;
CREATE OPERATOR CLASS @s.@g FOR TYPE point USING gist FAMILY @s.@g AS
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), STORAGE polygon;

=== operator_family @s @g gist: parts
ALTER OPERATOR FAMILY @s.@g USING gist ADD OPERATOR 15 <-> (point, point) FOR ORDER BY float_ops;

=== setup
CREATE TYPE @s.@k AS (@a integer);
CREATE OPERATOR FAMILY @s.@m USING hash;
CREATE OPERATOR CLASS @s.@n FOR TYPE @s.@k USING hash FAMILY @s.@m AS STORAGE @s.@k;

=== operator_class @s @n hash: definition
DROP OPERATOR CLASS @s.@n USING hash;
CREATE OPERATOR CLASS @s.@n DEFAULT FOR TYPE @s.@k USING hash FAMILY @s.@m AS STORAGE @s.@k;
