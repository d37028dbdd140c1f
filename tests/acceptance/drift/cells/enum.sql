=== models enums

=== enum value added: kind @
ALTER TYPE @.kind ADD VALUE 'four';

=== enum value added in the middle: kind @
ALTER TYPE @.kind ADD VALUE 'half' BEFORE 'two';

=== enum value renamed: kind @
ALTER TYPE @.kind RENAME VALUE 'two' TO 'TWO';

=== enum value removed: kind @
ALTER TABLE @.t DROP kind, DROP kinds;
DROP TYPE @.kind;
CREATE TYPE @.kind AS ENUM ('one', 'two');
ALTER TABLE @.t ADD kind @.kind DEFAULT 'one', ADD kinds @.kind[];

=== enum values in another order: kind @
ALTER TABLE @.t DROP kind, DROP kinds;
DROP TYPE @.kind;
CREATE TYPE @.kind AS ENUM ('two', 'three', 'one');
ALTER TABLE @.t ADD kind @.kind DEFAULT 'one', ADD kinds @.kind[];

=== enum column became text: t.kind @
ALTER TABLE @.t ALTER kind DROP DEFAULT, ALTER kind TYPE varchar(9);

=== enum column dropped with its type: kind @
ALTER TABLE @.t DROP kind, DROP kinds;
DROP TYPE @.kind;
