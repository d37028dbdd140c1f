"""Every change that the catalog tells apart can be planned, written, and undone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import sqlalchemy as sa

from tests.acceptance.drive import differences, execute, major, read
from tests.acceptance.plans.pairs import Pair
from tests.acceptance.plans.way import Carry, as_revision, as_sql, catalog_of, planned, undone
from tests.catalog.cases import HAS_ICU, Case, kinds, read_cases
from tests.catalog.names import quoted
from trueline.autogen.plan.lineage import reached
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Table
from trueline.errors import TruelineError

CASES = [case for kind in kinds() for case in read_cases(kind)]

#: What no statement leads to, by the case's key, fields and a word of its change; and which of the two ways.
UNREACHABLE = {
    # UPDATE of a system catalog is the only way there: plpgsql has one version and one schema.
    ("extension plpgsql", "version", "UPDATE"): "both",
    ("extension plpgsql", "schema", "UPDATE"): "both",
    # Only a build that fails leaves an index that is not valid.
    ("index @s @x", "valid", "UPDATE"): "up",
    # Such a function takes the type before it is there, which only those in C can; nothing declares a range type.
    ("range @s @k", "canonical", "UPDATE"): "up",
}

#: No cast leads from one type to the other: an error says so.
REFUSED = {("column @s @t @a", "type", "USING NULL")}

#: The table has to be made anew, and its rows are lost: the revision says so.
DESTRUCTIVE = {("table @s @t", "partition_key", "BY LIST"), ("table @s @t", "column_order", "DROP")}


def listed(given: Case, cases: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Those of the cases that are this one."""
    return [each for each in cases if each[:2] == (given.key, given.fields) and each[2] in given.change]


def reachable(given: Case) -> list[str]:
    """The ways that can be gone, of up and down."""
    closed = {UNREACHABLE[each] for each in listed(given, UNREACHABLE)}
    return [way for way in ("up", "down") if not closed & {way, "both"}]


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.name)
def test_a_change_is_planned_and_undone(ground: sa.Connection, given: Case) -> None:
    """A plan leads from before the change to after it and back; where none can, an error says why."""
    skip_other_versions(ground, given)
    old = catalog_of(ground, given.setup, given.watch)
    new = catalog_of(ground, given.setup + given.change, given.watch)
    ways = {"up": (old, new), "down": (new, old)}
    if listed(given, REFUSED):
        for one, other in ways.values():
            with pytest.raises(TruelineError, match="no cast"):
                planned(ground, one, other)
        return
    for way in reachable(given):
        text = planned(ground, *ways[way])
        assert ("destructive: drops table" in text) == bool(listed(given, DESTRUCTIVE) or loses_table(*ways[way]))
        for carry in carries(ground):
            with undone(ground):
                execute(ground, quoted(given.setup + (given.change if way == "down" else "")))
                carry(ground, text)
                assert differences(read(ground, given.watch), reached(*ways[way])) == [], text


def carries(connection: sa.Connection) -> list[Carry]:
    """Upgrading, and on the newest version also by what ``--sql`` writes, which is the same for every version."""
    return [as_revision, as_sql] if major(connection) >= 18 else [as_revision]


def loses_table(old: Catalog, new: Catalog) -> bool:
    """Whether a table is gone."""
    return any(table.key not in new for table in old.of_kind(Table))


def skip_other_versions(connection: sa.Connection, given: Case | Pair) -> None:
    """Skip what the server does not have."""
    version = major(connection)
    icu = bool(connection.scalar(sa.text(HAS_ICU)))
    fits = given.runs_on(version, icu=icu) if isinstance(given, Case) else given.since <= version < given.before
    if not fits:
        pytest.skip(f"PostgreSQL {version} does not have this")


def test_every_exception_is_a_case() -> None:
    """The lists above name nothing that no case shows."""
    for each in (*UNREACHABLE, *REFUSED, *DESTRUCTIVE):
        assert any(listed(case, [each]) for case in CASES), each
