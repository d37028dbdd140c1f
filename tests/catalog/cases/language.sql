=== setup

=== language @n: added (watch database)
CREATE LANGUAGE @n HANDLER plpgsql_call_handler;

=== setup
CREATE LANGUAGE @n HANDLER plpgsql_call_handler;

=== language @n: definition (watch database)
CREATE OR REPLACE TRUSTED LANGUAGE @n HANDLER plpgsql_call_handler;

=== language @n: definition (watch database)
CREATE OR REPLACE LANGUAGE @n HANDLER plpgsql_call_handler VALIDATOR plpgsql_validator;

=== language @n: definition (watch database)
CREATE OR REPLACE LANGUAGE @n HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler;
