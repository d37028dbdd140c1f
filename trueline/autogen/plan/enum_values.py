"""The evolution of an enum type: values are added at their place; anything else takes a new type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from alembic.operations import MigrateOperation

from trueline.autogen.operations.enum_value import AddEnumValueOp
from trueline.autogen.plan.sides import Sides
from trueline.catalog.objects import CatalogObject, Enum
from trueline.catalog.render.words import literal


def added_values(old: Enum, new: Enum, sides: Sides) -> list[MigrateOperation] | None:
    """One operation per new value, or None where a value went or moved.

    PostgreSQL lets nothing use a new value in the transaction that adds it. Where the same revision does, the value is
    committed first.
    """
    if [label for label in new.labels if label in old.labels] != list(old.labels):
        return None
    used = frozenset(_texts(sides, new))
    found: list[MigrateOperation] = []
    present = list(old.labels)
    for position, label in enumerate(new.labels):
        if label in present:
            continue
        before = next((each for each in new.labels if each in present), None)
        after = new.labels[position - 1] if position else None
        commit = label in sides.row_values or any(literal(label) in text for text in used)
        place = {"after": after} if position else {"before": before}
        found.append(AddEnumValueOp(sides.written(new.schema), new.name, label, commit=commit, **place))
        present.append(label)
    return found


def _texts(sides: Sides, enum: Enum) -> Iterator[str]:
    """Every expression that the difference brings and that may use a value of the type."""
    things = [*sides.delta.added, *(change.new for change in sides.delta.changed)]
    for thing in things:
        if thing.key != enum.key:
            yield from _strings(thing)


def _strings(thing: CatalogObject) -> Iterator[str]:
    for field in fields(thing):  # type: ignore[arg-type] # every kind is a dataclass
        value = getattr(thing, field.name)
        if isinstance(value, str):
            yield value
        elif field.name == "checks":
            yield from (check.definition for check in value)
        elif field.name == "generated" and value is not None:
            yield value.expression
