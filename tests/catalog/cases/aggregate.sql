=== setup

=== aggregate @s @f integer: added
CREATE AGGREGATE @s.@f(integer) (SFUNC = int4larger, STYPE = integer);

=== setup
CREATE AGGREGATE @s.@f(bigint) (SFUNC = int8pl, STYPE = bigint);

=== aggregate @s @f bigint: definition
CREATE OR REPLACE AGGREGATE @s.@f(bigint) (SFUNC = int8pl, STYPE = bigint, INITCOND = '0');

=== aggregate @s @f bigint: definition
CREATE OR REPLACE AGGREGATE @s.@f(bigint) (SFUNC = int8pl, STYPE = bigint, SSPACE = 9);

=== aggregate @s @f bigint: definition
CREATE OR REPLACE AGGREGATE @s.@f(bigint) (SFUNC = int8pl, STYPE = bigint, COMBINEFUNC = int8pl);

=== aggregate @s @f bigint: definition
CREATE OR REPLACE AGGREGATE @s.@f(bigint) (SFUNC = int8pl, STYPE = bigint, FINALFUNC = int8abs);

=== aggregate @s @f bigint: definition
CREATE OR REPLACE AGGREGATE @s.@f(bigint) (SFUNC = int8pl, STYPE = bigint, PARALLEL = SAFE);

=== aggregate @s @f bigint: definition
CREATE OR REPLACE AGGREGATE @s.@f(bigint) (SFUNC = int8pl, STYPE = bigint, FINALFUNC = int8abs,
    FINALFUNC_MODIFY = SHAREABLE);

=== aggregate @s @f bigint: definition
CREATE OR REPLACE AGGREGATE @s.@f(bigint) (SFUNC = int8pl, STYPE = bigint, FINALFUNC = int8abs,
    FINALFUNC_MODIFY = READ_WRITE);

=== aggregate @s @f bigint: definition
CREATE OR REPLACE AGGREGATE @s.@f(bigint) (SFUNC = int8pl, STYPE = bigint, MSFUNC = int8pl, MINVFUNC = int8mi,
    MSTYPE = bigint, MINITCOND = '1');

=== aggregate @s @f bigint: definition
CREATE OR REPLACE AGGREGATE @s.@f(bigint) (SFUNC = int8pl, STYPE = bigint, SORTOP = <);
