=== models plain

=== view: by_hand @ view
CREATE VIEW @.by_hand AS SELECT a FROM @.t;

=== materialized view: by_hand @ materialized view
CREATE MATERIALIZED VIEW @.by_hand AS SELECT a FROM @.t;
CREATE INDEX by_hand_ix ON @.by_hand (a);

=== function: by_hand @ function
CREATE FUNCTION @.by_hand(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

=== procedure: by_hand @ procedure
CREATE PROCEDURE @.by_hand() LANGUAGE sql AS 'SELECT 1';

=== aggregate: by_hand @ aggregate
CREATE AGGREGATE @.by_hand(bigint) (SFUNC = int8pl, STYPE = bigint);

=== trigger: by_hand @ trigger
CREATE FUNCTION @.fn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER by_hand BEFORE INSERT ON @.t FOR EACH ROW EXECUTE FUNCTION @.fn();

=== rule: by_hand @ rule
CREATE RULE by_hand AS ON DELETE TO @.t DO ALSO NOTHING;

=== policy: by_hand @ policy
CREATE POLICY by_hand ON @.t USING (a > 0);

=== row security: @.t row
ALTER TABLE @.t ENABLE ROW LEVEL SECURITY;

=== row security by force: @.t row
ALTER TABLE @.t FORCE ROW LEVEL SECURITY;

=== sequence: by_hand @ sequence
CREATE SEQUENCE @.by_hand;

=== domain: by_hand @ domain
CREATE DOMAIN @.by_hand AS text CHECK (VALUE <> '');

=== enum: by_hand @ enum
CREATE TYPE @.by_hand AS ENUM ('x');

=== composite type: by_hand @
CREATE TYPE @.by_hand AS (a integer);

=== range type: by_hand @
CREATE TYPE @.by_hand AS RANGE (subtype = float8);

=== statistics: by_hand @
CREATE STATISTICS @.by_hand ON a, b FROM @.t;

=== view over a view: by_hand @ view
CREATE VIEW @.base AS SELECT a FROM @.t;
CREATE VIEW @.by_hand AS SELECT a FROM @.base;
COMMENT ON VIEW @.by_hand IS 'x';

=== comment on a constraint: comment uq_t_c @
COMMENT ON CONSTRAINT uq_t_c ON @.t IS 'by hand';

=== comment on an index: comment ix_b @
COMMENT ON INDEX @.ix_b IS 'by hand';

=== comment on a schema: comment schema @
COMMENT ON SCHEMA @ IS '100% "by" hand';

=== models enums

=== comment on an enum: comment kind @
COMMENT ON TYPE @.kind IS 'by hand';

=== models sequences

=== comment on a sequence of a serial: comment serial_id_seq @
COMMENT ON SEQUENCE @.serial_id_seq IS 'by hand';

=== collation: by_hand @ collation
CREATE COLLATION @.by_hand (locale = 'C');

=== conversion: by_hand @ conversion
CREATE CONVERSION @.by_hand FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

=== operator: @.=== operator
CREATE OPERATOR @.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer);

=== operator class with its family: by_hand @ operator class
CREATE OPERATOR CLASS @.by_hand FOR TYPE integer USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer);

=== operator family: by_hand @ operator family
CREATE OPERATOR FAMILY @.by_hand USING hash;

=== cast: cast @.by_hand integer
CREATE TYPE @.by_hand AS ENUM ('x');
CREATE CAST (integer AS @.by_hand) WITH INOUT;
COMMENT ON CAST (integer AS @.by_hand) IS 'x';

=== text search parser: by_hand @ parser
CREATE TEXT SEARCH PARSER @.by_hand (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);

=== text search template: by_hand @ template
CREATE TEXT SEARCH TEMPLATE @.by_hand (LEXIZE = dsimple_lexize);

=== text search dictionary and configuration: by_hand @ configuration
CREATE TEXT SEARCH DICTIONARY @.by_hand (TEMPLATE = simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION @.by_hand (COPY = english);
ALTER TEXT SEARCH CONFIGURATION @.by_hand ALTER MAPPING FOR word WITH @.by_hand;
COMMENT ON TEXT SEARCH CONFIGURATION @.by_hand IS 'x';

=== models objects

=== comment on a view's column: comment seen.a @
COMMENT ON COLUMN @.seen.a IS 'by hand';

=== comment on a domain's check: comment has_at @
COMMENT ON CONSTRAINT has_at ON DOMAIN @.email IS 'by hand';

=== comment on an attribute: comment pair.x @
COMMENT ON COLUMN @.pair.x IS 'by hand';

=== function overloaded: doubled(bigint) @ function
CREATE FUNCTION @.doubled(n bigint) RETURNS bigint LANGUAGE sql AS 'SELECT n * 2';
