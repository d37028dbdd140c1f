=== setup

=== operator @s === integer,~integer: added
CREATE OPERATOR @s.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer);

=== operator @s @#@ NONE,~integer: added
CREATE OPERATOR @s.@#@ (FUNCTION = int4abs, RIGHTARG = integer);

=== setup
CREATE FUNCTION @s.@f(integer, integer) RETURNS boolean IMMUTABLE RETURN $1 = $2;
CREATE OPERATOR @s.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR @s.!== (FUNCTION = int4ne, LEFTARG = integer, RIGHTARG = integer);

=== operator @s === integer,~integer: parts
DROP OPERATOR @s.=== (integer, integer);
CREATE OPERATOR @s.=== (FUNCTION = @s.@f, LEFTARG = integer, RIGHTARG = integer);

=== operator @s === integer,~integer: parts
ALTER OPERATOR @s.=== (integer, integer) SET (RESTRICT = eqsel);

=== operator @s === integer,~integer: parts
ALTER OPERATOR @s.=== (integer, integer) SET (RESTRICT = neqsel, JOIN = eqjoinsel);

=== operator @s === integer,~integer: parts
DROP OPERATOR @s.=== (integer, integer);
CREATE OPERATOR @s.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = OPERATOR(@s.===));

=== operator @s === integer,~integer: parts
DROP OPERATOR @s.=== (integer, integer);
CREATE OPERATOR @s.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer, HASHES);

=== operator @s === integer,~integer: parts
DROP OPERATOR @s.=== (integer, integer);
CREATE OPERATOR @s.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer, MERGES);
