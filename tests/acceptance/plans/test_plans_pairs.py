"""Changes that meet: each pair of schemas leads to the other and back, with its rows."""

from __future__ import annotations

import subprocess

import pytest
import sqlalchemy as sa

from tests.acceptance.conftest import PREPARED
from tests.acceptance.drive import commit, connected, differences, execute, sql_of
from tests.acceptance.plans.pairs import Pair, read_pairs
from tests.acceptance.plans.test_plans_cases import carries, loses_table, skip_other_versions
from tests.acceptance.plans.way import Carry, Way, as_revision, catalog_of, planned, undone, walk
from tests.acceptance.project import plain_url
from tests.catalog.names import quoted
from trueline.autogen.plan import plan
from trueline.catalog.catalog import Catalog
from trueline.embedded import tools
from trueline.errors import TruelineError
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

PAIRS = read_pairs()
BOTH_WAYS = [pair for pair in PAIRS if not pair.refused and not pair.nothing]
WITHIN = [pair for pair in BOTH_WAYS if not pair.committed]
COMMITTED = [pair for pair in BOTH_WAYS if pair.committed]
REFUSED = [pair for pair in PAIRS if pair.refused]
NOTHING = [pair for pair in PAIRS if pair.nothing]


def by_name(pairs: list[Pair]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("given", [pytest.param(pair, id=pair.name) for pair in pairs])


@pytest.fixture
def catalogs(ground: sa.Connection, given: Pair) -> tuple[Catalog, Catalog]:
    skip_other_versions(ground, given)
    old = catalog_of(ground, given.old, given.watch)
    new = catalog_of(ground, given.new, given.watch)
    assert (differences(old, new) == []) == given.nothing
    assert plan(new, new) == []
    return old, new


@pytest.fixture
def way(ground: sa.Connection, given: Pair, catalogs: tuple[Catalog, Catalog]) -> Way:
    old, new = catalogs
    try:
        return Way(old, new, planned(ground, old, new), planned(ground, new, old))
    except TruelineError as error:
        if not given.may_refuse:
            raise
        pytest.skip(f"refused: {error.what}")


@by_name(WITHIN)
def test_a_pair_is_planned_and_undone(ground: sa.Connection, given: Pair, way: Way) -> None:
    """A plan leads from the old schema to the new one and back, and what both hold is still there."""
    assert not way.commits, "such a pair has to be marked as committed"
    assert ("destructive: drops table" in way.up) == given.destructive or loses_table(way.old, way.new)
    for carry in carries(ground):
        with undone(ground):
            execute(ground, quoted(given.old + given.rows))
            walk(ground, way, carry, given.kept, given.works)


@by_name(COMMITTED)
def test_a_committed_pair_is_planned_and_undone(
    given: Pair, way: Way, any_server: Server, make_database: MakeDatabase
) -> None:
    """The same where PostgreSQL treats what an earlier transaction made in another way."""
    with connected(make_database(any_server)) as connection:
        fill(connection, given)
        committed_walk(connection, way, as_revision, given.kept)


@by_name(COMMITTED)
def test_a_committed_pair_is_planned_as_sql(
    given: Pair, way: Way, any_server: Server, make_database: MakeDatabase
) -> None:
    """What ``--sql`` writes leads to the same when psql reads it."""
    if any_server.version < 18:
        pytest.skip("written alike for every version")
    url = make_database(any_server)

    def by_psql(_: sa.Connection, code: str) -> None:
        command = [str(tools(any_server.version) / "psql"), "-X", "--quiet", "--set=ON_ERROR_STOP=1", plain_url(url)]
        text = f"BEGIN;\n{sql_of(code)}\nCOMMIT;\n"
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + text

    with connected(url) as connection:
        fill(connection, given)
        committed_walk(connection, way, by_psql, given.kept)


def fill(connection: sa.Connection, given: Pair) -> None:
    """Make the old schema, with rows, and commit it."""
    execute(connection, PREPARED + quoted(given.old + given.rows))
    commit(connection)


def committed_walk(connection: sa.Connection, way: Way, carry: Carry, kept: str) -> None:
    def carried(connection: sa.Connection, code: str) -> None:
        commit(connection)
        carry(connection, code)

    walk(connection, way, carried, kept)


@by_name(REFUSED)
@pytest.mark.usefixtures("given")
def test_a_pair_without_a_way_is_refused(ground: sa.Connection, catalogs: tuple[Catalog, Catalog]) -> None:
    """Where nothing leads from one to the other, the error names the object and says what to do."""
    for one, other in (catalogs, reversed(catalogs)):
        with pytest.raises(TruelineError) as caught:
            planned(ground, one, other)
        assert caught.value.fix
        assert len(str(caught.value)) > 60


@by_name(NOTHING)
@pytest.mark.usefixtures("given")
def test_what_is_no_difference_is_not_planned(catalogs: tuple[Catalog, Catalog]) -> None:
    """Neither the order of columns, nor a name that nobody chose, has anything planned for it."""
    old, new = catalogs
    assert plan(old, new) == []
    assert plan(new, old) == []
