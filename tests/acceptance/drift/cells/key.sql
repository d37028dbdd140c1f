=== models key

=== primary key removed: pk_t @
ALTER TABLE @.t DROP CONSTRAINT pk_t;

=== primary key of other columns: pk_t @
ALTER TABLE @.t DROP CONSTRAINT pk_t, ADD CONSTRAINT pk_t PRIMARY KEY (a);

=== primary key in another order: pk_t @
ALTER TABLE @.t DROP CONSTRAINT pk_t, ADD CONSTRAINT pk_t PRIMARY KEY (b, a);

=== primary key with more: pk_t @
ALTER TABLE @.t DROP CONSTRAINT pk_t, ADD CONSTRAINT pk_t PRIMARY KEY (a, b) INCLUDE (c);

=== primary key deferrable: pk_t @
ALTER TABLE @.t DROP CONSTRAINT pk_t, ADD CONSTRAINT pk_t PRIMARY KEY (a, b) DEFERRABLE;

=== primary key renamed: t_pkey @
ALTER TABLE @.t RENAME CONSTRAINT pk_t TO t_pkey;

=== models plain

=== unique removed: uq_t_c @
ALTER TABLE @.t DROP CONSTRAINT uq_t_c;

=== unique added: by_hand @
ALTER TABLE @.t ADD CONSTRAINT by_hand UNIQUE (e);

=== unique deferrable: uq_t_c @
ALTER TABLE @.t DROP CONSTRAINT uq_t_c, ADD CONSTRAINT uq_t_c UNIQUE (c) DEFERRABLE;

=== unique deferred: uq_t_c @
ALTER TABLE @.t DROP CONSTRAINT uq_t_c, ADD CONSTRAINT uq_t_c UNIQUE (c) DEFERRABLE INITIALLY DEFERRED;

=== unique with more: uq_t_c @
ALTER TABLE @.t DROP CONSTRAINT uq_t_c, ADD CONSTRAINT uq_t_c UNIQUE (c) INCLUDE (e);

=== unique nulls: uq_t_c @
ALTER TABLE @.t DROP CONSTRAINT uq_t_c, ADD CONSTRAINT uq_t_c UNIQUE NULLS NOT DISTINCT (c);

=== unique in another order while a key points at it: uq_ab @
ALTER TABLE @.u DROP CONSTRAINT fk_pair;ALTER TABLE @.t DROP CONSTRAINT uq_ab, ADD CONSTRAINT uq_ab UNIQUE (b, a);ALTER TABLE @.u ADD CONSTRAINT fk_pair FOREIGN KEY (b, a) REFERENCES @.t (b, a);

=== unique renamed: t_c_key @
ALTER TABLE @.t RENAME CONSTRAINT uq_t_c TO t_c_key;

=== unique became an index: uq_t_c @
ALTER TABLE @.t DROP CONSTRAINT uq_t_c;
CREATE UNIQUE INDEX uq_t_c ON @.t (c);
