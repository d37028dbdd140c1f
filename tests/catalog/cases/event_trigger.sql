=== setup
CREATE FUNCTION @s.@f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;

=== event_trigger @n: added (watch database)
CREATE EVENT TRIGGER @n ON sql_drop EXECUTE FUNCTION @s.@f();

=== setup
CREATE FUNCTION @s.@f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FUNCTION @s.@g() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER @n ON ddl_command_end EXECUTE FUNCTION @s.@f();

=== event_trigger @n: definition (watch database)
DROP EVENT TRIGGER @n;
CREATE EVENT TRIGGER @n ON ddl_command_start EXECUTE FUNCTION @s.@f();

=== event_trigger @n: definition (watch database)
DROP EVENT TRIGGER @n;
CREATE EVENT TRIGGER @n ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION @s.@f();

=== event_trigger @n: definition (watch database)
DROP EVENT TRIGGER @n;
CREATE EVENT TRIGGER @n ON ddl_command_end EXECUTE FUNCTION @s.@g();

=== event_trigger @n: parts (watch database)
ALTER EVENT TRIGGER @n DISABLE;

=== event_trigger @n: parts (watch database)
ALTER EVENT TRIGGER @n ENABLE REPLICA;

=== event_trigger @n: parts (watch database)
ALTER EVENT TRIGGER @n ENABLE ALWAYS;
