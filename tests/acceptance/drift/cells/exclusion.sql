=== models plain

=== exclusion removed: ex_span @
ALTER TABLE @.t DROP CONSTRAINT ex_span;

=== exclusion added: by_hand @
ALTER TABLE @.t ADD CONSTRAINT by_hand EXCLUDE (b WITH =);

=== exclusion by another operator: ex_span @
ALTER TABLE @.t DROP CONSTRAINT ex_span, ADD CONSTRAINT ex_span EXCLUDE USING gist (span WITH =);

=== exclusion of some rows: ex_span @
ALTER TABLE @.t DROP CONSTRAINT ex_span, ADD CONSTRAINT ex_span EXCLUDE USING gist (span WITH &&) WHERE (a > 5);

=== exclusion by another method: ex_span @
ALTER TABLE @.t DROP CONSTRAINT ex_span, ADD CONSTRAINT ex_span EXCLUDE USING spgist (span WITH &&);

=== exclusion deferrable: ex_span @
ALTER TABLE @.t DROP CONSTRAINT ex_span, ADD CONSTRAINT ex_span EXCLUDE USING gist (span WITH &&) DEFERRABLE;

=== exclusion renamed: ex_other @
ALTER TABLE @.t RENAME CONSTRAINT ex_span TO ex_other;
