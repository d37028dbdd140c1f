=== setup

=== range @s @k: added
CREATE TYPE @s.@k AS RANGE (subtype = float8);

=== setup
CREATE TYPE @s.@k AS RANGE (subtype = text);

=== range @s @k: subtype
DROP TYPE @s.@k;
CREATE TYPE @s.@k AS RANGE (subtype = varchar);

=== range @s @k: operator_class
DROP TYPE @s.@k;
CREATE TYPE @s.@k AS RANGE (subtype = text, subtype_opclass = text_pattern_ops);

=== range @s @k: collation
DROP TYPE @s.@k;
CREATE TYPE @s.@k AS RANGE (subtype = text, collation = "C");

=== range @s @k: multirange
DROP TYPE @s.@k;
CREATE TYPE @s.@k AS RANGE (subtype = text, multirange_type_name = @s.@l);

=== setup
CREATE TYPE @s.@k AS RANGE (subtype = float8);

=== range @s @k: difference
DROP TYPE @s.@k;
CREATE TYPE @s.@k AS RANGE (subtype = float8, subtype_diff = float8mi);

=== setup
CREATE TYPE @s.@k AS RANGE (subtype = int4);

=== range @s @k: canonical
UPDATE pg_range SET rngcanonical = 'int4range_canonical'::regproc WHERE rngtypid =
    (SELECT max(rngtypid) FROM pg_range);
