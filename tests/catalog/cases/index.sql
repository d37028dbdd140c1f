=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== index @s @x: added
CREATE INDEX @x ON @s.@t (@a);

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE INDEX @x ON @s.@t (@a);

=== index @s @x: removed
DROP INDEX @s.@x;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE INDEX @x ON @s.@t (@b);

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE UNIQUE INDEX @x ON @s.@t (@b);

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@t (@c);

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@t (@b, @c);

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@t (@b DESC);

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@t (@b NULLS FIRST);

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@t (@b COLLATE "C");

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@t (@b text_pattern_ops);

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@t (@b) INCLUDE (@a);

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@t USING hash (@b);

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@t (@b) WHERE @a > 0;

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@t (lower(@b));

=== index @s @x: definition options
ALTER INDEX @s.@x SET (fillfactor = 50);

=== index @s @x: valid
UPDATE pg_index SET indisvalid = false WHERE indrelid = (SELECT max(oid) FROM pg_class WHERE relkind = 'r');

=== index @s @x: tablespace
ALTER INDEX @s.@x SET TABLESPACE trueline_cases;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE UNIQUE INDEX @x ON @s.@t (@b);

=== index @s @x: definition
DROP INDEX @s.@x;
CREATE UNIQUE INDEX @x ON @s.@t (@b) NULLS NOT DISTINCT;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE INDEX @x ON @s.@t (@b, lower(@b));

=== index @s @x: statistics
ALTER INDEX @s.@x ALTER 2 SET STATISTICS 99;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE TABLE @s.@u (@a integer);
CREATE INDEX @x ON @s.@t (@a);

=== index @s @x: table definition
DROP INDEX @s.@x;
CREATE INDEX @x ON @s.@u (@a);

=== setup
CREATE TABLE @s.@t (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t FOR VALUES FROM (0) TO (10);

=== index @s @x: added
CREATE INDEX @x ON @s.@t (@a);

=== setup
CREATE TABLE @s.@t (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@u PARTITION OF @s.@t FOR VALUES FROM (10) TO (20);
CREATE INDEX @x ON ONLY @s.@t (@a);
CREATE INDEX @y ON @s.@p (@a);

=== index @s @y: origin
ALTER INDEX @s.@x ATTACH PARTITION @s.@y;
