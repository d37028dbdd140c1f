"""What a successor says about former names, where it can: of its tables, columns and enum values."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tests.acceptance.properties.build.making import Making


def give_hints(new: Making, old: Making) -> None:
    """Wherever something has another name, and the old one is free."""
    there = {_place(table) for table in new.tables.values()}
    for number, table in new.tables.items():
        before = old.tables.get(number)
        if before is None:
            continue
        if _place(before) != _place(table):
            if _place(before) in there:
                continue
            table.info["renamed_from"] = _place(before)
        _columns(new.slots[number], old.slots[number])


def _place(table: sa.Table) -> tuple[str, str]:
    return table.schema or "public", table.name


def _columns(new: dict[int, sa.Column[Any]], old: dict[int, sa.Column[Any]]) -> None:
    names = {column.name for column in new.values()}
    for slot, column in new.items():
        before = old.get(slot)
        if before is not None and before.name != column.name and before.name not in names:
            column.info["renamed_from"] = before.name
