=== models plain

=== index removed: ix_b @
DROP INDEX @.ix_b;

=== index added: by_hand @
CREATE INDEX by_hand ON @.t (e);

=== index renamed: ix_other @
ALTER INDEX @.ix_b RENAME TO ix_other;

=== index unique: ix_b @
DROP INDEX @.ix_b;
CREATE UNIQUE INDEX ix_b ON @.t (b);

=== index of another column: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t (e);

=== index of more columns: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t (b, a);

=== index with a condition: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t (b) WHERE a > 0;

=== index with more: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t (b) INCLUDE (a);

=== index by another method: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t USING hash (b);

=== index by another operator class: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t (b text_pattern_ops);

=== index by another collation: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t (b COLLATE "C");

=== index downwards: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t (b DESC);

=== index with nulls first: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t (b NULLS FIRST);

=== index with options: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t (b) WITH (fillfactor = 50);

=== index of an expression: ix_b @
DROP INDEX @.ix_b;
CREATE INDEX ix_b ON @.t (lower(b));

=== index nulls: ix_c @
DROP INDEX @.ix_c;
CREATE UNIQUE INDEX ix_c ON @.t (c) NULLS NOT DISTINCT;

=== index no longer unique: ix_c @
DROP INDEX @.ix_c;
CREATE INDEX ix_c ON @.t (c);

=== index storage: ix_b @
ALTER INDEX @.ix_b SET (deduplicate_items = off);

=== index statistics: ix_full @
ALTER INDEX @.ix_full ALTER 1 SET STATISTICS 55;

=== index not valid: ix_b @
UPDATE pg_index SET indisvalid = false WHERE indexrelid = '@.ix_b'::regclass;

=== index condition in another case: ix_full @
DROP INDEX @.ix_full;
CREATE INDEX ix_full ON @.t ((b || ' ' || c)) WHERE b <> 'literal';
