=== setup

=== extension plpgsql: version
UPDATE pg_extension SET extversion = '0.1';

=== extension plpgsql: schema
UPDATE pg_extension SET extnamespace = 'public'::regnamespace;

=== extension plpgsql: removed
DROP EXTENSION plpgsql;
