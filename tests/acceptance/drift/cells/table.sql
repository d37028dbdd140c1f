=== models plain

=== table removed: @.u
DROP TABLE @.u;

=== table added: by_hand @
CREATE TABLE @.by_hand (id integer);

=== table renamed: by_hand @
ALTER TABLE @.u RENAME TO by_hand;

=== table moved to a new schema: elsewhere
CREATE SCHEMA elsewhere;
ALTER TABLE @.u SET SCHEMA elsewhere;

=== table unlogged: @.u
ALTER TABLE @.u SET UNLOGGED;

=== table options: @.t
ALTER TABLE @.t SET (fillfactor = 70);

=== table options of its toast: @.t
ALTER TABLE @.t SET (toast.autovacuum_enabled = off);

=== table replica identity: @.t
ALTER TABLE @.t REPLICA IDENTITY FULL;

=== models key

=== table replica identity by an index: by_hand @
CREATE UNIQUE INDEX by_hand ON @.t (a);
ALTER TABLE @.t REPLICA IDENTITY USING INDEX by_hand;

=== models plain

=== table clustered: @.t
ALTER TABLE @.t CLUSTER ON ix_b;

=== models stored

=== table inherits: @.child
CREATE TABLE @.by_hand ();
ALTER TABLE @.child INHERIT @.by_hand;

=== table inherits no more: @.child
ALTER TABLE @.child NO INHERIT @.parent;

=== models key

=== schema removed: schema @
DROP SCHEMA @ CASCADE;
