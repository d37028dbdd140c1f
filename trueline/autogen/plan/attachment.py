"""Partitions that get other bounds or another parent, and new ones that PARTITION OF cannot say.

Each is detached before anything else happens, and attached when it and its parent are what they shall be. In between it
is a table of its own, and that is how the rest of the plan sees it: what happens to its parent does not happen to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trueline.autogen.plan.changes.actions import alter
from trueline.autogen.plan.sides import relation_of
from trueline.autogen.plan.step import Step
from trueline.autogen.stock.table import is_partition_of
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    CatalogObject,
    Check,
    Column,
    Comment,
    Exclusion,
    ForeignKey,
    Index,
    Key,
    Name,
    PrimaryKey,
    Table,
    Trigger,
    Unique,
)
from trueline.catalog.objects.base import OnTable
from trueline.catalog.render.words import name

_KEPT_APART = (Index, PrimaryKey, Unique, Exclusion, ForeignKey)


@dataclass(frozen=True, slots=True)
class Apart:
    """Both catalogs with whatever moves as a table of its own, and the steps that make it so and end it."""

    old: Catalog
    new: Catalog
    steps: tuple[Step, ...] = ()


def apart(old: Catalog, new: Catalog) -> Apart:
    """Take what moves out of its tree on both sides."""
    leaving = [table for table in old.of_kind(Table) if table.bound and _moves(table, new.get(table.key))]
    joining = [table for table in new.of_kind(Table) if table.bound and _joins(table, old, new)]
    if not leaving and not joining:
        return Apart(old, new)
    fresh = frozenset((table.schema, table.name) for table in joining if table.key not in old)
    steps = (*map(_detached, leaving), *map(_attached, joining))
    return Apart(_alone(old, leaving), _alone(new, joining, fresh, joining=True), steps)


def _moves(old: Table, new: CatalogObject | None) -> bool:
    return isinstance(new, Table) and (old.bound, old.parents) != (new.bound, new.parents)


def _joins(table: Table, old: Catalog, new: Catalog) -> bool:
    before = old.get(table.key)
    return _moves(before, table) if isinstance(before, Table) else not is_partition_of(table, new)


def bounds_of(parent: Name) -> frozenset[Key]:
    """Stands for the room in a partitioned table, which partitions take and free."""
    return frozenset({("bounds", *parent)})


def _detached(table: Table) -> Step:
    key = _key(table)
    attach, detach = _words(table)
    return Step(
        "drop", key, (alter(_parent(table), detach, attach),), frozenset({key}), frees=bounds_of(table.parents[0])
    )


def _attached(table: Table) -> Step:
    key = _key(table)
    operation = alter(_parent(table), *_words(table))
    return Step("create", key, (operation,), frozenset({key}), takes=bounds_of(table.parents[0]))


def _words(table: Table) -> tuple[str, str]:
    place = name(table.schema, table.name)
    return f"ATTACH PARTITION {place} {table.bound}", f"DETACH PARTITION {place}"


def _key(table: Table) -> Key:
    return ("partition", table.schema, table.name)


def _parent(table: Table) -> Key:
    return ("table", *table.parents[0])


def _alone(
    catalog: Catalog, tables: Sequence[Table], fresh: frozenset[Name] = frozenset(), *, joining: bool = False
) -> Catalog:
    """The catalog with these partitions on their own; of a fresh one without what it gets by being attached."""
    places = {(table.schema, table.name): table for table in tables}
    things = [left for thing in catalog if (left := _on_its_own(thing, places, fresh)) is not None]
    kept = catalog.only(_without_stray(things, catalog, joining=joining))
    parents = {table.key: frozenset({_parent(table)}) for table in tables}
    needs = {key: needed - parents.get(key, frozenset()) for key, needed in kept.dependencies.items()}
    return replace(kept, dependencies=needs)


def _on_its_own(thing: CatalogObject, places: Mapping[Name, Table], fresh: frozenset[Name]) -> CatalogObject | None:
    if isinstance(thing, Table):
        return replace(thing, bound=None, parents=()) if (thing.schema, thing.name) in places else thing
    place = relation_of(thing)
    if place not in places:
        return thing
    if isinstance(thing, Column | Check):
        return replace(thing, local=True, inherited=False, origin=None)
    if thing.origin is None or thing.origin.kind != "partition":
        return thing
    if isinstance(thing, _KEPT_APART) and place not in fresh:
        return replace(thing, origin=None)
    return None


def _without_stray(things: Sequence[CatalogObject], whole: Catalog, *, joining: bool) -> Iterator[CatalogObject]:
    """Triggers of partitions go with the one that they are from, and comments with what they are about.

    What is said of a part that comes by being attached can still be said then, if it has the name that it shall have.
    """
    kept = {thing.key for thing in things}
    for thing in things:
        lost = isinstance(thing, Comment) and thing.of in whole and thing.of not in kept
        comes = joining and isinstance(thing, Comment) and isinstance(whole.get(thing.of), OnTable)
        if (not lost or comes) and not (isinstance(thing, Trigger) and _is_stray(thing, whole, kept)):
            yield thing


def _is_stray(trigger: Trigger, whole: Catalog, kept: set[Key]) -> bool:
    above = trigger
    while above.origin is not None and isinstance(parent := whole.get(above.origin.of), Trigger):
        if parent.key not in kept:
            return True
        above = parent
    return False
