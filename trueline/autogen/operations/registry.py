"""All operations in one list, and their registration with Alembic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from alembic.operations import Operations

from trueline.autogen.operations import (
    alter,
    enum_value,
    failing,
    key_firing,
    note,
    object,  # noqa: A004 - the module is named like what is in it
    partition,
    rename_table,
    rows,
    stock,
    table,
    undeclared,
)
from trueline.autogen.operations.access import Access
from trueline.autogen.operations.constraint import Definitions
from trueline.autogen.operations.defined import Objects
from trueline.autogen.operations.program import OnTables, Routines
from trueline.autogen.operations.relation import Relations
from trueline.autogen.operations.types import Types

#: Classes whose public class methods are operations.
OFFERED: tuple[type[Any], ...] = (
    Relations,
    Types,
    Routines,
    OnTables,
    Objects,
    Definitions,
    Access,
    alter.Alter,
    enum_value.AddEnumValueOp,
    enum_value.RenameEnumValueOp,
    key_firing.SetKeyFiringOp,
    partition.CreatePartitionOp,
    rows.UpsertRowsOp,
    rows.UpdateRowsOp,
    rows.DeleteRowsOp,
    table.CreateTableSqlOp,
    table.DropTableSqlOp,
)

#: What runs an operation, and what writes it into a revision.
_BEHAVIOUR: dict[type[Any], tuple[Callable[..., Any], Callable[..., Any]]] = {
    object.CreateObjectOp: (object.create, object.render_create),
    object.DropObjectOp: (object.drop, object.render_drop),
    object.ReplaceObjectOp: (object.replace, object.render_replace),
    alter.AlterObjectOp: (alter.alter, alter.render),
    enum_value.AddEnumValueOp: (enum_value.add, enum_value.render_add),
    enum_value.RenameEnumValueOp: (enum_value.rename, enum_value.render_rename),
    key_firing.SetKeyFiringOp: (key_firing.fire, key_firing.render),
    note.NoteOp: (note.run, note.render),
    undeclared.UndeclaredOp: (undeclared.run, undeclared.render),
    partition.CreatePartitionOp: (partition.create, partition.render),
    rows.UpsertRowsOp: (rows.run_upsert, rows.render_rows),
    rows.UpdateRowsOp: (rows.run_update, rows.render_rows),
    rows.DeleteRowsOp: (rows.run_delete, rows.render_rows),
    table.CreateTableSqlOp: (table.create, table.render_create),
    table.DropTableSqlOp: (table.drop, table.render_drop),
}

#: What writes those into a revision that Alembic can run by itself, or that never run.
_WRITTEN: dict[type[Any], Callable[..., Any]] = {
    **stock.RENDERERS,
    failing.FailingOp: failing.render,
    rename_table.RenameTable: rename_table.render,
}


def offered() -> Iterator[tuple[str, type[Any]]]:
    """Name of every operation, and the class whose method it is."""
    for cls in OFFERED:
        for name, member in vars(cls).items():
            if isinstance(member, classmethod) and not name.startswith("_"):
                yield name, cls


def register() -> None:
    """Make them known to Alembic, which refuses to be told twice."""
    from alembic.autogenerate.render import renderers

    for name, cls in offered():
        Operations.register_operation(name)(cls)
    for op, (run, render) in _BEHAVIOUR.items():
        Operations.implementation_for(op)(run)
        renderers.dispatch_for(op)(render)
    for op, run in stock.IMPLEMENTATIONS.items():
        Operations.implementation_for(op, replace=True)(run)
    for op, render in _WRITTEN.items():
        renderers.dispatch_for(op, replace=True)(render)
