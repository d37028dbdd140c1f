"""What one statement makes: whose it is, what of it is kept to itself, and what needs it."""

from __future__ import annotations

import psycopg
import pytest

from tests.catalog.conftest import Database
from tests.catalog.names import bare, quoted
from tests.catalog.test_copies import run_tool
from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import to_json
from trueline.catalog.diff import diff
from trueline.catalog.objects import DEFINED, Defined
from trueline.catalog.snapshot import WATCHABLE, read_catalog
from trueline.testing import MakeDatabase
from trueline.testing.databases import connect
from trueline.testing.servers import Server

KINDS = {cls.kind for cls in DEFINED}


def made(database: Database, sql: str) -> Catalog:
    database.execute(quoted(sql).encode())
    return read_catalog(database, watch=frozenset({"database"})).own()


def defined(catalog: Catalog) -> list[tuple[str, ...]]:
    return [thing.key for thing in catalog.own() if thing.kind in KINDS]


def with_all_extensions(url: str) -> Catalog:
    """Every extension that the server has, each that can be installed."""
    with connect(url) as connection:
        connection.autocommit = True
        for (name,) in connection.execute("SELECT name FROM pg_available_extensions ORDER BY 1").fetchall():
            try:
                connection.execute(f'CREATE EXTENSION IF NOT EXISTS "{name}" CASCADE'.encode())
            except psycopg.Error:
                continue  # a library that must be loaded when the server starts
        return read_catalog(connection, watch=WATCHABLE)


def test_what_came_with_the_database_is_nobodys(any_empty_url: str) -> None:
    """A new database has none of its own."""
    with connect(any_empty_url) as connection:
        assert defined(read_catalog(connection, watch=WATCHABLE)) == []


def test_what_extensions_bring_is_theirs(any_server: Server, make_database: MakeDatabase) -> None:
    """With every extension that is here there is none of its own, nor in a database restored from its dump."""
    original, copy = make_database(any_server), make_database(any_server)
    one = with_all_extensions(original)
    assert defined(one) == []
    dump = run_tool(any_server, "pg_dump", original, "--schema-only")
    run_tool(any_server, "psql", copy, "--quiet", "--set=ON_ERROR_STOP=1", given=dump)
    with connect(copy) as connection:
        two = read_catalog(connection, watch=WATCHABLE)
    assert defined(two) == []
    assert list(diff(one.own(), two.own())) == []


def test_what_comes_with_something_else_is_no_object(case: Database) -> None:
    """An operator that only another one names, and the cast of a range to its multirange."""
    catalog = made(
        case,
        "CREATE TYPE @s.@m AS RANGE (subtype = float8); CREATE OPERATOR @s.<<< (FUNCTION = int4lt, "
        "LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = OPERATOR(@s.>>>))",
    )
    assert defined(catalog) == [bare("operator @s <<< integer,~integer")]


@pytest.mark.parametrize(
    "option",
    [
        *("password 'hush'", "passfile 'hush'", "sslpassword 'hush'", "secret 'hush'", "aws_secret_access_key 'hush'"),
        *("api_key 'hush'", "\"Auth Token\" 'hush'", "credentials_file 'hush'", "pwd 'hush'"),
        *("dsn 'postgresql://me:hush@there'", "conn 'host=x password = hush'", "odbc 'UID=x;PWD=hush'"),
    ],
)
def test_options_that_may_hold_a_secret_stay_where_they_are(case: Database, option: str) -> None:
    """Neither name nor value is read, of a wrapper or of a server; user mappings never are."""
    catalog = made(
        case,
        f"CREATE FOREIGN DATA WRAPPER @n OPTIONS ({option}, host 'a'); CREATE SERVER @n FOREIGN DATA WRAPPER @n "
        f"OPTIONS (port '5', {option}); CREATE USER MAPPING FOR PUBLIC SERVER @n OPTIONS (\"user\" 'hush')",
    )
    assert "hush" not in to_json(catalog)
    parts = {thing.kind: dict(thing.parts) for thing in catalog if isinstance(thing, Defined)}
    assert set(parts["foreign_data_wrapper"]) == {"option host"}
    assert set(parts["server"]) == {"FOREIGN DATA WRAPPER", "option port"}


def test_options_of_dictionaries_are_read_one_by_one(case: Database) -> None:
    """Whatever stands in them."""
    catalog = made(
        case,
        "CREATE TEXT SEARCH DICTIONARY @s.@n (TEMPLATE = simple); UPDATE pg_ts_dict SET dictinitoption = $q$"
        "\"B = 'x', c\" = 'it''s, a = ''b''', \"q\"\"q\" = E'back\\\\slash', a = 5, d = ''"
        "$q$ WHERE oid >= 16384",
    )
    thing = catalog[bare("text_search_dictionary @s @n")]
    assert isinstance(thing, Defined)
    assert thing.parts[1:] == (
        ("\"B = 'x', c\"", "'it''s, a = ''b'''"),
        ('"q""q"', "E'back\\\\slash'"),
        ("a", "5"),
        ("d", "''"),
    )


