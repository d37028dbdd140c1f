=== setup

=== access_method @n: added (watch database)
CREATE ACCESS METHOD @n TYPE TABLE HANDLER heap_tableam_handler;

=== setup
CREATE FUNCTION @s.@f(internal) RETURNS table_am_handler LANGUAGE internal AS 'heap_tableam_handler';
CREATE ACCESS METHOD @n TYPE TABLE HANDLER heap_tableam_handler;

=== access_method @n: definition (watch database)
DROP ACCESS METHOD @n;
CREATE ACCESS METHOD @n TYPE TABLE HANDLER @s.@f;

=== access_method @n: definition (watch database)
DROP ACCESS METHOD @n;
CREATE ACCESS METHOD @n TYPE INDEX HANDLER bthandler;
