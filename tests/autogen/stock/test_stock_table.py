"""Tables of every sort, written as operations and run: the copy equals the original."""

from __future__ import annotations

from tests.autogen.stock.copying import building, offline, upgrade
from tests.catalog.test_copies import ZOO, catalog, run, run_tool
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import diff
from trueline.testing import MakeDatabase
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
    one = catalog(original, frozenset())
    upgrade(copy, building(one))
    assert differences(one, catalog(copy, frozenset())) == []


def test_the_zoo_is_built_offline(any_server: Server, make_database: MakeDatabase) -> None:
    """The same operations as a script for a DBA lead to the same."""
    original, copy = make_database(any_server), make_database(any_server)
    run(original, ZOO)
    one = catalog(original, frozenset())
    run_tool(any_server, "psql", copy, "--quiet", "--set=ON_ERROR_STOP=1", given=offline(building(one)))
    assert differences(one, catalog(copy, frozenset())) == []
