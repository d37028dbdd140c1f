"""Columns that have to have a value, and get it from reference rows: they may be empty until the rows have come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from trueline.autogen.operations.rows import UpdateRowsOp, UpsertRowsOp
from trueline.autogen.plan.sides import Sides
from trueline.autogen.plan.step import Step
from trueline.autogen.stock.column import change_column
from trueline.catalog.objects import Column, Key

#: Kind of the step that says NOT NULL in the end.
FILLED = "filled"


def filled_by(steps: Iterable[Step]) -> frozenset[Key]:
    """The keys of columns that rows have a value for."""
    found: set[Key] = set()
    for step in steps:
        for op in step.operations:
            if isinstance(op, UpsertRowsOp | UpdateRowsOp):
                found |= {("column", *step.key[1:3], name) for name in op.rows[0] if _is_given(name, op.rows)}
    return frozenset(found)


def _is_given(name: str, rows: Iterable[Any]) -> bool:
    return all(row[name] is not None for row in rows)


def waits(old: Column | None, new: Column, sides: Sides) -> bool:
    """Whether a column has to have values from now on, of a table that has rows, and rows bring them."""
    if new.key not in sides.filled or ("table", new.schema, new.table) not in sides.old:
        return False
    bare = new.default is None and not new.identity and not new.generated
    return new.not_null and bare and (old is None or not old.not_null)


def without(column: Column) -> Column:
    """The column as it is before its rows."""
    return replace(column, not_null=False, not_null_constraint=None)


def required(column: Column, sides: Sides) -> Iterator[Step]:
    """NOT NULL, when the rows are there."""
    bare = without(column)
    words = change_column(bare, column, sides.new, sides.new, default_schema=sides.default_schema)
    key = (FILLED, *column.key[1:])
    yield Step("alter", key, tuple(words), frozenset({key}))
