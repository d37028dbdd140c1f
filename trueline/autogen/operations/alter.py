"""``ALTER`` of an object: what PostgreSQL's statement says after the name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations

from trueline.autogen.call import Call, Sql, unindented, written
from trueline.autogen.operations.called import called, key_of, schema_of
from trueline.autogen.operations.execution import (
    default_schema,
    is_ours,
    place,
    record_created,
    record_dropped,
    record_renamed,
    run,
)
from trueline.autogen.operations.note import NoteOp
from trueline.autogen.operations.remade import TYPES, remember_aside
from trueline.catalog.objects import DEFINED, WITHOUT_SCHEMA, Key
from trueline.catalog.render.words import noun

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext

#: The operation that alters a kind of object, by the kind.
OPERATIONS = {
    "schema": "alter_schema",
    "extension": "alter_extension",
    "table": "alter_table",
    "index": "alter_index",
    "sequence": "alter_sequence",
    "view": "alter_view",
    "materialized_view": "alter_materialized_view",
    "enum": "alter_type",
    "composite": "alter_type",
    "range": "alter_type",
    "domain": "alter_domain",
    "function": "alter_function",
    "procedure": "alter_procedure",
    "aggregate": "alter_aggregate",
    "statistics": "alter_statistics",
    "trigger": "alter_trigger",
    "rule": "alter_rule",
    "policy": "alter_policy",
    **{cls.kind: "alter_object" for cls in DEFINED},
}


class AlterObjectOp(MigrateOperation):
    """Alter an object.

    Args:
        key: of the object; of what is a part of a table, the table's.
        action: what follows ``ALTER TABLE name`` and its like.
        undo: the action that takes it back; empty where there is none.
    """

    def __init__(self, key: Key, action: str, undo: str = "") -> None:
        self.key = key
        self.action = action
        self.undo = undo

    def reverse(self) -> MigrateOperation:
        """Take it back."""
        if not self.undo:
            return NoteOp(f"the way back of {noun(self.key)}: {self.action} is not known here")
        return AlterObjectOp(_renamed(self.key, self.action) or self.key, self.undo, self.action)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return (OPERATIONS[self.key[0]], ".".join(self.key[1:]), self.action)


class Alter:
    """The operations, each for a kind of object or several that share a statement."""

    @classmethod
    def alter_schema(cls, operations: Operations, name: str, action: str) -> None:
        """``ALTER SCHEMA name …``, such as ``RENAME TO other``."""
        _alter(operations, ("schema", name), action)

    @classmethod
    def alter_extension(cls, operations: Operations, name: str, action: str) -> None:
        """``ALTER EXTENSION name …``, such as ``UPDATE TO '1.6'`` or ``SET SCHEMA other``."""
        _alter(operations, ("extension", name), action)

    @classmethod
    def alter_table(cls, operations: Operations, name: str, action: str, *, schema: str | None = None) -> None:
        """``ALTER TABLE name …``, such as ``SET (fillfactor = 70)`` or ``ALTER COLUMN note SET STORAGE EXTERNAL``."""
        _alter(operations, ("table", place(operations, schema), name), action)

    @classmethod
    def alter_index(cls, operations: Operations, name: str, action: str, *, schema: str | None = None) -> None:
        """``ALTER INDEX name …``, such as ``RENAME TO other`` or ``SET (fillfactor = 70)``."""
        _alter(operations, ("index", place(operations, schema), name), action)

    @classmethod
    def alter_sequence(cls, operations: Operations, name: str, action: str, *, schema: str | None = None) -> None:
        """``ALTER SEQUENCE name …``, such as ``INCREMENT 5`` or ``OWNED BY core.orders.id``."""
        _alter(operations, ("sequence", place(operations, schema), name), action)

    @classmethod
    def alter_view(cls, operations: Operations, name: str, action: str, *, schema: str | None = None) -> None:
        """``ALTER VIEW name …``, such as ``SET (security_invoker = true)``."""
        _alter(operations, ("view", place(operations, schema), name), action)

    @classmethod
    def alter_materialized_view(
        cls, operations: Operations, name: str, action: str, *, schema: str | None = None
    ) -> None:
        """``ALTER MATERIALIZED VIEW name …``, such as ``CLUSTER ON ix_totals_day``."""
        _alter(operations, ("materialized_view", place(operations, schema), name), action)

    @classmethod
    def alter_type(cls, operations: Operations, name: str, action: str, *, schema: str | None = None) -> None:
        """``ALTER TYPE name …`` of an enum, composite or range type, such as ``ADD ATTRIBUTE note text``."""
        _alter(operations, ("composite", place(operations, schema), name), action)

    @classmethod
    def alter_domain(cls, operations: Operations, name: str, action: str, *, schema: str | None = None) -> None:
        """``ALTER DOMAIN name …``, such as ``SET DEFAULT ''`` or ``ADD CONSTRAINT short CHECK (…)``."""
        _alter(operations, ("domain", place(operations, schema), name), action)

    @classmethod
    def alter_function(
        cls, operations: Operations, name: str, arguments: str, action: str, *, schema: str | None = None
    ) -> None:
        """``ALTER FUNCTION name(arguments) …``, such as ``IMMUTABLE``; ``arguments`` are the input types."""
        _alter(operations, ("function", place(operations, schema), name, arguments), action)

    @classmethod
    def alter_procedure(
        cls, operations: Operations, name: str, arguments: str, action: str, *, schema: str | None = None
    ) -> None:
        """``ALTER PROCEDURE name(arguments) …``; ``arguments`` are the input types."""
        _alter(operations, ("procedure", place(operations, schema), name, arguments), action)

    @classmethod
    def alter_aggregate(
        cls, operations: Operations, name: str, arguments: str, action: str, *, schema: str | None = None
    ) -> None:
        """``ALTER AGGREGATE name(arguments) …``; ``arguments`` are the input types."""
        _alter(operations, ("aggregate", place(operations, schema), name, arguments), action)

    @classmethod
    def alter_statistics(cls, operations: Operations, name: str, action: str, *, schema: str | None = None) -> None:
        """``ALTER STATISTICS name …``, such as ``SET STATISTICS 500``."""
        _alter(operations, ("statistics", place(operations, schema), name), action)

    @classmethod
    def alter_trigger(
        cls, operations: Operations, name: str, table: str, action: str, *, schema: str | None = None
    ) -> None:
        """``ALTER TRIGGER name ON table …``, such as ``RENAME TO other``; ``schema`` is the table's."""
        _alter(operations, ("trigger", place(operations, schema), table, name), action)

    @classmethod
    def alter_rule(
        cls, operations: Operations, name: str, table: str, action: str, *, schema: str | None = None
    ) -> None:
        """``ALTER RULE name ON table …``, such as ``RENAME TO other``; ``schema`` is the table's."""
        _alter(operations, ("rule", place(operations, schema), table, name), action)

    @classmethod
    def alter_policy(
        cls, operations: Operations, name: str, table: str, action: str, *, schema: str | None = None
    ) -> None:
        """``ALTER POLICY name ON table …``, such as ``USING (true)``; ``schema`` is the table's."""
        _alter(operations, ("policy", place(operations, schema), table, name), action)

    @classmethod
    def alter_object(
        cls,
        operations: Operations,
        kind: str,
        name: str,
        action: str,
        *,
        arguments: str = "",
        method: str | None = None,
        schema: str | None = None,
    ) -> None:
        """``ALTER … name …`` of a kind without an operation of its own, such as ``ADD TABLE core.orders``."""
        _alter(operations, key_of(operations, kind, name, arguments=arguments, method=method, schema=schema), action)


