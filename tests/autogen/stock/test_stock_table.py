"""Tables of every sort, written as operations and run: the copy equals the original."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.autogen.stock.copying import building, offline, upgrade
from tests.catalog.test_copies import ZOO, catalog, run, run_tool
from trueline.autogen.stock.table import drop_table
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import diff
from trueline.catalog.objects import Table
from trueline.testing import MakeDatabase
from trueline.testing.databases import connect
from trueline.testing.servers import Server


def without_derived(catalog: Catalog) -> Catalog:
    """Names of what a partition gets from its parent are PostgreSQL's choice."""
    own = catalog.own()
    return own.only(thing for thing in own if thing.origin is None or thing.origin.kind != "partition")


def differences(one: Catalog, two: Catalog) -> list[object]:
    return list(diff(without_derived(one), without_derived(two)))


def test_the_zoo_is_built_anew(any_server: Server, make_database: MakeDatabase) -> None:
    """Every kind of object with every attribute comes out the same."""
    original, copy = make_database(any_server), make_database(any_server)
    run(original, ZOO)
    one = catalog(original, frozenset({"database"}))
    upgrade(copy, building(one))
    assert differences(one, catalog(copy, frozenset({"database"}))) == []


def test_the_zoo_is_built_offline(any_server: Server, make_database: MakeDatabase) -> None:
    """The same operations as a script for a DBA lead to the same."""
    original, copy = make_database(any_server), make_database(any_server)
    run(original, ZOO)
    one = catalog(original, frozenset({"database"}))
    run_tool(any_server, "psql", copy, "--quiet", "--set=ON_ERROR_STOP=1", given=offline(building(one)))
    assert differences(one, catalog(copy, frozenset({"database"}))) == []


USUAL = (Path(__file__).parent / "usual.sql").read_text(encoding="utf-8")
USUAL_18 = (Path(__file__).parent / "usual.18.sql").read_text(encoding="utf-8")
#: What no operation makes.
SERVER = "CREATE FOREIGN DATA WRAPPER wrapper; CREATE SERVER server FOREIGN DATA WRAPPER wrapper;"


def usual(server: Server, url: str) -> Catalog:
    run(url, USUAL + (USUAL_18 if server.version >= 18 else ""))
    return catalog(url, frozenset({"column_order"}))


def in_any_order(given: Catalog) -> Catalog:
    """Columns that come later than their table lie behind the others."""
    return given.only(replace(each, column_order=()) if isinstance(each, Table) else each for each in given)


@pytest.mark.parametrize("default_schema", ["public", "core"])
def test_the_usual_is_built_anew(default_schema: str, any_server: Server, make_database: MakeDatabase) -> None:
    """Serials, identities, keys, children and partitions as people make them, whatever the default schema is."""
    original, copy = make_database(any_server), make_database(any_server)
    one = usual(any_server, original)
    run(copy, SERVER)
    with connect(copy) as connection:
        database = connection.info.dbname
    run(copy, f"CREATE SCHEMA IF NOT EXISTS core; ALTER DATABASE {database} SET search_path = {default_schema}")
    upgrade(copy, building(one, default_schema))
    two = catalog(copy, frozenset({"column_order"}))
    assert differences(in_any_order(one), in_any_order(two)) == []


def test_every_table_goes_and_comes_back(any_server: Server, make_database: MakeDatabase) -> None:
    """A dropped table's reverse makes it with all that it had."""
    url = make_database(any_server)
    one = usual(any_server, url)
    tables = [
        table
        for table in one.of_kind(Table)
        if table.name in {"members", "crossed", "typed", "events_attached", "remote", "lists"}
    ]
    drops = [drop_table(each, one, default_schema="public") for each in tables]
    upgrade(url, drops)
    assert not {each.key for each in tables} & {thing.key for thing in catalog(url)}
    upgrade(url, [each.reverse() for each in drops])
    two = catalog(url, frozenset({"column_order"}))
    assert differences(in_any_order(one), in_any_order(two)) == []


def test_the_usual_is_built_offline(any_server: Server, make_database: MakeDatabase) -> None:
    """A script leads to the same, tabs and backslashes in constants and names included."""
    original, copy = make_database(any_server), make_database(any_server)
    run(original, "CREATE TABLE tabs (\"a\tb\" text DEFAULT 'x\t\\y', c text CHECK (c <> '\t'))")
    run(original, "COMMENT ON TABLE tabs IS 'a\t\\b'")
    one = usual(any_server, original)
    script = f"{SERVER}\n{offline(building(one))}"
    run_tool(any_server, "psql", copy, "--quiet", "--set=ON_ERROR_STOP=1", given=script)
    two = catalog(copy, frozenset({"column_order"}))
    assert differences(in_any_order(one), in_any_order(two)) == []
