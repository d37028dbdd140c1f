"""Rows that belong to the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint, null

from trueline.declared.create import Run
from trueline.errors import TruelineError
from trueline.objects.base import objects_of
from trueline.objects.names import table_of


@dataclass(frozen=True, slots=True)
class ReferenceRows:
    """Rows that belong to the schema: the application does not work without them.

    Args:
        table: the model (or its table).
        key: columns that identify a row; they must be unique together.
        rows: one mapping of column names to values per row, all with the same columns. Columns that are
            not named keep the database's default.
        complete: whether these are all the rows of the table, so that autogenerate also deletes the
            others. ``False`` leaves rows alone that are not listed.

    Raises:
        TruelineError: for a column that does not exist, rows of different shape, a key that is not
            unique, or two rows with the same key.
    """

    table: Any
    key: tuple[str, ...]
    rows: Sequence[Mapping[str, Any]]
    complete: bool = True

    def __post_init__(self) -> None:
        from trueline.objects.create import watch

        target = self.target
        _check_rows(self, target)
        objects_of(target.metadata).reference_rows.append(self)
        watch(target.metadata)

    @property
    def target(self) -> Table:
        """The table that the rows belong to."""
        return table_of(self.table)


def _check_rows(declared: ReferenceRows, table: Table) -> None:
    where = f"ReferenceRows of {table.fullname}"
    if not declared.rows:
        raise TruelineError("Reference rows without a row.", where=where, fix="remove the declaration")
    columns = set(declared.rows[0])
    if unknown := (columns | set(declared.key)) - set(table.columns.keys()):
        whole = "".join(declared.key)  # a string is a sequence too, of its letters
        fix = f"key=({whole!r},)" if whole in table.columns else f"use one of {sorted(table.columns.keys())}"
        raise TruelineError(f"Unknown column {sorted(unknown)[0]!r}.", where=where, fix=fix)
    if any(set(row) != columns for row in declared.rows) or not columns.issuperset(declared.key):
        raise TruelineError(
            "Rows must all name the same columns, the key among them.", where=where, fix="complete the rows"
        )
    if not _is_unique(table, set(declared.key)):
        raise TruelineError(
            f"The key {declared.key} is not unique in the table.",
            where=where,
            fix="add a unique constraint on it",
        )
    keys = [tuple(row[name] for name in declared.key) for row in declared.rows]
    if twice := [key for key in keys if keys.count(key) > 1]:
        raise TruelineError(f"Two rows with the key {twice[0]}.", where=where, fix="remove one of them")


def _is_unique(table: Table, key: set[str]) -> bool:
    constraints = [each for each in table.constraints if isinstance(each, PrimaryKeyConstraint | UniqueConstraint)]
    indexes = [each for each in table.indexes if each.unique]
    return any({column.name for column in each.columns} == key for each in [*constraints, *indexes])


def parents_first(declared: Iterable[ReferenceRows]) -> list[ReferenceRows]:
    """In an order in which rows find what they refer to; where keys close a circle, those count that rows fill."""
    found = list(declared)
    for leads_to in (_points_at, _refers_to):
        order = TopologicalSorter({at: _leading(leads_to, at, found) for at in range(len(found))})
        try:
            return [found[at] for at in order.static_order()]
        except CycleError:
            continue
    return found


def _leading(
    leads_to: Callable[[ReferenceRows, ReferenceRows], bool], at: int, found: Sequence[ReferenceRows]
) -> list[int]:
    return [other for other, each in enumerate(found) if other != at and leads_to(found[at], each)]


def _points_at(one: ReferenceRows, other: ReferenceRows) -> bool:
    """Whether there is a key."""
    return any(key.referred_table is other.target for key in one.target.foreign_key_constraints)


def _refers_to(one: ReferenceRows, other: ReferenceRows) -> bool:
    """Whether a row has a value for such a key."""
    keys = (key for key in one.target.foreign_key_constraints if key.referred_table is other.target)
    return any(all(row.get(name) is not None for name in key.column_keys) for key in keys for row in one.rows)


def insert_rows(run: Run) -> None:
    """Fill what ``create_all`` has just created, parents before children."""
    declared = [each for each in objects_of(run.metadata).reference_rows if each.target in run.tables]
    for each in parents_first(declared):
        # None is SQL's NULL here; a JSON column would make it the document `null`.
        rows = [{name: null() if value is None else value for name, value in row.items()} for row in each.rows]
        run.connection.execute(each.target.insert().values(rows))
