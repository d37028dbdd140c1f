"""Privileges that follow from other statements.

What is taken from a role on a whole table is taken from it on the columns, too. What is made anew keeps all that was
granted on it, see `trueline.autogen.operations.remade`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trueline.autogen.operations.object import DropObjectOp
from trueline.autogen.plan.sides import RELATIONS, Sides
from trueline.autogen.plan.step import Step
from trueline.catalog.objects import CatalogObject, Grant, Key, MaterializedView, View

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


def outliving(sides: Sides) -> Iterator[Step]:
    """Privileges that go while what they are on is made anew, which keeps all that it had: they are taken away then."""
    for thing in sides.delta.removed:
        if isinstance(thing, Grant) and (of := _made_anew(thing.of, sides)) is not None:
            taken = replace(thing, of=of)
            if taken.key not in sides.new:
                yield Step("create", taken.key, (DropObjectOp(taken),), frozenset({taken.key}))


def _made_anew(of: Key, sides: Sides) -> Key | None:
    """What it is on afterwards, if that is made anew."""
    if of in sides.becoming:
        return sides.becoming[of]
    if of[0] == "column":
        return of if of in sides.new and ("table", *of[1:3]) in sides.replaced else None
    if of[0] == "view_column":
        views = (sides.new.get((kind, *of[1:3])) for kind in RELATIONS)
        return next((of for view in views if view and view.key in sides.replaced and _has(view, of[3])), None)
    return of if of in sides.new and of in sides.replaced else None


def _has(view: CatalogObject, column: str) -> bool:
    return isinstance(view, View | MaterializedView) and column in dict(view.columns)
