"""Values of enum types: added at their place, renamed."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations

from trueline.autogen.call import Call, written
from trueline.autogen.operations.execution import place, run
from trueline.autogen.operations.note import NoteOp
from trueline.catalog.render.words import literal, name

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class AddEnumValueOp(MigrateOperation):
    """Add a value to an enum type.

    Args:
        schema: of the type; None for the default one.
        name: of the type.
        value: the new label.
        before: the label that it comes before.
        after: the label that it comes after; with neither it is the last.
        commit: whether later statements of the same revision use the value, which PostgreSQL allows only once it is
            committed: what came before is committed with it.
    """

    def __init__(
        self,
        schema: str | None,
        name: str,
        value: str,
        before: str | None = None,
        after: str | None = None,
        *,
        commit: bool = False,
    ) -> None:
        self.schema = schema
        self.name = name
        self.value = value
        self.before = before
        self.after = after
        self.commit = commit

    @classmethod
    def add_enum_value(
        cls,
        operations: Operations,
        name: str,
        value: str,
        *,
        before: str | None = None,
        after: str | None = None,
        commit: bool = False,
        schema: str | None = None,
    ) -> None:
        """Add a value to an enum type, last or at its place; with ``commit`` later statements may use it."""
        operations.invoke(cls(schema, name, value, before, after, commit=commit))

    def reverse(self) -> NoteOp:
        """Say that there is no way back: PostgreSQL cannot take a value out of a type."""
        return NoteOp(f"PostgreSQL cannot remove the value {self.value!r} from {_shown(self)}: it stays")

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("add_enum_value", _shown(self), self.value)


class RenameEnumValueOp(MigrateOperation):
    """Give a value of an enum type another label; rows that have it follow."""

    def __init__(self, schema: str | None, name: str, old: str, new: str) -> None:
        self.schema = schema
        self.name = name
        self.old = old
        self.new = new

    @classmethod
    def rename_enum_value(
        cls, operations: Operations, name: str, old: str, new: str, *, schema: str | None = None
    ) -> None:
        """Give a value of an enum type another label; rows that have it follow."""
        operations.invoke(cls(schema, name, old, new))

    def reverse(self) -> RenameEnumValueOp:
        """Give it its label back."""
        return RenameEnumValueOp(self.schema, self.name, self.new, self.old)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("rename_enum_value", _shown(self), self.old, self.new)


def _shown(op: AddEnumValueOp | RenameEnumValueOp) -> str:
    return ".".join(filter(None, (op.schema, op.name)))


def add(operations: Operations, op: AddEnumValueOp) -> None:
    """Run it, or write it out offline."""
    at = f" BEFORE {literal(op.before)}" if op.before is not None else ""
    at = f" AFTER {literal(op.after)}" if op.after is not None else at
    type_ = name(place(operations, op.schema), op.name)
    with _committed(operations) if op.commit else nullcontext():
        # What comes before it is committed with it: a second attempt may find it there.
        run(operations, [f"ALTER TYPE {type_} ADD VALUE IF NOT EXISTS {literal(op.value)}{at}"])


def _committed(operations: Operations) -> AbstractContextManager[None]:
    """Outside of a transaction, unless that is somebody else's: then PostgreSQL's own words have to do."""
    context = operations.migration_context
    connection = context.connection
    ours = context.as_sql or context._transaction is not None or connection is None or not connection.in_transaction()
    return context.autocommit_block() if ours else nullcontext()


def rename(operations: Operations, op: RenameEnumValueOp) -> None:
    """Run it, or write it out offline."""
    type_ = name(place(operations, op.schema), op.name)
    run(operations, [f"ALTER TYPE {type_} RENAME VALUE {literal(op.old)} TO {literal(op.new)}"])


def render_add(_context: AutogenContext, op: AddEnumValueOp) -> str:
    """Write the call into the revision."""
    given = {"before": op.before, "after": op.after, "commit": op.commit or None, "schema": op.schema}
    return written(Call("add_enum_value", (op.name, op.value), _present(given)))


def render_rename(_context: AutogenContext, op: RenameEnumValueOp) -> str:
    """Write the call into the revision."""
    return written(Call("rename_enum_value", (op.name, op.old, op.new), _present({"schema": op.schema})))


def _present(given: dict[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in given.items() if each is not None}
