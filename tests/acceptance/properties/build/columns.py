"""Columns: their types, defaults, ways of counting and of being computed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tests.acceptance.properties import spec as s
from tests.acceptance.properties.build.making import Making, each
from tests.acceptance.properties.words import TYPES, comparable, family
from trueline.autogen.sql_text import for_text
from trueline.catalog.render.words import literal, name
from trueline.types import PgType

_INTEGERS = frozenset({"smallint", "integer", "bigint"})

_STORAGE: dict[str, dict[str, Any]] = {
    "external": {"storage": "external"},
    "statistics": {"statistics": 55},
    "pglz": {"compression": "pglz"},
    "distinct": {"n_distinct": -0.5, "storage": "main"},
}


def declare_columns(making: Making, number: int, table: s.Table) -> list[sa.Column[Any]]:
    """The columns of a table, known by their slots from now on."""
    slots = dict(each(table.columns))
    if making.is_partitioned(number):
        slots[0] = s.Column("integer", nullable=False, other=slots[0].other if 0 in slots else False)
    types = {slot: _known(making, column.type) for slot, column in slots.items()}
    makes = {slot: _column(making, slot, slots, types) for slot in slots}
    making.slots[number], making.types[number] = makes, types
    return list(makes.values())


def indexable(making: Making, number: int, slot: int) -> bool:
    """Whether a key can stand on it: it has an order, and is not computed when it is read."""
    column = making.slots[number][slot]
    return comparable(making.types[number][slot]) and (column.computed is None or bool(column.computed.persisted))


def _known(making: Making, type_: str) -> str:
    """Text stands in for a type that is not there."""
    kind, _, slot = type_.partition(" ")
    there: dict[str, Any] = {"enum": making.enums, "enum[]": making.enums, "domain": making.domains}
    there["composite"] = making.composites
    return type_ if type_ in TYPES or int(slot) in there[kind] else "text"


def _label(making: Making, slot: int, column: s.Column) -> str:
    return making.slot((35 if column.other else 30) - slot)


def _column(making: Making, slot: int, slots: dict[int, s.Column], types: dict[int, str]) -> sa.Column[Any]:
    column, type_ = slots[slot], types[slot]
    extra: list[Any] = []
    given: dict[str, Any] = {"nullable": column.nullable, "comment": column.comment, "autoincrement": False}
    if (expression := _computed(making, slot, slots, types)) is not None:
        # Without a word it is computed when it is read, since PostgreSQL 18.
        read = column.virtual and making.version >= 18
        extra.append(sa.Computed(for_text(expression), persisted=None if read else True))
    elif column.counts in {"always", "default"} and type_ in _INTEGERS:
        del given["autoincrement"]
        given["nullable"] = False
        extra.append(_identity(column))
    elif (default := _default(making, column, type_)) is not None:
        given["server_default"] = sa.text(for_text(default))
    if column.storage and family(type_) == "text":
        given["info"] = dict(_STORAGE[column.storage])
    return sa.Column(_label(making, slot, column), _type(making, type_), *extra, **given)


def _identity(column: s.Column) -> sa.Identity:
    start, increment, cycle = column.options
    return sa.Identity(
        column.counts == "always", start=start, increment=increment, cycle=cycle, minvalue=-99, maxvalue=9999
    )


def _type(making: Making, type_: str) -> Any:
    if type_ in TYPES:
        return TYPES[type_].make
    kind, _, slot = type_.partition(" ")
    match kind:
        case "domain":
            return making.domains[int(slot)].column_type
        case "composite":
            return PgType(making.composites[int(slot)])
    enum = making.enums[int(slot)]
    return sa.ARRAY(enum) if kind == "enum[]" else enum


def _default(making: Making, column: s.Column, type_: str) -> str | None:
    kind, _, slot = type_.partition(" ")
    if column.fill < 0:
        return None
    if column.calls is not None and family(type_) == "number" and (call := called(making, column.calls)):
        return call
    if type_ in TYPES:
        choices = TYPES[type_].defaults
        return choices[column.fill % len(choices)] if choices else None
    if kind == "enum":
        labels = making.enums[int(slot)].enums
        return literal(labels[column.fill % len(labels)])
    return "'{}'" if kind == "enum[]" else None


def called(making: Making, number: int) -> str | None:
    """A call of a function that takes a number and gives one; None where there is none."""
    function = making.functions.get(number)
    if function is None or function.returns not in {"integer", "bigint"}:
        return None
    return f"{name(function.schema or 'public', function.name)}(1)"


def _computed(making: Making, slot: int, slots: dict[int, s.Column], types: dict[int, str]) -> str | None:
    """From a plain column of the same family, in a way that fits the type."""
    source = slots[slot].computed
    if source is None or source == slot or source not in slots or slots[source].computed is not None:
        return None
    base = name(_label(making, source, slots[source]))
    kinds = (family(types[slot]), family(types[source]))
    if kinds == ("number", "number"):
        return f"{base} * 2"
    return f"lower({base}) || ':x%'" if kinds == ("text", "text") and types[slot] == "text" else None
