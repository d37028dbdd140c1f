=== models plain

=== foreign key removed: fk_u_t_id_t @
ALTER TABLE @.u DROP CONSTRAINT fk_u_t_id_t;

=== foreign key added: by_hand @
ALTER TABLE @.u ADD CONSTRAINT by_hand FOREIGN KEY (a) REFERENCES @.t;

=== foreign key on delete: fk_u_t_id_t @
ALTER TABLE @.u DROP CONSTRAINT fk_u_t_id_t, ADD CONSTRAINT fk_u_t_id_t FOREIGN KEY (t_id) REFERENCES @.t ON DELETE CASCADE;

=== foreign key on delete of a column: fk_u_t_id_t @
ALTER TABLE @.u DROP CONSTRAINT fk_u_t_id_t, ADD CONSTRAINT fk_u_t_id_t FOREIGN KEY (t_id) REFERENCES @.t ON DELETE SET NULL (t_id);

=== foreign key on update: fk_u_t_id_t @
ALTER TABLE @.u DROP CONSTRAINT fk_u_t_id_t, ADD CONSTRAINT fk_u_t_id_t FOREIGN KEY (t_id) REFERENCES @.t ON UPDATE SET DEFAULT;

=== foreign key match: fk_u_t_id_t @
ALTER TABLE @.u DROP CONSTRAINT fk_u_t_id_t, ADD CONSTRAINT fk_u_t_id_t FOREIGN KEY (t_id) REFERENCES @.t MATCH FULL;

=== foreign key not valid: fk_u_t_id_t @
ALTER TABLE @.u DROP CONSTRAINT fk_u_t_id_t, ADD CONSTRAINT fk_u_t_id_t FOREIGN KEY (t_id) REFERENCES @.t NOT VALID;

=== foreign key not enforced: fk_u_t_id_t @ (since 18)
ALTER TABLE @.u DROP CONSTRAINT fk_u_t_id_t, ADD CONSTRAINT fk_u_t_id_t FOREIGN KEY (t_id) REFERENCES @.t NOT ENFORCED;

=== foreign key deferrable: fk_u_t_id_t @
ALTER TABLE @.u DROP CONSTRAINT fk_u_t_id_t, ADD CONSTRAINT fk_u_t_id_t FOREIGN KEY (t_id) REFERENCES @.t DEFERRABLE;

=== foreign key deferred: fk_u_t_id_t @
ALTER TABLE @.u DROP CONSTRAINT fk_u_t_id_t, ADD CONSTRAINT fk_u_t_id_t FOREIGN KEY (t_id) REFERENCES @.t DEFERRABLE INITIALLY DEFERRED;

=== foreign key renamed: u_t_id_fkey @
ALTER TABLE @.u RENAME CONSTRAINT fk_u_t_id_t TO u_t_id_fkey;

=== foreign key to another table: fk_u_t_id_t @
ALTER TABLE @.u DROP CONSTRAINT fk_u_t_id_t, ADD CONSTRAINT fk_u_t_id_t FOREIGN KEY (t_id) REFERENCES @.u;

=== foreign key not kept: fk_u_t_id_t @ inserts disabled
ALTER TABLE @.u DISABLE TRIGGER ALL;

=== foreign key not kept where it points: fk_u_t_id_t @ deletes disabled
ALTER TABLE @.t DISABLE TRIGGER ALL;