def _alter(operations: Operations, key: Key, action: str) -> None:
    operations.invoke(AlterObjectOp(key, unindented(action)))


def alter(operations: Operations, op: AlterObjectOp) -> None:
    """Run it, or write it out offline."""
    ours = op.key[0] in TYPES and any(is_ours(operations, (kind, *op.key[1:])) for kind in TYPES)
    run(operations, [f"ALTER {noun(op.key)} {op.action}"])
    _record_row_security(operations, op)
    if new := _renamed(op.key, op.action):
        if op.key[0] in TYPES:
            remember_aside(operations, new, op.key, ours=ours)
        for kind in _ALIKE if op.key[0] in _ALIKE else (op.key[0],):
            record_renamed(operations, (kind, *op.key[1:]), (kind, *new[1:]))


#: Row security is no object of its own, but a declaration turns it on, and off when it goes.
_ROW_SECURITY: dict[str, tuple[Callable[[Operations, Key], None], str]] = {
    "ENABLE ROW LEVEL SECURITY": (record_created, "row_security"),
    "DISABLE ROW LEVEL SECURITY": (record_dropped, "row_security"),
    "FORCE ROW LEVEL SECURITY": (record_created, "force_row_security"),
    "NO FORCE ROW LEVEL SECURITY": (record_dropped, "force_row_security"),
}


def _record_row_security(operations: Operations, op: AlterObjectOp) -> None:
    record, flag = _ROW_SECURITY.get(op.action.strip().upper(), (None, ""))
    if record is not None:
        record(operations, (flag, *op.key[1:]))


#: Kinds with one statement, which a revision does not tell apart.
_ALIKE = ("enum", "composite", "range")


def render(context: AutogenContext, op: AlterObjectOp) -> str:
    """Write the call into the revision."""
    kind, *parts = op.key
    operation = OPERATIONS[kind]
    if operation == "alter_object":
        named, keywords = called(op.key)
        place = schema_of(op.key)
        if place not in {None, default_schema(context.migration_context)}:
            keywords = {**keywords, "schema": place}
        return written(Call(operation, (*named, Sql(op.action)), keywords))
    if kind in {"schema", "extension"}:
        return written(Call(operation, (*parts, Sql(op.action))))
    schema, *names = parts
    if kind in {"trigger", "rule", "policy"}:
        names.reverse()
    elsewhere = schema != default_schema(context.migration_context)
    return written(Call(operation, (*names, Sql(op.action)), {"schema": schema} if elsewhere else {}))


def _renamed(key: Key, action: str) -> Key | None:
    """The key that it has afterwards, when the action gives it another name or schema."""
    if action.startswith("RENAME TO "):
        new = _bare(action.removeprefix("RENAME TO "))
        at = {**dict.fromkeys(WITHOUT_SCHEMA, 1), "trigger": 3, "rule": 3, "policy": 3}.get(key[0], 2)
        return (*key[:at], new, *key[at + 1 :])
    if action.startswith("SET SCHEMA ") and key[0] != "extension":
        return (key[0], _bare(action.removeprefix("SET SCHEMA ")), *key[2:])
    return None


def _bare(name: str) -> str:
    """A name without its quotes."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name
