=== setup
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b text);

=== publication @n: added (watch database)
CREATE PUBLICATION @n FOR TABLE @s.@t WHERE (@a > 5);

=== publication @n: added (watch database)
CREATE PUBLICATION @n;

=== setup
CREATE SCHEMA @r;
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b text);
CREATE TABLE @r.@u (@a integer PRIMARY KEY, @b text);
CREATE PUBLICATION @n FOR TABLE @s.@t;

=== publication @n: parts (watch database)
ALTER PUBLICATION @n ADD TABLE @r.@u;

=== publication @n: parts (watch database)
ALTER PUBLICATION @n SET TABLE @r.@u, TABLES IN SCHEMA @s;

=== publication @n: parts (watch database)
ALTER PUBLICATION @n SET TABLE @s.@t (@a, @b);

=== publication @n: parts (watch database)
ALTER PUBLICATION @n SET TABLE @s.@t WHERE (@b = ANY ('{x,y}'));

=== publication @n: parts (watch database)
ALTER PUBLICATION @n DROP TABLE @s.@t;

=== publication @n: parts (watch database)
ALTER PUBLICATION @n SET (publish = 'insert, truncate');

=== publication @n: parts (watch database)
ALTER PUBLICATION @n SET (publish = '');

=== publication @n: parts (watch database)
ALTER PUBLICATION @n SET (publish_via_partition_root = true);

=== publication @n: parts (since 18, watch database)
ALTER PUBLICATION @n SET (publish_generated_columns = stored);

=== setup
CREATE PUBLICATION @n;

=== publication @n: definition (watch database)
DROP PUBLICATION @n;
CREATE PUBLICATION @n FOR ALL TABLES;
