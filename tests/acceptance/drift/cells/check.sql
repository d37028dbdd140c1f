=== models plain

=== check removed: ck_t_positive @
ALTER TABLE @.t DROP CONSTRAINT ck_t_positive;

=== check added: by_hand @
ALTER TABLE @.t ADD CONSTRAINT by_hand CHECK (a < 99);

=== check added without a name: t_a_check @
ALTER TABLE @.t ADD CHECK (a < 99);

=== check changed: ck_t_positive @
ALTER TABLE @.t DROP CONSTRAINT ck_t_positive, ADD CONSTRAINT ck_t_positive CHECK (a > 1);

=== check not valid: ck_t_positive @
ALTER TABLE @.t DROP CONSTRAINT ck_t_positive, ADD CONSTRAINT ck_t_positive CHECK (a > 0) NOT VALID;

=== check not inherited: ck_t_positive @
ALTER TABLE @.t DROP CONSTRAINT ck_t_positive, ADD CONSTRAINT ck_t_positive CHECK (a > 0) NO INHERIT;

=== check not enforced: ck_t_positive @ (since 18)
ALTER TABLE @.t DROP CONSTRAINT ck_t_positive, ADD CONSTRAINT ck_t_positive CHECK (a > 0) NOT ENFORCED;

=== check renamed: ck_other @
ALTER TABLE @.t RENAME CONSTRAINT ck_t_positive TO ck_other;
