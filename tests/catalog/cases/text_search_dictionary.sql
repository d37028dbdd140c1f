=== setup

=== text_search_dictionary @s @n: added
CREATE TEXT SEARCH DICTIONARY @s.@n (TEMPLATE = simple, STOPWORDS = english);

=== setup
CREATE TEXT SEARCH TEMPLATE @s.@m (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY @s.@n (TEMPLATE = simple, STOPWORDS = english, ACCEPT = false);

=== text_search_dictionary @s @n: parts
ALTER TEXT SEARCH DICTIONARY @s.@n (STOPWORDS = german);

=== text_search_dictionary @s @n: parts
ALTER TEXT SEARCH DICTIONARY @s.@n (STOPWORDS);

=== text_search_dictionary @s @n: parts
ALTER TEXT SEARCH DICTIONARY @s.@n (STOPWORDS, ACCEPT);

=== text_search_dictionary @s @n: parts
DROP TEXT SEARCH DICTIONARY @s.@n;
CREATE TEXT SEARCH DICTIONARY @s.@n (TEMPLATE = @s.@m, STOPWORDS = english, ACCEPT = false);
