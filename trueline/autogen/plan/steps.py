"""The difference as steps: what is created, changed and dropped, each with its operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trueline.autogen.plan import counting, filling, granting, lineage, risks, typed
from trueline.autogen.plan.additions import additions
from trueline.autogen.plan.asides import asides
from trueline.autogen.plan.changes import in_place
from trueline.autogen.plan.rebuild import TYPES, carried, groups, rebuilt, without_default
from trueline.autogen.plan.removals import removals
from trueline.autogen.plan.sides import Sides
from trueline.autogen.plan.spread import spread
from trueline.autogen.plan.step import Step
from trueline.autogen.stock.renames import not_null_names
from trueline.catalog.diff import Changed
from trueline.catalog.objects import CatalogObject, Column, Composite, Key, Table


def find(sides: Sides) -> Iterator[Step]:
    """All steps, in no particular order."""
    spread(sides)
    rebuilt_types = {key for key in sides.replaced if key[0] in TYPES and key in sides.old and key in sides.new}
    rebuilt_types |= {*sides.becoming, *sides.becoming.values()}
    gone = list(removals(sides, rebuilt_types))
    # What stays the same, but went with something: said of a view that is now a materialized one.
    sides.remade |= {key for step in gone for key in step.covers if key in sides.new} - sides.replaced
    sides.remade |= set(granting.lost(sides))
    yield from gone
    yield from granting.outliving(sides)
    yield from additions(sides, rebuilt_types)
    retypings, moving = _retypings(sides, rebuilt_types)
    yield from retypings
    yield from asides(sides)
    yield from lineage.steps({key: moves for key, moves in sides.moves.items() if key not in sides.replaced})
    for change in (without_default(change, moving) for change in sides.delta.changed):
        if change.key not in sides.replaced and not _goes_with(change.old, sides):
            yield from _change(change, sides)


def _retypings(sides: Sides, rebuilt_types: set[Key]) -> tuple[list[Step], set[Key]]:
    """Types that are made anew under what stands on them, and all that moves with them."""
    steps: list[Step] = []
    moving: set[Key] = set()
    for group in groups((key for key in rebuilt_types if key in sides.old), sides):
        pairs = [pair for key in group for pair in carried(sides.old[key], sides)]
        moved = {before.key for before, _ in pairs}
        moving |= moved
        covers = frozenset({*group, *(sides.becomes(key) for key in group), *moved})
        risk = risks.retyping(pairs, sides)
        operations = tuple(rebuilt(group, sides))
        steps.append(Step("alter", group[0], operations, covers, destroys=risk.destroys, fails=risk.fails))
    return steps, moving


def _change(change: Changed, sides: Sides) -> Iterator[Step]:
    """What one change takes; each way to make it is a kind's own."""
    old, new = change.old, change.new
    if isinstance(old, Column) and isinstance(new, Column) and counting.counts_otherwise(old, new):
        yield from counting.steps(old, new, sides)
    elif isinstance(old, Column) and isinstance(new, Column) and typed.follows(new, sides):
        yield typed.own(old, new, sides)
    elif isinstance(old, Composite) and isinstance(new, Composite):
        yield typed.change(old, new, in_place(change, sides) or [], sides)
    elif isinstance(old, Column) and isinstance(new, Column) and filling.waits(old, new, sides):
        yield _alteration(replace(change, new=filling.without(new)), sides)
        yield from filling.required(new, sides)
    else:
        yield _alteration(change, sides)
        if isinstance(old, Table) and isinstance(new, Table):
            yield from typed.steps(old, new)


def _alteration(change: Changed, sides: Sides) -> Step:
    """What changes where it stands; a column with the name of its NOT NULL, and those that go round with it."""
    old, new = change.old, change.new
    taken: frozenset[str] = frozenset()
    freed: frozenset[str] = frozenset()
    if isinstance(old, Column) and isinstance(new, Column):
        taken, freed = not_null_names(old, new, sides.old, sides.new)
    takes, frees = (frozenset(("constraint", *change.key[1:3], each) for each in names) for names in (taken, freed))
    operations = tuple(in_place(change, sides) or ())
    risk = _risk(change, sides)
    step = Step("alter", change.key, operations, frozenset({change.key}), takes=takes, frees=frees)
    return replace(step, destroys=risk.destroys, fails=risk.fails)


def _risk(change: Changed, sides: Sides) -> risks.Risk:
    """What a change where it stands does to rows."""
    old, new = change.old, change.new
    if not isinstance(old, Column) or not isinstance(new, Column):
        return risks.Risk()
    required = new.not_null and not old.not_null and new.identity is None
    retyped = risks.retyping([(old, new)], sides) if "type" in change.fields else risks.Risk()
    return risks.all_of([retyped, risks.requirement(new) if required else risks.Risk()])


def _goes_with(thing: CatalogObject, sides: Sides) -> bool:
    """Whether it is dropped, or made anew, as a part of something else."""
    return thing.key in sides.remade or thing.key in sides.replaced
