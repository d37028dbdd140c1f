"""Reference rows in revisions: upserts and deletes that a second run does not repeat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import ModifyTableOps

from trueline.autogen.call import schema_argument
from trueline.rows import PlainRow, remove, update, upsert

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class RowsOp(MigrateOperation):
    """Rows of a table, found by their key.

    Attributes:
        replaced: what the rows were before, for the way back; empty when there were none, or that is not known.
    """

    #: What it is called in revisions and in what ``alembic check`` prints.
    word: ClassVar[str]

    def __init__(
        self,
        table: str,
        key: Sequence[str],
        rows: Sequence[PlainRow],
        *,
        schema: str | None = None,
        replaced: Sequence[PlainRow] = (),
    ) -> None:
        self.table = table
        self.key = tuple(key)
        self.rows = tuple(rows)
        self.schema = schema
        self.replaced = tuple(replaced)

    def shown(self) -> Sequence[PlainRow]:
        """The rows as they are written."""
        return self.rows

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return (self.word, self.schema, self.table, [dict(row) for row in self.shown()])


class UpsertRowsOp(RowsOp):
    """Insert rows, or bring the ones with the same key to these values.

    Attributes:
        new_table: whether the same revision creates the table: the way back then drops it, with whatever refers to
            the rows.
    """

    word = "upsert_rows"

    def __init__(
        self,
        table: str,
        key: Sequence[str],
        rows: Sequence[PlainRow],
        *,
        schema: str | None = None,
        replaced: Sequence[PlainRow] = (),
        new_table: bool = False,
    ) -> None:
        super().__init__(table, key, rows, schema=schema, replaced=replaced)
        self.new_table = new_table

    @classmethod
    def upsert_rows(
        cls,
        operations: Operations,
        table: str,
        *,
        key: Sequence[str],
        rows: Sequence[PlainRow],
        schema: str | None = None,
    ) -> None:
        """Insert the rows, or update the ones whose key exists; rows that are right already stay untouched."""
        operations.invoke(cls(table, key, rows, schema=schema))

    def reverse(self) -> MigrateOperation:
        """Bring back what was replaced, or delete what was new; leave a new table's rows to its drop."""
        if self.new_table:
            return ModifyTableOps(self.table, [], schema=self.schema)
        if self.replaced:
            return UpsertRowsOp(self.table, self.key, self.replaced, schema=self.schema, replaced=self.rows)
        return DeleteRowsOp(self.table, self.key, self.rows, schema=self.schema)


class UpdateRowsOp(RowsOp):
    """Bring the rows with these keys to these values, where there are such rows."""

    word = "update_rows"

    @classmethod
    def update_rows(
        cls,
        operations: Operations,
        table: str,
        *,
        key: Sequence[str],
        rows: Sequence[PlainRow],
        schema: str | None = None,
    ) -> None:
        """Update the rows with these keys, a few of their columns alone; the ones that are gone are no error."""
        operations.invoke(cls(table, key, rows, schema=schema))

    def reverse(self) -> MigrateOperation:
        """Bring back what was replaced."""
        if not self.replaced:
            return ModifyTableOps(self.table, [], schema=self.schema)
        return UpdateRowsOp(self.table, self.key, self.replaced, schema=self.schema, replaced=self.rows)


class DeleteRowsOp(RowsOp):
    """Delete rows by their key."""

    word = "delete_rows"

    @property
    def keys(self) -> tuple[PlainRow, ...]:
        """The rows, cut down to their key."""
        return tuple({name: row[name] for name in self.key} for row in self.rows)

    def shown(self) -> Sequence[PlainRow]:
        """The keys are enough."""
        return self.keys

    @classmethod
    def delete_rows(
        cls, operations: Operations, table: str, *, keys: Sequence[PlainRow], schema: str | None = None
    ) -> None:
        """Delete the rows with these keys; the ones that are gone already are no error."""
        operations.invoke(cls(table, tuple(keys[0]), keys, schema=schema))

    def reverse(self) -> UpsertRowsOp:
        """Bring back what was deleted."""
        return UpsertRowsOp(self.table, self.key, self.rows, schema=self.schema)


def run_upsert(operations: Operations, op: UpsertRowsOp) -> None:
    """Run it, or write it out offline."""
    operations.execute(upsert(op.table, op.key, op.rows, schema=op.schema))


def run_update(operations: Operations, op: UpdateRowsOp) -> None:
    """Run it, or write it out offline; a statement per row, and none for a row that is all key."""
    for row in (each for each in op.rows if set(each) - set(op.key)):
        operations.execute(update(op.table, op.key, row, schema=op.schema))


def run_delete(operations: Operations, op: DeleteRowsOp) -> None:
    """Run it, or write it out offline."""
    operations.execute(remove(op.table, op.keys, schema=op.schema))


def render_rows(_context: AutogenContext, op: RowsOp) -> str:
    """Write the call into the revision, a line per row."""
    named = "keys" if isinstance(op, DeleteRowsOp) else f"key={list(op.key)!r}, rows"
    return f"op.{op.word}({op.table!r}, {named}={_lines(op.shown())}{schema_argument(op.schema)})"


def _lines(rows: Iterable[PlainRow]) -> str:
    return "[\n" + "".join(f"    {dict(row)!r},\n" for row in rows) + "]"
