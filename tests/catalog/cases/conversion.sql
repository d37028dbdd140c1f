=== setup

=== conversion @s @n: added
CREATE CONVERSION @s.@n FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

=== setup
CREATE CONVERSION @s.@n FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

=== conversion @s @n: definition
DROP CONVERSION @s.@n;
CREATE DEFAULT CONVERSION @s.@n FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

=== conversion @s @n: definition
DROP CONVERSION @s.@n;
CREATE CONVERSION @s.@n FOR 'LATIN2' TO 'UTF8' FROM iso8859_to_utf8;

=== conversion @s @n: definition
DROP CONVERSION @s.@n;
CREATE CONVERSION @s.@n FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
