=== a check goes on while a child changes its parent
--- old
CREATE TABLE @s.@q (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@p (@a integer);
CREATE TABLE @s.@u () INHERITS (@s.@q);
--- new
CREATE TABLE @s.@q (@a integer);
CREATE TABLE @s.@p (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@u () INHERITS (@s.@p);

=== a child goes to a parent with the same check
--- old
CREATE TABLE @s.@q (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@p (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@u () INHERITS (@s.@q);
--- new
CREATE TABLE @s.@q (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@p (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@u () INHERITS (@s.@p);

=== a child goes to a parent with another check of the same name
--- old
CREATE TABLE @s.@q (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@p (@a integer);
CREATE TABLE @s.@u () INHERITS (@s.@q);
--- new
CREATE TABLE @s.@q (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@p (@a integer, CONSTRAINT @c CHECK (@a > 1));
CREATE TABLE @s.@u () INHERITS (@s.@p);

=== a child changes its parent while the checks of both become others
--- old
CREATE TABLE @s.@q (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@p (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@u () INHERITS (@s.@q);
--- new
CREATE TABLE @s.@q (@a integer, CONSTRAINT @c CHECK (@a > 1));
CREATE TABLE @s.@p (@a integer, CONSTRAINT @c CHECK (@a > 1));
CREATE TABLE @s.@u () INHERITS (@s.@p);

=== a check of a child comes to be that of a new parent
--- old
CREATE TABLE @s.@q (@a integer);
CREATE TABLE @s.@p (@a integer);
CREATE TABLE @s.@u (CONSTRAINT @c CHECK (@a > 0)) INHERITS (@s.@q);
--- new
CREATE TABLE @s.@q (@a integer);
CREATE TABLE @s.@p (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@u () INHERITS (@s.@p);

=== a child gets a second parent with a check that it has
--- old
CREATE TABLE @s.@q (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@p (@a integer);
CREATE TABLE @s.@u () INHERITS (@s.@q);
--- new
CREATE TABLE @s.@q (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@p (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@u () INHERITS (@s.@q, @s.@p);

=== a child with children goes to a parent that gets a check
--- old
CREATE TABLE @s.@q (@a integer);
CREATE TABLE @s.@p (@a integer);
CREATE TABLE @s.@u () INHERITS (@s.@q);
CREATE TABLE @s.@v () INHERITS (@s.@u);
--- new
CREATE TABLE @s.@q (@a integer);
CREATE TABLE @s.@p (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@u () INHERITS (@s.@p);
CREATE TABLE @s.@v () INHERITS (@s.@u);

=== two children exchange their parents and these their checks
--- old
CREATE TABLE @s.@q (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@p (@a integer, CONSTRAINT @n CHECK (@a > 2));
CREATE TABLE @s.@u (CONSTRAINT @n CHECK (@a > 2)) INHERITS (@s.@q);
CREATE TABLE @s.@v (CONSTRAINT @c CHECK (@a > 0)) INHERITS (@s.@p);
--- new
CREATE TABLE @s.@q (@a integer, CONSTRAINT @n CHECK (@a > 2));
CREATE TABLE @s.@p (@a integer, CONSTRAINT @c CHECK (@a > 0));
CREATE TABLE @s.@u (CONSTRAINT @n CHECK (@a > 2)) INHERITS (@s.@p);
CREATE TABLE @s.@v (CONSTRAINT @c CHECK (@a > 0)) INHERITS (@s.@q);

=== a parent passes on its index's and key's names to the next one (destructive)
--- old
CREATE TABLE @s.@q (@a integer, @b bigint, CONSTRAINT @n UNIQUE (@b));
CREATE INDEX @i ON @s.@q (@a);
CREATE TABLE @s.@u () INHERITS (@s.@q);
--- new
CREATE TABLE @s.@p (@a integer, @b bigint DEFAULT 7, CONSTRAINT @n UNIQUE (@b));
CREATE INDEX @i ON @s.@p (@a);
CREATE TABLE @s.@u () INHERITS (@s.@p);

=== a parent that counts gives way to one that does not (destructive)
--- old
CREATE TABLE @s.@q (@a integer, @b bigserial);
CREATE TABLE @s.@u () INHERITS (@s.@q);
--- new
CREATE TABLE @s.@p (@a integer, @b bigint NOT NULL);
CREATE TABLE @s.@u () INHERITS (@s.@p);
