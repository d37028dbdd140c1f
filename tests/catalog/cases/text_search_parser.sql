=== setup

=== text_search_parser @s @n: added
CREATE TEXT SEARCH PARSER @s.@n (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);

=== setup
CREATE FUNCTION @s.@f(internal, integer) RETURNS internal LANGUAGE internal AS 'prsd_start';
CREATE FUNCTION @s.@f(internal, internal, internal) RETURNS internal LANGUAGE internal AS 'prsd_nexttoken';
CREATE FUNCTION @s.@f(internal) RETURNS void LANGUAGE internal AS 'prsd_end';
CREATE FUNCTION @s.@g(internal) RETURNS internal LANGUAGE internal AS 'prsd_lextype';
CREATE TEXT SEARCH PARSER @s.@n (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);

=== text_search_parser @s @n: parts
DROP TEXT SEARCH PARSER @s.@n;
CREATE TEXT SEARCH PARSER @s.@n (START = @s.@f, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);

=== text_search_parser @s @n: parts
DROP TEXT SEARCH PARSER @s.@n;
CREATE TEXT SEARCH PARSER @s.@n (START = prsd_start, GETTOKEN = @s.@f, END = prsd_end, LEXTYPES = prsd_lextype);

=== text_search_parser @s @n: parts
DROP TEXT SEARCH PARSER @s.@n;
CREATE TEXT SEARCH PARSER @s.@n (START = prsd_start, GETTOKEN = prsd_nexttoken, END = @s.@f, LEXTYPES = prsd_lextype);

=== text_search_parser @s @n: parts
DROP TEXT SEARCH PARSER @s.@n;
CREATE TEXT SEARCH PARSER @s.@n (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = @s.@g);

=== text_search_parser @s @n: parts
DROP TEXT SEARCH PARSER @s.@n;
CREATE TEXT SEARCH PARSER @s.@n (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype,
    HEADLINE = prsd_headline);
