"""What needs what, as PostgreSQL keeps it, in keys of objects."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from tests.catalog.conftest import Database
from tests.catalog.names import bare, quoted
from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import digest, from_json, to_json
from trueline.catalog.objects import Column, Table
from trueline.catalog.snapshot import read_catalog

SETUP = """
CREATE SCHEMA @r;
CREATE TYPE @r.@k AS ENUM ('a', 'b');
CREATE DOMAIN @r.@d AS integer CHECK (VALUE > 0);
CREATE TYPE @r.@m AS RANGE (subtype = float8);
CREATE TYPE @r.@c AS (@a integer, @b text);
CREATE SEQUENCE @r.@q;
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b text UNIQUE, @c integer);
CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
CREATE FUNCTION @r.@f(@a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION @r.@h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
"""

FUNCTION, FIRE = "function @r @f integer", "function @r @h"
TABLE, A, B, C = "table @s @t", "column @s @t @a", "column @s @t @b", "column @s @t @c"
ENUM, DOMAIN, RANGE, COMPOSITE = "enum @r @k", "domain @r @d", "range @r @m", "composite @r @c"
SEQUENCE, KEY, VIEW = "sequence @r @q", "primary_key @s @t {key}", "view @s @v"


class Given(NamedTuple):
    """SQL, the object whose dependencies are asked for, and those, all of them."""

    sql: str
    source: str
    needed: tuple[str, ...] = ()


CASES = [
    # columns
    Given("CREATE TABLE @s.@u (@a @r.@k)", "column @s @u @a", (ENUM,)),
    Given("CREATE TABLE @s.@u (@a @r.@k[])", "column @s @u @a", (ENUM,)),
    Given("CREATE TABLE @s.@u (@a @r.@d)", "column @s @u @a", (DOMAIN,)),
    Given("CREATE TABLE @s.@u (@a @r.@d[])", "column @s @u @a", (DOMAIN,)),
    Given("CREATE TABLE @s.@u (@a @r.@m)", "column @s @u @a", (RANGE,)),
    Given("CREATE TABLE @s.@u (@a @r.{multi})", "column @s @u @a", (RANGE,)),
    Given("CREATE TABLE @s.@u (@a @r.{multi}[])", "column @s @u @a", (RANGE,)),
    Given("CREATE TABLE @s.@u (@a @r.@c)", "column @s @u @a", (COMPOSITE,)),
    Given("CREATE TABLE @s.@u (@a @s.@t)", "column @s @u @a", (TABLE,)),
    Given("CREATE TABLE @s.@u (@a @s.@t[])", "column @s @u @a", (TABLE,)),
    Given("CREATE TABLE @s.@u (@a @s.@v)", "column @s @u @a", (VIEW,)),
    Given("CREATE TABLE @s.@u (@a integer DEFAULT @r.@f(1))", "column @s @u @a", (FUNCTION,)),
    Given("CREATE TABLE @s.@u (@a text DEFAULT 'a'::@r.@k::text)", "column @s @u @a", (ENUM,)),
    Given("CREATE TABLE @s.@u (@a text DEFAULT (@r.@m(1, 2))::text)", "column @s @u @a", (RANGE,)),
    Given("CREATE TABLE @s.@u (@a text DEFAULT (@r.{multi}())::text)", "column @s @u @a", (RANGE,)),
    Given("CREATE TABLE @s.@u (@a bigint DEFAULT nextval($q$@r.@q$q$))", "column @s @u @a", (SEQUENCE,)),
    Given("ALTER TABLE @s.@t ADD @d integer GENERATED ALWAYS AS (@r.@f(@a)) STORED", "column @s @t @d", (FUNCTION, A)),
    Given("ALTER TABLE @s.@t ADD @d integer GENERATED ALWAYS AS (@a + @c) STORED", "column @s @t @d", (A, C)),
    Given("CREATE TABLE @s.@u (@a integer GENERATED ALWAYS AS IDENTITY)", "column @s @u @a"),
    Given("CREATE TABLE @s.@u (@a integer DEFAULT 1 CHECK (@a > 0) PRIMARY KEY)", "column @s @u @a"),
    Given("CREATE TABLE @s.@u (@a serial)", "sequence @s {serial}"),
    # types
    Given("CREATE DOMAIN @s.@n AS @r.@k", "domain @s @n", (ENUM,)),
    Given("CREATE DOMAIN @s.@n AS integer CHECK (@r.@f(VALUE) > 0)", "domain @s @n", (FUNCTION,)),
    Given("CREATE DOMAIN @s.@n AS integer DEFAULT @r.@f(1)", "domain @s @n", (FUNCTION,)),
    Given("CREATE TYPE @s.@n AS (@a @r.@k, @b @r.@d[])", "composite @s @n", (ENUM, DOMAIN)),
    Given("CREATE TYPE @s.@n AS RANGE (subtype = @r.@d)", "range @s @n", (DOMAIN,)),
    # routines
    Given("CREATE FUNCTION @s.@n(@r.@k) RETURNS void LANGUAGE sql AS ''", "function @s @n {r}.type", (ENUM,)),
    Given("CREATE FUNCTION @s.@n() RETURNS @r.@d LANGUAGE sql AS 'SELECT 1'", "function @s @n", (DOMAIN,)),
    Given("CREATE FUNCTION @s.@n() RETURNS SETOF @s.@t LANGUAGE plpgsql AS 'BEGIN END'", "function @s @n", (TABLE,)),
    Given(
        "CREATE FUNCTION @s.@n(integer DEFAULT @r.@f(1)) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "function @s @n integer",
        (FUNCTION,),
    ),
    Given(
        "CREATE FUNCTION @s.@n() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT @b FROM @s.@t WHERE @r.@f(@a) > 1; END",
        "function @s @n",
        (A, B, TABLE, FUNCTION),
    ),
    Given("CREATE PROCEDURE @s.@n() LANGUAGE sql BEGIN ATOMIC SELECT @b FROM @s.@v; END", "procedure @s @n", (VIEW,)),
    Given(
        "CREATE FUNCTION @r.@n(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';"
        "CREATE AGGREGATE @s.@n(integer) (SFUNC = @r.@n, STYPE = integer)",
        "aggregate @s @n integer",
        ("function @r @n integer,~integer",),
    ),
    # constraints and indexes
    Given("ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@r.@f(@a) > 0)", "check @s @t @n", (FUNCTION,)),
    Given("ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@b <> 'a'::@r.@k::text)", "check @s @t @n", (ENUM,)),
    Given("ALTER TABLE @s.@t ADD CONSTRAINT @n CHECK (@a > @c)", "check @s @t @n"),
    Given("ALTER TABLE @s.@t ADD CONSTRAINT @n UNIQUE (@c)", "unique @s @t @n"),
    Given("ALTER TABLE @s.@t ADD CONSTRAINT @n EXCLUDE (@r.@f(@a) WITH =)", "exclusion @s @t @n", (FUNCTION,)),
    Given("CREATE INDEX @n ON @s.@t (@r.@f(@a))", "index @s @n", (FUNCTION,)),
    Given("CREATE INDEX @n ON @s.@t (@a) WHERE ROW(@a, @b)::@r.@c IS NULL", "index @s @n", (COMPOSITE,)),
    Given("CREATE INDEX @n ON @s.@t (@a, (@c + 1))", "index @s @n"),
    Given("CREATE STATISTICS @s.@n ON (@r.@f(@a)), @b FROM @s.@t", "statistics @s @n", (FUNCTION,)),
    Given("CREATE STATISTICS @s.@n ON @a, @b FROM @s.@t", "statistics @s @n"),
    Given(
        "CREATE TABLE @s.@u (@a integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t)",
        "foreign_key @s @u @n",
        (TABLE, KEY),
    ),
    Given(
        "CREATE UNIQUE INDEX @i ON @s.@t (@c);"
        "CREATE TABLE @s.@u (@a integer, CONSTRAINT @n FOREIGN KEY (@a) REFERENCES @s.@t (@c))",
        "foreign_key @s @u @n",
        (TABLE, "index @s @i"),
    ),
    Given("ALTER TABLE @s.@t ADD CONSTRAINT @n FOREIGN KEY (@c) REFERENCES @s.@t", "foreign_key @s @t @n", (KEY,)),
    # tables
    Given("CREATE TABLE @s.@u () INHERITS (@s.@t)", "table @s @u", (TABLE,)),
    Given("CREATE TABLE @s.@u OF @r.@c", "table @s @u", (COMPOSITE,)),
    Given(
        "CREATE TABLE @s.@u (@a integer) PARTITION BY LIST (@r.@f(@a)); CREATE TABLE @s.@p PARTITION OF @s.@u DEFAULT",
        "table @s @p",
        ("table @s @u",),
    ),
    Given("CREATE TABLE @s.@u (@a integer) PARTITION BY LIST (@r.@f(@a))", "table @s @u", (FUNCTION,)),
    # views
    Given("CREATE VIEW @s.@n AS SELECT @a FROM @s.@t", "view @s @n", (TABLE, A)),
    Given("CREATE VIEW @s.@n AS SELECT count(*) FROM @s.@t", "view @s @n", (TABLE,)),
    Given("CREATE VIEW @s.@n AS SELECT t FROM @s.@t t", "view @s @n", (TABLE,)),
    Given("CREATE VIEW @s.@n AS SELECT @a FROM @s.@v", "view @s @n", (VIEW,)),
    Given("CREATE VIEW @s.@n AS SELECT @r.@f(1), 'a'::@r.@k", "view @s @n", (FUNCTION, ENUM)),
    Given("CREATE VIEW @s.@n AS SELECT nextval($q$@r.@q$q$)", "view @s @n", (SEQUENCE,)),
    Given("CREATE VIEW @s.@n AS SELECT @b FROM @s.@t GROUP BY @a", "view @s @n", (TABLE, A, B, KEY)),
    Given(
        "CREATE VIEW @s.@n AS SELECT 1 AS @a; ALTER VIEW @s.@n ALTER @a SET DEFAULT @r.@f(1)", "view @s @n", (FUNCTION,)
    ),
    Given(
        "CREATE MATERIALIZED VIEW @s.@n AS SELECT @b, @r.@f(@a) FROM @s.@t",
        "materialized_view @s @n",
        (TABLE, A, B, FUNCTION),
    ),
    Given("CREATE MATERIALIZED VIEW @s.@n AS SELECT 1 AS @a; CREATE INDEX @i ON @s.@n (@a)", "index @s @i"),
    # what fires
    Given(
        "CREATE RULE @n AS ON DELETE TO @s.@v DO INSTEAD DELETE FROM @s.@t WHERE @c = old.@a",
        "rule @s @v @n",
        (TABLE, C),
    ),
    Given("CREATE RULE @n AS ON UPDATE TO @s.@t WHERE @r.@f(new.@c) > 1 DO NOTHING", "rule @s @t @n", (C, FUNCTION)),
    Given("CREATE POLICY @n ON @s.@t USING (@r.@f(@c) > 1)", "policy @s @t @n", (C, FUNCTION)),
    Given(
        "CREATE TABLE @s.@u (@a @r.@k);CREATE POLICY @n ON @s.@t USING (EXISTS (SELECT FROM @s.@u u WHERE u.@a = 'a'))",
        "policy @s @t @n",
        ("table @s @u", "column @s @u @a", ENUM),
    ),
    Given("CREATE TRIGGER @n AFTER INSERT ON @s.@t EXECUTE FUNCTION @r.@h()", "trigger @s @t @n", (FIRE,)),
    Given("CREATE TRIGGER @n AFTER UPDATE OF @b ON @s.@t EXECUTE FUNCTION @r.@h()", "trigger @s @t @n", (FIRE, B)),
    Given(
        "CREATE TRIGGER @n AFTER INSERT ON @s.@t FOR EACH ROW WHEN (@r.@f(new.@c) > 1) EXECUTE FUNCTION @r.@h()",
        "trigger @s @t @n",
        (FIRE, FUNCTION, C),
    ),
    Given(
        "CREATE TRIGGER @n INSTEAD OF INSERT ON @s.@v FOR EACH ROW EXECUTE FUNCTION @r.@h()",
        "trigger @s @v @n",
        (FIRE,),
    ),
]

#: Names that PostgreSQL chooses.
CHOSEN = {
    "{key}": "SELECT conname FROM pg_constraint WHERE contype = 'p' AND conrelid = $q$@s.@t$q$::regclass",
    "{multi}": "SELECT typname FROM pg_type WHERE oid = (SELECT rngmultitypid FROM pg_range "
    "WHERE rngtypid = $q$@r.@m$q$::regtype)",
    "{serial}": "SELECT relname FROM pg_class WHERE relkind = 'S' AND relname LIKE '%seq'",
}


def run(database: Database, sql: str) -> None:
    for place in CHOSEN:
        if place in sql:
            sql = sql.replace(place, '"' + chosen(database, place).replace('"', '""') + '"')
    database.execute(quoted(sql).encode())


def chosen(database: Database, place: str) -> str:
    row = database.execute(quoted(CHOSEN[place]).encode()).fetchone()
    assert row is not None
    return str(row[0])


def key(database: Database, words: str) -> tuple[str, ...]:
    parts = bare(words)
    names = {place: chosen(database, place) for part in parts for place in CHOSEN if place in part}
    found = tuple(
        names.get(part, part).replace("~", " ").replace("{r}.type", '"public.with.dots".type') for part in parts
    )
    return (*found, "") if parts[0] in {"function", "procedure"} and len(parts) == 3 else found


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.sql[:60].replace(" ", "-"))
def test_what_an_object_needs(case: Database, given: Given) -> None:
    """The dependencies of an object are these, no more and no fewer."""
    run(case, SETUP)
    run(case, given.sql)
    catalog = read_catalog(case)
    source = key(case, given.source)
    assert source in catalog
    assert catalog.own().dependencies.get(source, frozenset()) == {key(case, needed) for needed in given.needed}


def test_a_plain_table_has_none(case: Database) -> None:
    """What lies inside a table, and a schema with everything in it, needs no edge."""
    before = read_catalog(case).dependencies
    run(
        case,
        """
        CREATE TABLE @s.@t (@a integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, @b text NOT NULL DEFAULT 'x',
            @c numeric CHECK (@c > 0 AND @b <> ''), CONSTRAINT @n UNIQUE (@b, @c));
        CREATE INDEX ON @s.@t (@b) WHERE @c > 1; CREATE STATISTICS @s.@n ON @b, @c FROM @s.@t;
        COMMENT ON TABLE @s.@t IS 'x'; ALTER TABLE @s.@t ENABLE ROW LEVEL SECURITY;
        CREATE POLICY @n ON @s.@t USING (true)
        """,
    )
    assert read_catalog(case).dependencies == before


def test_members_of_an_extension_are_the_extension(case: Database) -> None:
    """Whatever uses a type or function of an extension needs the extension, which itself has no edges."""
    name = "hstore" if case.info.server_version < 160000 else "vector"
    kind, call = ("hstore", "akeys(@a)") if name == "hstore" else ("vector(3)", "vector_dims(@a)")
    run(case, f"CREATE EXTENSION {name} WITH SCHEMA @s; SET LOCAL search_path = @s, public")
    before = read_catalog(case).own()
    run(case, f"CREATE TABLE @s.@t (@a {kind}, @b {kind}[])")
    run(case, f"CREATE VIEW @s.@v AS SELECT {call} FROM @s.@t")  # noqa: S608 - the two words above
    after = read_catalog(case).own()
    extension = {("extension", name)}
    assert set(after.dependencies) - set(before.dependencies) == {bare(A), bare(B), bare("view @s @v")}
    assert after.dependencies[bare(A)] == after.dependencies[bare(B)] == extension
    assert after.dependencies[bare("view @s @v")] == extension | {bare(A), bare("table @s @t")}
    assert before.dependencies == {}


ONE, TWO = Table("s", "one"), Table("s", "two", parents=(("s", "one"),))
COLUMN = Column("s", "two", "a", "integer")


def test_dependencies_are_no_difference() -> None:
    """They are kept in JSON, but are neither in equality nor in the digest, and are left out where there are none."""
    with_edges = Catalog((ONE, TWO), 180004, dependencies={TWO.key: frozenset({ONE.key})})
    without = Catalog((ONE, TWO), 180004)
    assert with_edges == without
    assert digest(with_edges) == digest(without)
    assert from_json(to_json(with_edges)).dependencies == with_edges.dependencies
    assert from_json(to_json(without)).dependencies == {}
    assert "dependencies" not in json.loads(to_json(without))


def test_a_part_of_a_catalog_has_a_part_of_the_dependencies() -> None:
    """An edge stays where both of its ends do."""
    edges = {TWO.key: frozenset({ONE.key, COLUMN.key}), COLUMN.key: frozenset({ONE.key})}
    catalog = Catalog((ONE, TWO, COLUMN), 180004, dependencies=edges)
    assert catalog.only((ONE, TWO)).dependencies == {TWO.key: frozenset({ONE.key})}
    assert catalog.only((TWO, COLUMN)).dependencies == {TWO.key: frozenset({COLUMN.key})}
    assert catalog.only(catalog).dependencies == edges
