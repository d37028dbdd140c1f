"""What can only be written when the order is known: tables, with the keys that find their target there already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trueline.autogen.plan.additions import created_table
from trueline.autogen.plan.sides import Sides
from trueline.autogen.plan.step import Step
from trueline.catalog.objects import ForeignKey, Key


def settled(steps: list[Step], sides: Sides) -> list[Step]:
    """Write the tables, now that it is known which of their keys find their target there already."""
    position: dict[tuple[str, Key], int] = {(step.verb, step.key): number for number, step in enumerate(steps)}
    result = []
    inline: set[Key] = set()
    for number, step in enumerate(steps):
        if step.verb == "create" and step.key[0] == "table":
            late = frozenset(_late_keys(step.key, number, position, sides))
            inline |= {
                thing.key
                for thing in sides.parts((step.key[1], step.key[2]), "new")
                if isinstance(thing, ForeignKey) and thing.key not in late
            }
            result.append(replace(step, operations=tuple(created_table(step.key, late, sides))))
        elif not (step.verb == "create" and step.key in inline) and not _goes_with_table(step, position, sides):
            result.append(step)
    return [step for step in result if step.operations]


def _late_keys(key: Key, number: int, position: dict[tuple[str, Key], int], sides: Sides) -> Iterator[Key]:
    place = (key[1], key[2])
    for thing in sides.parts(place, "new"):
        if not isinstance(thing, ForeignKey) or thing.references == place:
            continue
        target = position.get(("create", ("table", *thing.references)), -1)
        changed = [
            position[verb, each]
            for each in _parts_needed(thing, sides)
            for verb in ("create", "alter", "rename")
            if (verb, each) in position
        ]
        if max([target, *changed]) > number:
            yield thing.key


def _parts_needed(key: ForeignKey, sides: Sides) -> Iterator[Key]:
    yield from sides.needs(key.key)
    yield from (("column", *key.references, column) for column in key.referenced_columns)


def _goes_with_table(step: Step, position: dict[tuple[str, Key], int], sides: Sides) -> bool:
    """A key goes with its table, unless the table that it points at goes first, or a partition of that."""
    thing = sides.old.get(step.key)
    if step.verb != "drop" or not isinstance(thing, ForeignKey):
        return False
    owner = position.get(("drop", ("table", thing.schema, thing.table)))
    if owner is None:
        return False
    needed = (position.get(("drop", key)) for key in sides.old.dependencies.get(step.key, ()) if key[0] != "table")
    if any(each is not None and each < owner for each in needed):
        return False
    targets = (position.get(("drop", ("table", *each))) for each in sides.descent(thing.references))
    return all(target is None or owner <= target for target in targets)
