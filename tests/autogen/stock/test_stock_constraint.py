"""Constraints and indexes that come, go and change."""

from __future__ import annotations

import pytest
from alembic.operations import MigrateOperation

from tests.autogen.stock.copying import firing_of
from tests.autogen.stock.test_stock_cases import applies
from tests.autogen.workshop import Workshop
from tests.catalog.cases import Case, read_cases
from tests.catalog.names import bare
from trueline.autogen.stock.constraint import add_constraint, drop_constraint
from trueline.autogen.stock.index import create_index, drop_index
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import diff
from trueline.catalog.objects import Check, Exclusion, ForeignKey, Index, Key, PrimaryKey, Unique
from trueline.catalog.render.firing import KeptByTriggers

KINDS = ("primary_key", "unique", "check", "foreign_key", "exclusion", "index")


def changing(old: Catalog, new: Catalog, key: Key) -> list[MigrateOperation]:
    """Drop what was, create what shall be."""
    found: list[MigrateOperation] = []
    match old.get(key):
        case Index() as gone:
            found += drop_index(gone, old, default_schema="public")
        case PrimaryKey() | Unique() | Check() | ForeignKey() | Exclusion() as gone:
            found += drop_constraint(gone, default_schema="public")
    match new.get(key):
        case Index() as come:
            found += create_index(come, new, default_schema="public")
        case PrimaryKey() | Unique() | Check() | ForeignKey() | Exclusion() as come:
            found += add_constraint(come, default_schema="public")
    kept = new.get(key)
    if isinstance(kept, KeptByTriggers):
        found += firing_of(kept)
    return found


def skip_parts(catalog: Catalog, key: Key) -> None:
    thing = catalog.get(key)
    if isinstance(thing, ForeignKey) and thing.origin is not None:
        pytest.skip("it comes and goes with its parent's")


@pytest.mark.parametrize("given", [case for kind in KINDS for case in read_cases(kind)], ids=lambda given: given.name)
def test_a_case_comes_and_goes(given: Case, workshop: Workshop) -> None:
    """What a case changes of a constraint or index is made anew by operations, there and back."""
    version = workshop.original.info.server_version // 10000
    if not applies(given, version) or given.fields in {"origin", "local origin"}:
        pytest.skip(f"not for PostgreSQL {version}, or no change of the object")
    key = bare(given.key)
    old, new = workshop.make(given.setup, given.change)
    skip_parts(new, key)
    workshop.begin(given.setup)
    for before, after in ((old, new), (new, old)):
        text = workshop.run(changing(before, after, key))
        found = diff(after.own(), workshop.read().own()).essential()
        # A NOT NULL that a primary key has brought stays without it.
        assert [each for each in found if key[0] != "primary_key" or "not_null" not in repr(each)] == [], text


@pytest.mark.parametrize("given", [case for kind in KINDS for case in read_cases(kind)], ids=lambda given: given.name)
def test_reverse_leads_back(given: Case, workshop: Workshop) -> None:
    """Each operation that creates or drops is taken back by its reverse."""
    version = workshop.original.info.server_version // 10000
    if not applies(given, version) or given.fields in {"origin", "local origin"}:
        pytest.skip(f"not for PostgreSQL {version}, or no change of the object")
    old, new = workshop.make(given.setup, given.change)
    skip_parts(new, bare(given.key))
    workshop.begin(given.setup)
    operations = changing(old, new, bare(given.key))
    workshop.run(operations)
    workshop.run([each.reverse() for each in reversed(operations)])
    found = diff(old.own(), workshop.read().own()).essential()
    assert [each for each in found if "not_null" not in repr(each)] == []
