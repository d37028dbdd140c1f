=== setup

=== materialized_view @s @v: added
CREATE MATERIALIZED VIEW @s.@v AS SELECT 1 AS @a;

=== setup
CREATE MATERIALIZED VIEW @s.@v AS SELECT 1 AS @a;

=== materialized_view @s @v: removed
DROP MATERIALIZED VIEW @s.@v;

=== setup
CREATE ACCESS METHOD @y TYPE TABLE HANDLER heap_tableam_handler;
CREATE MATERIALIZED VIEW @s.@v AS SELECT 'a'::text AS @b;
CREATE INDEX @x ON @s.@v (@b);

=== materialized_view @s @v: definition
DROP MATERIALIZED VIEW @s.@v;
CREATE MATERIALIZED VIEW @s.@v AS SELECT 'b'::text AS @b;
CREATE INDEX @x ON @s.@v (@b);

=== materialized_view @s @v: options
ALTER MATERIALIZED VIEW @s.@v SET (fillfactor = 44);

=== materialized_view @s @v: access_method
ALTER MATERIALIZED VIEW @s.@v SET ACCESS METHOD @y;

=== materialized_view @s @v: tablespace
ALTER MATERIALIZED VIEW @s.@v SET TABLESPACE trueline_cases;

=== materialized_view @s @v: clustered_on
ALTER MATERIALIZED VIEW @s.@v CLUSTER ON @x;

=== materialized_view @s @v: settings
ALTER MATERIALIZED VIEW @s.@v ALTER @b SET STATISTICS 44;

=== materialized_view @s @v: settings
ALTER MATERIALIZED VIEW @s.@v ALTER @b SET STORAGE EXTERNAL;

=== materialized_view @s @v: settings
ALTER MATERIALIZED VIEW @s.@v ALTER @b SET COMPRESSION pglz;

=== materialized_view @s @v: settings
ALTER MATERIALIZED VIEW @s.@v ALTER @b SET (n_distinct = 3);
