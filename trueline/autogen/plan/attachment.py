"""Partitions that get other bounds or another parent: all are detached before any is attached.

Bounds may change hands.
"""

from __future__ import annotations

from collections.abc import Iterator

from trueline.autogen.plan.changes.actions import alter
from trueline.autogen.plan.step import Step
from trueline.catalog.objects import Key, Table
from trueline.catalog.render.words import name


def moves(old: Table, new: Table) -> bool:
    """Whether it was or becomes a partition, or one of another kind."""
    return bool(old.bound or new.bound) and (old.bound, old.parents) != (new.bound, new.parents)


def bounds_of(parent: tuple[str, str]) -> frozenset[Key]:
    """Stands for the room in a partitioned table, which partitions take and free."""
    return frozenset({("bounds", *parent)})


def steps(old: Table, new: Table) -> Iterator[Step]:
    """Detach, attach; an inheritance child that becomes a partition has to leave its parents by itself."""
    key = ("attachment", new.schema, new.name)
    place = name(new.schema, new.name)
    if old.bound:
        parent = old.parents[0]
        words = (f"DETACH PARTITION {place}", f"ATTACH PARTITION {place} {old.bound}")
        detached = (alter(("table", *parent), *words),)
        yield Step("drop", key, detached, frozenset({key}), frees=bounds_of(parent))
    if new.bound:
        parent = new.parents[0]
        words = (f"ATTACH PARTITION {place} {new.bound}", f"DETACH PARTITION {place}")
        yield Step("create", key, (alter(("table", *parent), *words),), frozenset({key}), takes=bounds_of(parent))
