=== setup
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b text, @c varchar(10));
CREATE TABLE @s.@u (@a integer);

=== foreign_key @s @u @n: added
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t;

=== setup
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b integer UNIQUE);
CREATE TABLE @s.@p (@a integer PRIMARY KEY);CREATE TABLE @s.@u (@a integer, @b integer, CONSTRAINT @n FOREIGN KEY
    (@a) REFERENCES @s.@t);

=== foreign_key @s @u @n: definition
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t (@b);

=== foreign_key @s @u @n: definition columns
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@b) REFERENCES @s.@t;

=== foreign_key @s @u @n: definition references
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@p;

=== foreign_key @s @u @n: definition
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t ON DELETE CASCADE;

=== foreign_key @s @u @n: definition
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t ON DELETE SET NULL (@a);

=== foreign_key @s @u @n: definition
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t ON UPDATE SET DEFAULT;

=== foreign_key @s @u @n: definition
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t MATCH FULL;

=== foreign_key @s @u @n: definition deferrable
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t DEFERRABLE;

=== foreign_key @s @u @n: definition deferrable
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t DEFERRABLE INITIALLY DEFERRED;

=== foreign_key @s @u @n: definition valid
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t NOT VALID;

=== foreign_key @s @u @n: definition valid enforced (since 18)
ALTER TABLE @s.@u DROP CONSTRAINT @n;
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t NOT ENFORCED;

=== setup
CREATE TABLE @s.@t (@a integer PRIMARY KEY) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t DEFAULT;
CREATE TABLE @s.@u (@a integer);

=== foreign_key @s @u @n: added
ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t;

=== setup
CREATE TABLE @s.@t (@a integer, @b text) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t FOR VALUES FROM (0) TO (10);
CREATE TABLE @s.@u (@a integer PRIMARY KEY);

=== foreign_key @s @t @n: added
ALTER TABLE @s.@t ADD CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@u;

=== setup
CREATE TABLE @s.@t (@a integer PRIMARY KEY);
CREATE TABLE @s.@u (@a integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t);

=== foreign_key @s @u @n: firing
ALTER TABLE @s.@u DISABLE TRIGGER ALL;

=== foreign_key @s @u @n: firing
ALTER TABLE @s.@t DISABLE TRIGGER ALL;

=== foreign_key @s @u @n: firing
DO $$ DECLARE told text; BEGIN
    SELECT format('ALTER TABLE %s ENABLE REPLICA TRIGGER %I', tgrelid::regclass, tgname) INTO told FROM pg_trigger
     WHERE tgrelid = (SELECT oid FROM pg_class WHERE relname = 'order') AND tgfoid::regproc::text LIKE '%check_upd%';
    EXECUTE told;
END $$;

=== setup
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b integer, CONSTRAINT @n FOREIGN KEY (@b) REFERENCES @s.@t ON DELETE SET NULL);

=== foreign_key @s @t @n: firing
ALTER TABLE @s.@t DISABLE TRIGGER ALL;

=== setup
CREATE TABLE @s.@t (@a integer PRIMARY KEY) PARTITION BY RANGE (@a);
CREATE TABLE @s.@p PARTITION OF @s.@t DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@a PARTITION OF @s.@p DEFAULT;
CREATE TABLE @s.@u (@a integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t) PARTITION BY RANGE (@a);
CREATE TABLE @s.@r PARTITION OF @s.@u DEFAULT PARTITION BY LIST (@a);
CREATE TABLE @s.@b PARTITION OF @s.@r DEFAULT;

=== foreign_key @s @u @n: firing
ALTER TABLE @s.@a DISABLE TRIGGER ALL;

=== foreign_key @s @u @n: firing
ALTER TABLE @s.@p DISABLE TRIGGER ALL;

=== foreign_key @s @b @n: firing
ALTER TABLE @s.@b DISABLE TRIGGER ALL;
