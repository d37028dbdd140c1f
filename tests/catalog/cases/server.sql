=== setup
CREATE FOREIGN DATA WRAPPER @n;

=== server @m: added (watch database)
CREATE SERVER @m FOREIGN DATA WRAPPER @n;

=== setup
CREATE FOREIGN DATA WRAPPER @n;
CREATE FOREIGN DATA WRAPPER @x;
CREATE SERVER @m TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER @n OPTIONS (host 'a', "Port %s" '5');

=== server @m: parts (watch database)
ALTER SERVER @m VERSION '2 ''%s''';

=== server @m: parts (watch database)
ALTER SERVER @m OPTIONS (SET host 'b', DROP "Port %s", ADD "%(x)s" 'x');

=== server @m: parts (watch database)
ALTER SERVER @m OPTIONS (DROP host, DROP "Port %s");

=== server @m: definition (watch database)
DROP SERVER @m;
CREATE SERVER @m TYPE 'y' VERSION '1' FOREIGN DATA WRAPPER @n OPTIONS (host 'a', "Port %s" '5');

=== server @m: parts (watch database)
DROP SERVER @m;
CREATE SERVER @m TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER @x OPTIONS (host 'a', "Port %s" '5');

=== server @m: parts (watch database)
DROP SERVER @m;
CREATE SERVER @m TYPE 'x' FOREIGN DATA WRAPPER @n OPTIONS (host 'a', "Port %s" '5');
