=== models plain

=== column removed: t.e @
ALTER TABLE @.t DROP e;

=== column added: by_hand @
ALTER TABLE @.t ADD by_hand text;

=== column not null: t.e @
ALTER TABLE @.t ALTER e SET NOT NULL;

=== column may be null: t.id @
ALTER TABLE @.t DROP CONSTRAINT pk_t CASCADE, ALTER id DROP NOT NULL;

=== type of other length: t.c @
ALTER TABLE @.t ALTER c TYPE varchar(11);

=== type without length: t.c @
ALTER TABLE @.t ALTER c TYPE varchar;

=== type without length became one with: t.b @
ALTER TABLE @.t ALTER b TYPE varchar(30);

=== type of other precision: t.e @
ALTER TABLE @.t ALTER e TYPE numeric(8, 3);

=== type of another size: t.a @
ALTER TABLE @.t ALTER a TYPE bigint;

=== type without a time zone: t.at @
ALTER TABLE @.t ALTER at TYPE timestamp;

=== type that needs USING to come back: t.e @
ALTER TABLE @.t ALTER e TYPE text;

=== interval fields: t.d @
ALTER TABLE @.t ALTER d TYPE interval day to second;

=== interval precision: t.d @
ALTER TABLE @.t ALTER d TYPE interval(3);

=== collation: t.b @
ALTER TABLE @.t ALTER b TYPE text COLLATE "C";

=== column storage: t.b @
ALTER TABLE @.t ALTER b SET STORAGE EXTERNAL;

=== column compression: t.b @
ALTER TABLE @.t ALTER b SET COMPRESSION pglz;

=== column statistics: t.b @
ALTER TABLE @.t ALTER b SET STATISTICS 500;

=== column options: t.b @
ALTER TABLE @.t ALTER b SET (n_distinct = 5);

=== not null of another name: t.id @ (since 18)
ALTER TABLE @.t RENAME CONSTRAINT t_id_not_null TO by_hand;

=== comment on a column: t.a @ by hand
COMMENT ON COLUMN @.t.a IS 'by hand';

=== comment on a table: @.t by hand
COMMENT ON TABLE @.t IS 'by hand';

=== models stored

=== comment changed in case: @.parent Old
COMMENT ON TABLE @.parent IS 'Old';

=== comment removed: child.b @
COMMENT ON COLUMN @.child.b IS NULL;
