=== setup

=== text_search_configuration @s @n: added
CREATE TEXT SEARCH CONFIGURATION @s.@n (COPY = english);

=== setup
CREATE TEXT SEARCH PARSER @s.@m (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH DICTIONARY @s.@d (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION @s.@n (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION @s.@n ADD MAPPING FOR word, asciiword WITH @s.@d, english_stem;

=== text_search_configuration @s @n: definition
DROP TEXT SEARCH CONFIGURATION @s.@n;
CREATE TEXT SEARCH CONFIGURATION @s.@n (PARSER = @s.@m);
ALTER TEXT SEARCH CONFIGURATION @s.@n ADD MAPPING FOR word, asciiword WITH @s.@d, english_stem;

=== text_search_configuration @s @n: parts
ALTER TEXT SEARCH CONFIGURATION @s.@n ADD MAPPING FOR email, url WITH @s.@d;

=== text_search_configuration @s @n: parts
ALTER TEXT SEARCH CONFIGURATION @s.@n DROP MAPPING FOR word;

=== text_search_configuration @s @n: parts
ALTER TEXT SEARCH CONFIGURATION @s.@n DROP MAPPING FOR word, asciiword;

=== text_search_configuration @s @n: parts
ALTER TEXT SEARCH CONFIGURATION @s.@n ALTER MAPPING FOR word WITH english_stem, @s.@d;

=== text_search_configuration @s @n: parts
ALTER TEXT SEARCH CONFIGURATION @s.@n ALTER MAPPING REPLACE @s.@d WITH simple;
