=== models sequences

=== sequence removed: two @
DROP SEQUENCE @.two;

=== sequence start: full @
ALTER SEQUENCE @.full START 7;

=== sequence increment: full @
ALTER SEQUENCE @.full INCREMENT 1;

=== sequence minimum: full @
ALTER SEQUENCE @.full MINVALUE 1;

=== sequence maximum: full @
ALTER SEQUENCE @.full NO MAXVALUE;

=== sequence cache: full @
ALTER SEQUENCE @.full CACHE 1;

=== sequence cycle: full @
ALTER SEQUENCE @.full NO CYCLE;

=== sequence type: full @
ALTER SEQUENCE @.full AS integer;

=== sequence persistence: full @
ALTER SEQUENCE @.full SET UNLOGGED;

=== sequence owner column: full @
ALTER SEQUENCE @.full OWNED BY @.t.n;

=== sequence of another default: t.s @
ALTER TABLE @.t ALTER s SET DEFAULT nextval('@.two');

=== serial without its default: serial.id @
ALTER TABLE @.serial ALTER id DROP DEFAULT;

=== serial became identity: serial.id @
ALTER TABLE @.serial ALTER id DROP DEFAULT;
DROP SEQUENCE @.serial_id_seq;
ALTER TABLE @.serial ALTER id ADD GENERATED ALWAYS AS IDENTITY;

=== identity always: t.id @
ALTER TABLE @.t ALTER id SET GENERATED ALWAYS;

=== identity start: t.id @
ALTER TABLE @.t ALTER id SET START 1;

=== identity increment: t.id @
ALTER TABLE @.t ALTER id SET INCREMENT 1;

=== identity cache: t.id @
ALTER TABLE @.t ALTER id SET CACHE 1;

=== identity maximum: t.id @
ALTER TABLE @.t ALTER id SET MAXVALUE 99;

=== identity cycle: t.id @
ALTER TABLE @.t ALTER id SET CYCLE;

=== identity gone: t.id @
ALTER TABLE @.t ALTER id DROP IDENTITY;

=== identity became a default: t.id @
ALTER TABLE @.t ALTER id DROP IDENTITY, ALTER id SET DEFAULT 5;

=== default became identity: t.n @
ALTER TABLE @.t ALTER q DROP DEFAULT, ALTER n DROP DEFAULT, ALTER n SET NOT NULL, ALTER n ADD GENERATED ALWAYS AS IDENTITY;

=== default removed: t.n @
ALTER TABLE @.t ALTER n DROP DEFAULT;

=== default changed: t.n @
ALTER TABLE @.t ALTER n SET DEFAULT 8;

=== default became a function: t.n @
ALTER TABLE @.t ALTER n SET DEFAULT random() * 5;

=== default of json: t.j @
ALTER TABLE @.t ALTER j SET DEFAULT '[]';

=== default with a quote: t.q @
ALTER TABLE @.t ALTER q SET DEFAULT 'it''''s';

=== default text: t.p @
ALTER TABLE @.t ALTER p SET DEFAULT '1';

=== computed by another expression: t.double @
ALTER TABLE @.t DROP double, ADD double integer GENERATED ALWAYS AS (n * 3) STORED;

=== computed no more: t.double @
ALTER TABLE @.t ALTER double DROP EXPRESSION;

=== computed when read: t.double @ (since 18)
ALTER TABLE @.t DROP double, ADD double integer GENERATED ALWAYS AS (n * 2) VIRTUAL;
