"""The one comparison, as a function of two values."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.catalog.test_codec import CATALOGS
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Changed, Delta, diff
from trueline.catalog.objects import CatalogObject, Column, Index, Origin, Sequence, Table
from trueline.catalog.objects.base import OriginKind
from trueline.errors import TruelineError

TABLE = Table("s", "t")
CHILD = Table("s", "c", parents=(("s", "t"),))
COLUMN = Column("s", "t", "a", "integer")
INHERITED = Column("s", "c", "a", "integer", origin=Origin("inherited", COLUMN.key))


def of(*objects: CatalogObject, version: int = 180004) -> Catalog:
    return Catalog(objects, version)


def test_parts_are_sorted_by_key() -> None:
    """Added, removed and changed objects come in the order of their keys, changed ones with their fields."""
    old = of(Table("b", "x"), Table("a", "x"), Table("c", "x"), Table("d", "y"))
    new = of(Table("d", "y", row_security=True, options=("a=b",)), Table("z", "1"), Table("y", "1"))
    delta = diff(old, new)
    assert delta.added == (Table("y", "1"), Table("z", "1"))
    assert delta.removed == (Table("a", "x"), Table("b", "x"), Table("c", "x"))
    assert delta.changed == (Changed(old.objects[-1], new.objects[0], ("options", "row_security")),)
    assert len(delta) == 6
    assert delta


def test_equal_catalogs_have_no_difference() -> None:
    """No difference is false, empty, and the same as nothing."""
    assert not diff(of(TABLE, COLUMN), of(COLUMN, TABLE))
    assert diff(of(TABLE), of(TABLE)) == Delta()


def test_two_objects_of_one_key_are_refused() -> None:
    """A catalog with one key twice is refused by name: one of the two would be lost."""
    with pytest.raises(TruelineError, match="two objects of one key: table s t"):
        of(TABLE, Table("s", "t", row_security=True))


def test_what_cannot_be_compared() -> None:
    """Catalogs of two major versions, or that watch different things, have different words for the same."""
    with pytest.raises(TruelineError, match="differ in major version cannot be compared: 16, 18"):
        diff(of(version=160001), of())
    with pytest.raises(TruelineError, match="differ in watched cannot be compared: nothing, owner"):
        diff(of(), Catalog((), 180004, frozenset({"owner"})))


@pytest.mark.parametrize("backwards", [False, True])
def test_what_follows_its_parent_is_left_out(backwards: bool) -> None:
    """A child's column that comes, goes or changes with its parent's is no difference of its own."""
    pairs = [
        (of(TABLE, CHILD), of(TABLE, CHILD, COLUMN, INHERITED)),
        (of(COLUMN, INHERITED), of(replace(COLUMN, type="text"), replace(INHERITED, type="text"))),
    ]
    for old, new in pairs:
        delta = diff(new, old) if backwards else diff(old, new)
        assert len(delta) == 2
        assert [getattr(thing, "key", None) for thing in delta.essential()] == [COLUMN.key]


def test_a_child_that_goes_its_own_way_is_a_difference() -> None:
    """A child's column that changes alone, or otherwise than its parent's, is kept."""
    alone = diff(of(COLUMN, INHERITED), of(COLUMN, replace(INHERITED, default="1"))).essential()
    other = diff(of(COLUMN, INHERITED), of(replace(COLUMN, default="2"), replace(INHERITED, default="1"))).essential()
    assert [change.key for change in alone.changed] == [INHERITED.key]
    assert [change.key for change in other.changed] == [INHERITED.key, COLUMN.key]


def test_own_leaves_out_what_others_make() -> None:
    """A key's index, an identity's sequence, an extension's and the framework's things are not one's own."""
    kept = [TABLE, Sequence("s", "q", origin=Origin("serial", COLUMN.key)), INHERITED]
    kinds: tuple[OriginKind, ...] = ("extension", "framework", "constraint", "identity")
    left = [Index("s", f"i{number}", "t", "…", origin=Origin(kind, ("x",))) for number, kind in enumerate(kinds)]
    assert of(*kept, *left).own() == of(*kept)


@settings(max_examples=100, deadline=None)
@given(CATALOGS, CATALOGS)
def test_a_difference_leads_from_one_to_the_other(one: Catalog, two: Catalog) -> None:
    """Whatever the catalogs: removing, adding and changing what the difference says gives the other one."""
    two = Catalog(two.objects, one.server_version, one.watched)
    delta = diff(one, two)
    gone = {thing.key for thing in delta.removed} | {change.key for change in delta.changed}
    rest = [thing for thing in one if thing.key not in gone]
    assert one.only([*rest, *delta.added, *(change.new for change in delta.changed)]) == two
    back = diff(two, one)
    assert (back.added, back.removed) == (delta.removed, delta.added)
    assert [change.fields for change in back.changed] == [change.fields for change in delta.changed]
