=== keys come that PostgreSQL does not keep
--- before
CREATE TABLE @s.@z (@a integer PRIMARY KEY);
--- old
--- new
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@z, CONSTRAINT @m UNIQUE (@a) DEFERRABLE,
   CONSTRAINT @y PRIMARY KEY (@b) DEFERRABLE, CONSTRAINT @x EXCLUDE USING btree (@a WITH =) DEFERRABLE);
ALTER TABLE @s.@t DISABLE TRIGGER ALL;
--- works
INSERT INTO @s.@t VALUES (1, 1), (1, 1);

=== keys are not kept any more
--- old
--- new
ALTER TABLE @s.@t DISABLE TRIGGER ALL;
ALTER TABLE @s.@z DISABLE TRIGGER ALL;
--- before
CREATE TABLE @s.@z (@a integer PRIMARY KEY);
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@z, CONSTRAINT @m UNIQUE (@a) DEFERRABLE,
   CONSTRAINT @y PRIMARY KEY (@b) DEFERRABLE, CONSTRAINT @x EXCLUDE USING btree (@a WITH =) DEFERRABLE,
   CONSTRAINT @i FOREIGN KEY (@b) REFERENCES @s.@z ON UPDATE CASCADE);

=== one side of a foreign key is kept, and the other is not
--- before
CREATE TABLE @s.@z (@a integer PRIMARY KEY);
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@z);
--- old
ALTER TABLE @s.@t DISABLE TRIGGER ALL;
--- new
ALTER TABLE @s.@z DISABLE TRIGGER ALL;

=== a key becomes another, and is not kept either
--- before
CREATE TABLE @s.@z (@a integer PRIMARY KEY);
--- old
CREATE TABLE @s.@t (@a integer, @b integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@z);
ALTER TABLE @s.@t DISABLE TRIGGER ALL;
--- new
CREATE TABLE @s.@t (@a bigint, @b integer, CONSTRAINT @m FOREIGN KEY (@a) REFERENCES @s.@z ON DELETE CASCADE);
ALTER TABLE @s.@z DISABLE TRIGGER ALL;

=== keys of other partitions are not kept
--- before
CREATE TABLE @s.@t (@a integer PRIMARY KEY) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@a PARTITION OF @s.@p DEFAULT;
CREATE TABLE @s.@u (@a integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t) PARTITION BY RANGE (@a);
CREATE TABLE @s.@r PARTITION OF @s.@u DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@b PARTITION OF @s.@r DEFAULT;
CREATE TABLE @s.@c PARTITION OF @s.@u FOR VALUES FROM (1) TO (2);
--- old
ALTER TABLE @s.@b DISABLE TRIGGER ALL;
ALTER TABLE @s.@a DISABLE TRIGGER ALL;
--- new
ALTER TABLE @s.@p DISABLE TRIGGER ALL;
ALTER TABLE @s.@c DISABLE TRIGGER ALL;

=== a tree comes with keys that are not kept in some of its partitions
--- old
CREATE TABLE @s.@v (@a integer);
--- new
CREATE TABLE @s.@t (@a integer PRIMARY KEY) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@a PARTITION OF @s.@p DEFAULT;
CREATE TABLE @s.@u (@a integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t, CONSTRAINT @m UNIQUE (@a) DEFERRABLE) PARTITION BY RANGE (@a);
CREATE TABLE @s.@r PARTITION OF @s.@u DEFAULT PARTITION BY LIST (@a);
CREATE UNLOGGED TABLE @s.@b PARTITION OF @s.@r DEFAULT;
CREATE TABLE @s.@c PARTITION OF @s.@u FOR VALUES FROM (1) TO (2);
CREATE TABLE @s.@v PARTITION OF @s.@u FOR VALUES FROM (3) TO (4);
ALTER TABLE @s.@b DISABLE TRIGGER ALL;
ALTER TABLE @s.@v DISABLE TRIGGER ALL;
ALTER TABLE @s.@p DISABLE TRIGGER ALL;

=== a key of a table to itself is kept again
--- before
CREATE TABLE @s.@z (@a integer PRIMARY KEY, @b integer CONSTRAINT @n REFERENCES @s.@z);
--- old
ALTER TABLE @s.@z DISABLE TRIGGER ALL;
--- new
