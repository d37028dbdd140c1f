"""Privileges on columns: what is taken from a role on a whole table is taken from it on the columns, too."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.autogen.plan.sides import RELATIONS, Sides
from trueline.catalog.objects import CatalogObject, Grant, Key

_COLUMNS = frozenset({"column", "view_column"})


def wholes(thing: CatalogObject) -> frozenset[Key]:
    """Keys of what the same role may do with the whole relation: that is said before what it may do with a column."""
    if not isinstance(thing, Grant) or thing.of[0] not in _COLUMNS:
        return frozenset()
    return frozenset(("grant", kind, *thing.of[1:3], thing.role) for kind in RELATIONS)


def lost(sides: Sides) -> Iterator[Key]:
    """Privileges on columns that stay, and go with a change of those on their table: they are granted again."""
    delta = sides.delta
    things = [*delta.added, *delta.removed, *(change.new for change in delta.changed)]
    said = {thing.key for thing in things if isinstance(thing, Grant) and thing.of[0] in RELATIONS}
    if said:
        yield from (thing.key for thing in sides.new.of_kind(Grant) if wholes(thing) & said)
