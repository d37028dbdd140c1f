=== setup

=== foreign_data_wrapper @n: added (watch database)
CREATE FOREIGN DATA WRAPPER @n;

=== setup
CREATE FOREIGN DATA WRAPPER @n OPTIONS (host 'a', "Port %s" '5');

=== foreign_data_wrapper @n: parts (watch database)
ALTER FOREIGN DATA WRAPPER @n OPTIONS (DROP host, DROP "Port %s");

=== foreign_data_wrapper @n: parts (watch database)
ALTER FOREIGN DATA WRAPPER @n OPTIONS (SET host 'b=''c', DROP "Port %s", ADD "%(x)s" 'x');

=== setup
CREATE FOREIGN DATA WRAPPER @n VALIDATOR postgresql_fdw_validator;

=== foreign_data_wrapper @n: parts (watch database)
ALTER FOREIGN DATA WRAPPER @n NO VALIDATOR;

=== setup
CREATE FUNCTION @s.@f() RETURNS fdw_handler LANGUAGE internal AS 'heap_tableam_handler';
CREATE FOREIGN DATA WRAPPER @n;

=== foreign_data_wrapper @n: parts (watch database)
ALTER FOREIGN DATA WRAPPER @n HANDLER @s.@f;
