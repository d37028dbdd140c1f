=== models objects

=== view removed: over @ view
DROP VIEW @.over;

=== view changed: seen @ view
CREATE OR REPLACE VIEW @.seen AS SELECT id, a FROM @.t WHERE a <> '100% :X';

=== view with another column: seen @ view
CREATE OR REPLACE VIEW @.seen AS SELECT id, a, mail FROM @.t WHERE a <> '100% :x';

=== view options: over @ view
ALTER VIEW @.over RESET (security_barrier);

=== comment on a view: seen @ by
COMMENT ON VIEW @.seen IS 'by hand';

=== materialized view removed: kept @ materialized view
DROP MATERIALIZED VIEW @.kept;

=== materialized view changed: kept @ materialized view
DROP MATERIALIZED VIEW @.kept;
CREATE MATERIALIZED VIEW @.kept AS SELECT id, 'x' || a AS a FROM @.t;
CREATE INDEX ix_kept ON @.kept (a);

=== index of a materialized view: ix_kept @
DROP INDEX @.ix_kept;

=== function removed: tidy @ procedure
DROP PROCEDURE @.tidy;

=== function changed: doubled @ function
CREATE OR REPLACE FUNCTION @.doubled(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n * 3';

=== function's volatility: doubled @ function
ALTER FUNCTION @.doubled(integer) IMMUTABLE;

=== function's result: doubled @ function
DROP FUNCTION @.doubled(integer);
CREATE FUNCTION @.doubled(n integer) RETURNS bigint LANGUAGE sql AS 'SELECT n * 2';
COMMENT ON FUNCTION @.doubled(integer) IS 'twice';
GRANT EXECUTE ON FUNCTION @.doubled(integer) TO pg_monitor;

=== trigger removed: touched @ trigger
DROP TRIGGER touched ON @.t;

=== trigger disabled: touched @ trigger
ALTER TABLE @.t DISABLE TRIGGER touched;

=== trigger on other events: touched @ trigger
CREATE OR REPLACE TRIGGER touched BEFORE INSERT ON @.t FOR EACH ROW WHEN (NEW.id > 0) EXECUTE FUNCTION @.touch();

=== policy removed: own @ policy
DROP POLICY own ON @.t;

=== policy by another condition: own @ policy
ALTER POLICY own ON @.t USING (a = session_user);

=== policy for other roles: own @ policy
ALTER POLICY own ON @.t TO pg_monitor;

=== policy for another command: own @ policy
DROP POLICY own ON @.t;
CREATE POLICY own ON @.t FOR UPDATE USING (a = current_user);
COMMENT ON POLICY own ON @.t IS 'p';

=== row security off: @.t row
ALTER TABLE @.t DISABLE ROW LEVEL SECURITY;

=== row security no longer by force: @.t row
ALTER TABLE @.t NO FORCE ROW LEVEL SECURITY;

=== rule removed: loud @ rule
DROP RULE loud ON @.t;

=== rule disabled: loud @ rule
ALTER TABLE @.t DISABLE RULE loud;

=== statistics removed: both @ statistics
DROP STATISTICS @.both;

=== statistics target: both @ statistics
ALTER STATISTICS @.both SET STATISTICS 77;

=== composite type changed: pair @ composite
ALTER TYPE @.pair ADD ATTRIBUTE z date;

=== domain's check: email @ domain
ALTER DOMAIN @.email DROP CONSTRAINT has_at;

=== domain's default: email @ domain
ALTER DOMAIN @.email SET DEFAULT 'A@b';

=== domain not null: email @ domain
ALTER DOMAIN @.email SET NOT NULL;

=== privilege taken: @.t pg_monitor
REVOKE SELECT ON @.t FROM pg_monitor;

=== privilege added: seen @ pg_monitor
GRANT SELECT ON @.seen TO pg_monitor;

=== privilege on a function taken from everybody: doubled @ public
REVOKE EXECUTE ON FUNCTION @.doubled(integer) FROM PUBLIC;

=== owner: @.t pg_monitor owner
ALTER TABLE @.t OWNER TO pg_monitor;