def test_the_version_of_a_provider_is_no_difference(case: Database) -> None:
    """The version of a collation's provider is the server's own."""
    before = made(case, "CREATE COLLATION @s.@n (locale = 'C')")
    after = made(case, "UPDATE pg_collation SET collversion = '7' WHERE oid >= 16384")
    assert before == after


NEEDED = {
    "index @s @x": ("CREATE INDEX @x ON @s.@t (@a @s.@n)", {"operator_class @s @n btree"}),
    "column @s @u @a": ("CREATE TABLE @s.@u (@a text COLLATE @s.@n)", {"collation @s @n"}),
    "column @s @u @b": (
        "CREATE TABLE @s.@u (@b boolean DEFAULT 1 OPERATOR(@s.<<<) 2)",
        {"operator @s <<< integer,~integer"},
    ),
    "domain @s @d": ("CREATE DOMAIN @s.@d AS text COLLATE @s.@n", {"collation @s @n"}),
    "view @s @v": (
        "CREATE VIEW @s.@v AS SELECT 1 OPERATOR(@s.<<<) 2 AS @a, to_tsvector($q$@s.@n$q$, 'x') AS @b",
        {"operator @s <<< integer,~integer", "text_search_configuration @s @n"},
    ),
    "operator_class @s @n btree": (
        "",
        {"operator_family @s @n btree", "operator @s <<< integer,~integer", "function @s @f integer,~integer"},
    ),
    "operator @s @#@ NONE,~integer": (
        "CREATE FUNCTION @s.@g(integer) RETURNS integer IMMUTABLE RETURN 1;"
        "CREATE OPERATOR @s.@#@ (FUNCTION = @s.@g, RIGHTARG = integer)",
        {"function @s @g integer"},
    ),
    "aggregate @s @l integer": (
        "CREATE AGGREGATE @s.@l(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = OPERATOR(@s.<<<))",
        {"operator @s <<< integer,~integer"},
    ),
    "text_search_configuration @s @n": ("", {"text_search_dictionary @s @n"}),
    "publication @n": (
        "CREATE SCHEMA @r; CREATE PUBLICATION @n FOR TABLE @s.@t WHERE (@a > 1), TABLES IN SCHEMA @r",
        {"table @s @t", "column @s @t @a", "schema @r"},
    ),
    "server @n": (
        "CREATE FOREIGN DATA WRAPPER @m; CREATE SERVER @n FOREIGN DATA WRAPPER @m",
        {"foreign_data_wrapper @m"},
    ),
    "event_trigger @n": (
        "CREATE FUNCTION @s.@h() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
        "CREATE EVENT TRIGGER @n ON sql_drop EXECUTE FUNCTION @s.@h()",
        {"function @s @h "},
    ),
    "function @s @g integer": (
        "CREATE LANGUAGE @n HANDLER plpgsql_call_handler;"
        "CREATE FUNCTION @s.@g(integer) RETURNS integer LANGUAGE @n AS 'BEGIN END'",
        {"language @n"},
    ),
}

SETUP = """
CREATE TABLE @s.@t (@a integer PRIMARY KEY, @b text);
CREATE COLLATION @s.@n (locale = 'C');
CREATE TEXT SEARCH DICTIONARY @s.@n (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION @s.@n (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION @s.@n ADD MAPPING FOR word WITH @s.@n;
CREATE FUNCTION @s.@f(integer, integer) RETURNS integer IMMUTABLE RETURN 0;
CREATE OPERATOR @s.<<< (FUNCTION = int4lt, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR CLASS @s.@n FOR TYPE integer USING btree AS OPERATOR 1 @s.<<<, FUNCTION 1 @s.@f(integer, integer);
"""


@pytest.mark.parametrize("source", NEEDED)
def test_what_needs_what(case: Database, source: str) -> None:
    """Whoever uses one of these needs it, and it needs what it is made of."""
    sql, needed = NEEDED[source]
    catalog = made(case, SETUP + sql)
    assert catalog.dependencies.get(bare(source), frozenset()) == {bare(each) for each in needed}


def test_what_was_read_by_a_cast_needs_the_cast(case: Database) -> None:
    """PostgreSQL keeps its function alone; what comes back from a dump reads the cast."""
    catalog = made(
        case,
        "CREATE TYPE @s.@t AS ENUM ('x'); CREATE FUNCTION @s.@f(integer) RETURNS @s.@t IMMUTABLE RETURN 'x'::@s.@t;"
        "CREATE CAST (integer AS @s.@t) WITH FUNCTION @s.@f(integer); CREATE VIEW @s.@v AS SELECT 5::@s.@t AS @a",
    )
    cast = bare("cast integer~AS~@s.@t")
    assert cast in catalog.dependencies[bare("view @s @v")]
    assert catalog.dependencies[cast] == {bare("function @s @f integer"), bare("enum @s @t")}
