=== setup
CREATE ROLE @o;

=== default_privileges @o @s TABLES public: added (watch default_privileges)
ALTER DEFAULT PRIVILEGES FOR ROLE @o IN SCHEMA @s GRANT SELECT ON TABLES TO PUBLIC;

=== setup
CREATE ROLE @o;
ALTER DEFAULT PRIVILEGES FOR ROLE @o IN SCHEMA @s GRANT SELECT ON TABLES TO PUBLIC;

=== default_privileges @o @s TABLES public: privileges (watch default_privileges)
ALTER DEFAULT PRIVILEGES FOR ROLE @o IN SCHEMA @s GRANT INSERT ON TABLES TO PUBLIC;
