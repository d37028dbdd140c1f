=== setup

=== table @s @t: added
CREATE TABLE @s.@t ();

=== setup
CREATE TABLE @s.@t ();

=== table @s @t: removed
DROP TABLE @s.@t;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== table @s @t: persistence
ALTER TABLE @s.@t SET UNLOGGED;

=== table @s @t: options
ALTER TABLE @s.@t SET (fillfactor = 70);

=== table @s @t: options
ALTER TABLE @s.@t SET (toast.autovacuum_enabled = off);

=== table @s @t: row_security
ALTER TABLE @s.@t ENABLE ROW LEVEL SECURITY;

=== table @s @t: force_row_security
ALTER TABLE @s.@t FORCE ROW LEVEL SECURITY;

=== table @s @t: replica_identity
ALTER TABLE @s.@t REPLICA IDENTITY FULL;

=== table @s @t: replica_identity
ALTER TABLE @s.@t REPLICA IDENTITY NOTHING;

=== table @s @t: tablespace
ALTER TABLE @s.@t SET TABLESPACE trueline_cases;

=== table @s @t: column_order (watch column_order)
ALTER TABLE @s.@t DROP @a;
ALTER TABLE @s.@t ADD @a integer;

=== setup
CREATE TABLE @s.@t (@a integer, @b text) PARTITION BY RANGE (@a);

=== table @s @t: partition_key
DROP TABLE @s.@t;
CREATE TABLE @s.@t (@a integer, @b text) PARTITION BY LIST (@a);

=== setup
CREATE TABLE @s.@t (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t FOR VALUES FROM (0) TO (10);

=== table @s @p: bound
ALTER TABLE @s.@t DETACH PARTITION @s.@p;
ALTER TABLE @s.@t ATTACH PARTITION @s.@p FOR VALUES FROM (5) TO (9);

=== setup
CREATE TABLE @s.@t ();
CREATE TABLE @s.@u (@a integer);

=== table @s @u: parents
ALTER TABLE @s.@u INHERIT @s.@t;

=== setup
CREATE TABLE @s.@t (@a integer NOT NULL);
CREATE UNIQUE INDEX @x ON @s.@t (@a);

=== table @s @t: replica_identity replica_index
ALTER TABLE @s.@t REPLICA IDENTITY USING INDEX @x;

=== setup
CREATE ACCESS METHOD @y TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));

=== table @s @t: access_method
ALTER TABLE @s.@t SET ACCESS METHOD @y;

=== setup
CREATE TYPE @s.@k AS (@a integer);
CREATE TABLE @s.@t (@a integer);

=== table @s @t: of_type
ALTER TABLE @s.@t OF @s.@k;

=== setup
CREATE TABLE @s.@t (@a integer, @b text, @c varchar(10));
CREATE INDEX @x ON @s.@t (@a);

=== table @s @t: clustered_on
ALTER TABLE @s.@t CLUSTER ON @x;

=== setup
CREATE FOREIGN DATA WRAPPER @y;
CREATE SERVER @x FOREIGN DATA WRAPPER @y;
CREATE SERVER @w FOREIGN DATA WRAPPER @y;
CREATE FOREIGN TABLE @s.@t (@a integer) SERVER @x;

=== table @s @t: foreign
ALTER FOREIGN TABLE @s.@t OPTIONS (ADD @n '%s');
