"""How SQL text reaches the server: unchanged, online and offline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from alembic.operations import Operations
from sqlalchemy import DDL

from trueline.catalog.objects import WITHOUT_SCHEMA, Key

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext


def run(operations: Operations, statements: Iterable[str]) -> None:
    """Execute the statements, or write them out offline, with every colon, percent sign and backslash as it is."""
    impl = operations.migration_context.impl
    for statement in statements:
        if impl.as_sql:
            # Not by way of Alembic's own compiling: that one replaces tabs, those in a function's body too.
            impl.static_output(statement + impl.command_terminator)
        else:
            impl.execute(DDL(statement.replace("%", "%%")))


def default_schema(context: MigrationContext) -> str:
    """The schema that stands for none: ``trueline_default_schema`` of the options, else the connection's own.

    Offline nobody can be asked: it is empty then, and names stay without, as in Alembic's own operations.
    """
    chosen: Any = context.opts.get("trueline_default_schema") or context.dialect.default_schema_name
    return str(chosen or ("" if context.as_sql else "public"))


def place(operations: Operations, schema: str | None) -> str:
    """The schema of an object whose call names this one, or none."""
    return schema or default_schema(operations.migration_context)


def record_created(operations: Operations, key: Key) -> None:
    """Note, where a replay wants to know, that an operation and no raw SQL has created this."""
    if (created := _created(operations)) is not None:
        created.add(key)


def is_ours(operations: Operations, key: Key) -> bool:
    """Whether an operation has created this, as far as anybody keeps the count."""
    created = _created(operations)
    return created is None or key in created


def record_dropped(operations: Operations, key: Key) -> None:
    """Note that this is gone, with all that hung on it."""
    if (created := _created(operations)) is not None:
        # Whatever would follow the object to another name goes where it goes.
        created.difference_update([each for each in created if each == key or follow(each, key, (*key, "")) != each])


def record_renamed(operations: Operations, key: Key, new: Key) -> None:
    """Note that this has another name, and with it whatever has its name in its own key."""
    if (created := _created(operations)) is not None:
        moved = {each: follow(each, key, new) for each in list(created)}
        created.difference_update(moved)
        created.update(moved.values())


def _created(operations: Operations) -> set[Key] | None:
    found = operations.migration_context.opts.get("trueline_created")
    return found if isinstance(found, set) else None


def follow(key: Key, old: Key, new: Key) -> Key:
    """``("trigger", schema, table, name)`` follows its table, ``("comment", *key)`` the object that it is about."""
    if key[0] in {"comment", "owner", "grant"}:
        return (key[0], *follow(key[1:], old, new))
    if key[: len(old)] == old:
        return (*new, *key[len(old) :])
    if old[0] == "schema" and key[1:2] == old[1:] and key[0] not in WITHOUT_SCHEMA:
        return (key[0], *new[1:], *key[2:])
    if old[0] in _RELATIONS and key[0] in _ON_RELATION and key[1:3] == old[1:]:
        return (key[0], *new[1:], *key[3:])
    return key


_RELATIONS = frozenset({"table", "view", "materialized_view"})
_ON_RELATION = frozenset(
    {
        *("column", "primary_key", "unique", "exclusion", "check", "foreign_key", "trigger", "rule", "policy"),
        *("row_security", "force_row_security"),
    }
)
