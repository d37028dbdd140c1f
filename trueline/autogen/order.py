"""One dependency order for everything that autogenerate writes.

Schemas, enum types, tables (parents first) with their partitions and indexes, the foreign keys that close a
circle, changes of existing tables, reference rows; then the drops in the opposite order. A downgrade is the
exact reverse, which Alembic derives from the operations themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from alembic.operations import MigrateOperation
from alembic.operations.ops import (
    CreateForeignKeyOp,
    CreateTableOp,
    DropConstraintOp,
    DropTableOp,
    ModifyTableOps,
)
from sqlalchemy import ForeignKeyConstraint, Table
from sqlalchemy.sql.ddl import sort_tables_and_constraints

from trueline.autogen.live import Name


@dataclass(slots=True)
class StockOps:
    """What stock autogenerate found, by the part that it plays."""

    creates: dict[Name, CreateTableOp] = field(default_factory=dict)
    #: Indexes and the like of tables that are created, changed or dropped.
    modifies: dict[Name, list[ModifyTableOps]] = field(default_factory=dict)
    drops: dict[Name, DropTableOp] = field(default_factory=dict)
    rest: list[MigrateOperation] = field(default_factory=list)

    def take_modifies(self, name: Name) -> list[ModifyTableOps]:
        """Hand out the changes of one table, once."""
        return self.modifies.pop(name, [])


def sort_out(ops: Iterable[MigrateOperation]) -> StockOps:
    """Take stock autogenerate's list apart."""
    found = StockOps()
    for op in ops:
        match op:
            case CreateTableOp():
                found.creates[op.schema, op.table_name] = op
            case DropTableOp():
                found.drops[op.schema, op.table_name] = op
            case ModifyTableOps():
                found.modifies.setdefault((op.schema, op.table_name), []).append(op)
            case _:
                found.rest.append(op)
    return found


def created_tables(found: StockOps) -> tuple[list[Table], list[ForeignKeyConstraint]]:
    """The tables to create, parents first, and the foreign keys that must wait until all of them exist."""
    tables = [_table_of(op) for op in found.creates.values()]
    ordered = list(sort_tables_and_constraints(tables))
    late = cast("list[ForeignKeyConstraint]", list(ordered[-1][1])) if ordered else []
    return [table for table, _ in ordered if table is not None], sorted(late, key=_constraint_order)


def without(op: CreateTableOp, late: Iterable[ForeignKeyConstraint]) -> CreateTableOp:
    """Leave these foreign keys out of the ``CREATE TABLE``."""
    skipped = set(late)
    op.columns = [item for item in op.columns if item not in skipped]
    return op


def add_key(constraint: ForeignKeyConstraint) -> MigrateOperation:
    """Write the foreign key as a statement of its own."""
    op = CreateForeignKeyOp.from_constraint(constraint)
    op.kw.pop("use_alter", None)
    return op


def dropped_tables(found: StockOps) -> Iterator[MigrateOperation]:
    """The drops, children first, with the keys that close a circle dropped ahead of them."""
    by_table = {_table_of(op): (name, op) for name, op in found.drops.items()}
    # Sorted by name first: reflection hands them over in no particular order.
    ordered = list(sort_tables_and_constraints(sorted(by_table, key=lambda table: table.fullname)))
    late = cast("list[ForeignKeyConstraint]", list(ordered[-1][1])) if ordered else []
    for constraint in sorted(late, key=_constraint_order):
        yield DropConstraintOp.from_constraint(constraint)
    for table, _ in reversed(ordered):
        if table is not None:
            name, op = by_table[table]
            yield from found.take_modifies(name)
            yield _forget(op, late)


def _forget(op: DropTableOp, late: Iterable[ForeignKeyConstraint]) -> DropTableOp:
    # The way back creates the table without the keys that were dropped apart: their own reverse brings them.
    if op._reverse is not None:
        without(op._reverse, late)
    return op


def _table_of(op: CreateTableOp | DropTableOp) -> Table:
    """The table that the operation was made from: unlike ``to_table()`` it knows the tables it refers to."""
    creates = op if isinstance(op, CreateTableOp) else cast("CreateTableOp", op._reverse)
    items: list[Any] = list(creates.columns)
    return cast("Table", items[0].table)


def _constraint_order(constraint: ForeignKeyConstraint) -> tuple[str, str]:
    return (constraint.table.fullname, str(constraint.name))
