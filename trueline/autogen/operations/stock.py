"""Stock operations where Alembic leaves something out: what it does not render, and ways back that lose a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import (
    AddConstraintOp,
    AlterColumnOp,
    CreateIndexOp,
    CreatePrimaryKeyOp,
    CreateTableCommentOp,
    CreateTableOp,
    DropColumnOp,
    DropConstraintOp,
    DropIndexOp,
    DropTableCommentOp,
    DropTableOp,
    ModifyTableOps,
    RenameTableOp,
)
from sqlalchemy import Table

from trueline.autogen.call import Call, Fixed, written
from trueline.autogen.operations.execution import place, record_created, record_dropped, record_renamed
from trueline.autogen.operations.remade import remember, restore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alembic.autogenerate.api import AutogenContext


class DropExactConstraintOp(DropConstraintOp):
    """Drop a constraint; the way back is the operation that made it, not one that is derived from its parts."""

    def reverse(self) -> AddConstraintOp:
        """Add what was dropped."""
        return self._reverse or super().reverse()


class DropExactIndexOp(DropIndexOp):
    """Drop an index; the way back is the operation that made it."""

    def reverse(self) -> CreateIndexOp:
        """Create what was dropped."""
        return self._reverse or super().reverse()


class DropExactColumnOp(DropColumnOp):
    """Drop a column; the way back are all operations that made it.

    Args:
        table_name: of its table.
        column_name: of the column.
        created: what made it, stock operation or SQL first.
        schema: of its table; None for the default one.
    """

    def __init__(
        self, table_name: str, column_name: str, created: Sequence[MigrateOperation], *, schema: str | None = None
    ) -> None:
        super().__init__(table_name, column_name, schema=schema)
        self.created = created

    def reverse(self) -> ModifyTableOps:  # type: ignore[override] # one operation cannot say all that made it
        """Add what was dropped."""
        return ModifyTableOps(self.table_name, list(self.created), schema=self.schema)


class DropExactTableOp(DropTableOp):
    """Drop a table; the way back are all operations that made it.

    Args:
        table_name: of the table.
        created: what made it, the stock operation first.
        schema: of the table; None for the default one.
        more: as `DropTableOp` has it.
    """

    def __init__(
        self, table_name: str, created: Sequence[MigrateOperation], *, schema: str | None = None, **more: Any
    ) -> None:
        super().__init__(table_name, schema=schema, **more)
        self.created = created

    def reverse(self) -> ModifyTableOps:  # type: ignore[override] # one operation cannot say all that made it
        """Create what was dropped."""
        return ModifyTableOps(self.table_name, list(self.created), schema=self.schema)


def render_alter_column(context: AutogenContext, op: AlterColumnOp) -> str:
    """As Alembic does, with ``postgresql_using``."""
    from alembic.autogenerate.render import default_renderers

    text: str = default_renderers.dispatch(op)(context, op)
    using = op.kw.get("postgresql_using")
    return text if using is None else f"{text[:-1]},\n           postgresql_using={using!r})"


def render_primary_key(_context: AutogenContext, op: CreatePrimaryKeyOp) -> str:
    """What Alembic has no renderer for."""
    call = Call("create_primary_key", (_name(op.constraint_name), str(op.table_name), list(op.columns)), _schema(op))
    return written(call)


def render_create_table_comment(_context: AutogenContext, op: CreateTableCommentOp) -> str:
    """With any name: Alembic's own renderer puts it between quotes as it is."""
    given = {"existing_comment": op.existing_comment, **_schema(op)}
    return written(Call("create_table_comment", (str(op.table_name), op.comment), _present(given)))


def render_drop_table_comment(_context: AutogenContext, op: DropTableCommentOp) -> str:
    """With any name."""
    given = {"existing_comment": op.existing_comment, **_schema(op)}
    return written(Call("drop_table_comment", (str(op.table_name),), _present(given)))


def create_table(operations: Operations, op: CreateTableOp) -> Table:
    """As Alembic does; a replay knows the table for one that somebody once declared."""
    options = {} if op.if_not_exists is None else {"if_not_exists": op.if_not_exists}
    table = op.to_table(operations.migration_context)
    operations.impl.create_table(table, **options)
    key = ("table", place(operations, op.schema), op.table_name)
    restore(operations, key)
    record_created(operations, key)
    return table


def rename_table(operations: Operations, op: RenameTableOp) -> None:
    """As Alembic does; a replay follows what hangs on the table."""
    operations.impl.rename_table(op.table_name, op.new_table_name, schema=op.schema)
    schema = place(operations, op.schema)
    record_renamed(operations, ("table", schema, op.table_name), ("table", schema, str(op.new_table_name)))


def drop_table(operations: Operations, op: DropTableOp) -> None:
    """As Alembic does; a replay forgets what hung on the table."""
    options = {} if op.if_exists is None else {"if_exists": op.if_exists}
    key = ("table", place(operations, op.schema), op.table_name)
    remember(operations, key, ours=True)
    operations.impl.drop_table(op.to_table(operations.migration_context), **options)
    record_dropped(operations, key)


def _name(name: Any) -> Fixed | None:
    return None if name is None else Fixed(name)


def _schema(op: Any) -> dict[str, Any]:
    return {"schema": str(op.schema)} if op.schema else {}


def _present(given: dict[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in given.items() if each is not None}


#: What runs stock operations in the place of Alembic's own.
IMPLEMENTATIONS: dict[type[Any], Callable[..., Any]] = {
    CreateTableOp: create_table,
    RenameTableOp: rename_table,
    DropTableOp: drop_table,
}

#: Renderers in the place of Alembic's own.
RENDERERS: dict[type[Any], Callable[..., str]] = {
    AlterColumnOp: render_alter_column,
    CreatePrimaryKeyOp: render_primary_key,
    CreateTableCommentOp: render_create_table_comment,
    DropTableCommentOp: render_drop_table_comment,
}
