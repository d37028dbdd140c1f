"""Where the columns of an inheritance child differ from what they have from its parents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, Table
from trueline.catalog.render.words import name


def above(column: Column, table: Table, catalog: Catalog) -> list[Column]:
    """The columns of that name that the parents have."""
    found = (catalog.get(("column", *parent, column.name)) for parent in table.parents)
    return [item for item in found if isinstance(item, Column)]


def inherited_not_null(column: Column, parents: Sequence[Column]) -> Iterator[str]:
    """The NOT NULL as a constraint of the new table, where it is none of a parent, or has another name (18)."""
    mine = column.not_null_constraint
    theirs = next((item.not_null_constraint for item in parents if _hands_down(item)), None)
    if mine is not None and mine.valid and not (theirs and theirs.valid and theirs.name == mine.name):
        inherits = "" if mine.inherits else " NO INHERIT"
        yield f"CONSTRAINT {name(mine.name)} NOT NULL {name(column.name)}{inherits}"


def _hands_down(column: Column) -> bool:
    return column.not_null_constraint is not None and column.not_null_constraint.inherits


def inherited_changes(column: Column, parents: Sequence[Column], major: int) -> Iterator[str]:
    """What follows ``ALTER COLUMN`` for the column to differ from its parents' as it does."""
    default = next((item.default for item in parents if item.default is not None), None)
    if column.default is None and default is not None:
        yield "DROP DEFAULT"
    elif column.default != default and not column.local:
        yield f"SET DEFAULT {column.written}"
    if major < 18 and any(item.not_null for item in parents) and not column.not_null:
        yield "DROP NOT NULL"
    elif major < 18 and column.not_null and not column.local:
        yield "SET NOT NULL"
    if not column.storage and any(item.storage for item in parents) and major >= 16:
        yield "SET STORAGE DEFAULT"
    if not column.compression and any(item.compression for item in parents):
        yield "SET COMPRESSION default"
