"""Tables that stock ``create_table`` has no words for: foreign and typed ones, and children across schemas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import ModifyTableOps

from trueline.autogen.call import Call, Sql, unindented, written
from trueline.autogen.operations.execution import default_schema, place, record_created, record_dropped, run
from trueline.autogen.operations.note import NoteOp
from trueline.autogen.operations.remade import remember, restore
from trueline.catalog.render.words import name

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class CreateTableSqlOp(MigrateOperation):
    """Create a table with a statement of its own.

    Args:
        schema: of the table.
        name: of the table.
        definition: the whole statement.
    """

    def __init__(self, schema: str, name: str, definition: str) -> None:
        self.schema = schema
        self.name = name
        self.definition = definition

    @classmethod
    def create_table_sql(cls, operations: Operations, name: str, definition: str, *, schema: str | None = None) -> None:
        """Create a table with what stock ``create_table`` has no words for; ``definition`` is the whole statement."""
        operations.invoke(cls(place(operations, schema), name, unindented(definition)))

    def reverse(self) -> DropTableSqlOp:
        """Drop what was created."""
        return DropTableSqlOp(self.schema, self.name, [self])

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("create_table", f"{self.schema}.{self.name}")


class DropTableSqlOp(MigrateOperation):
    """Drop a table that was created with a statement of its own.

    Args:
        schema: of the table.
        name: of the table.
        created: the operations that made it, its statement first.
        foreign: whether it is a foreign table; by default as its statement says.
    """

    def __init__(
        self, schema: str, name: str, created: Sequence[MigrateOperation] = (), *, foreign: bool | None = None
    ) -> None:
        self.schema = schema
        self.name = name
        self.created = tuple(created)
        first = self.created[0] if self.created else None
        stated = isinstance(first, CreateTableSqlOp) and first.definition.startswith("CREATE FOREIGN TABLE ")
        self.foreign = stated if foreign is None else foreign

    @classmethod
    def drop_foreign_table(cls, operations: Operations, name: str, *, schema: str | None = None) -> None:
        """Drop a foreign table; the rows, which are elsewhere, stay."""
        operations.invoke(cls(place(operations, schema), name, foreign=True))

    def reverse(self) -> MigrateOperation:
        """Create what was dropped."""
        if not self.created:
            return NoteOp(f"what foreign table {self.schema}.{self.name} was is not known here")
        return ModifyTableOps(self.name, list(self.created), schema=self.schema)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("drop_table", f"{self.schema}.{self.name}")


def create(operations: Operations, op: CreateTableSqlOp) -> None:
    """Run it, or write it out offline."""
    run(operations, [op.definition])
    restore(operations, ("table", op.schema, op.name))
    record_created(operations, ("table", op.schema, op.name))


def drop(operations: Operations, op: DropTableSqlOp) -> None:
    """Run it, or write it out offline."""
    word = "FOREIGN TABLE" if op.foreign else "TABLE"
    remember(operations, ("table", op.schema, op.name), ours=True)
    run(operations, [f"DROP {word} {name(op.schema, op.name)}"])
    record_dropped(operations, ("table", op.schema, op.name))


def render_create(context: AutogenContext, op: CreateTableSqlOp) -> str:
    """Write the call into the revision."""
    return written(Call("create_table_sql", (op.name, Sql(op.definition)), _schema(context, op.schema)))


def render_drop(context: AutogenContext, op: DropTableSqlOp) -> str:
    """Write the call into the revision."""
    word = "drop_foreign_table" if op.foreign else "drop_table"
    return written(Call(word, (op.name,), _schema(context, op.schema)))


def _schema(context: AutogenContext, schema: str) -> dict[str, str]:
    return {"schema": schema} if schema != default_schema(context.migration_context) else {}
