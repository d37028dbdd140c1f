=== setup

=== text_search_template @s @n: added
CREATE TEXT SEARCH TEMPLATE @s.@n (LEXIZE = dsimple_lexize);

=== setup
CREATE TEXT SEARCH TEMPLATE @s.@n (LEXIZE = dsimple_lexize);

=== text_search_template @s @n: parts
DROP TEXT SEARCH TEMPLATE @s.@n;
CREATE TEXT SEARCH TEMPLATE @s.@n (INIT = dsimple_init, LEXIZE = dsimple_lexize);

=== text_search_template @s @n: parts
DROP TEXT SEARCH TEMPLATE @s.@n;
CREATE TEXT SEARCH TEMPLATE @s.@n (LEXIZE = dsynonym_lexize);
