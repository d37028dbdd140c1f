ALTER TABLE crossed RENAME CONSTRAINT crossed_a_not_null TO x;
ALTER TABLE crossed RENAME CONSTRAINT crossed_b_not_null TO crossed_a_not_null;
ALTER TABLE crossed RENAME CONSTRAINT x TO crossed_b_not_null;
ALTER TABLE members ADD CONSTRAINT note_there NOT NULL note NOT VALID;
CREATE TABLE virtual (a integer, b integer GENERATED ALWAYS AS (a + 1) VIRTUAL);
CREATE TABLE unenforced (a integer, CONSTRAINT c CHECK (a > 0) NOT ENFORCED,
    CONSTRAINT f FOREIGN KEY (a) REFERENCES users NOT ENFORCED);
CREATE TABLE periods (id int4range, at tsrange, PRIMARY KEY (id, at WITHOUT OVERLAPS));
CREATE TABLE named (a integer CONSTRAINT have_a NOT NULL, b integer CONSTRAINT have_b NOT NULL NO INHERIT);
