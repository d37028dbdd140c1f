"""What an object is called in a call that takes its kind: name, and whatever else it takes to find it."""

from __future__ import annotations

from alembic.operations import Operations

from trueline.autogen.operations.execution import place
from trueline.autogen.operations.forms import Arguments
from trueline.catalog.objects import WITHOUT_SCHEMA, Key

_WITH_ARGUMENTS = frozenset({"function", "procedure", "aggregate", "operator"})
_FOR_METHOD = frozenset({"operator_class", "operator_family"})


def key_of(
    operations: Operations,
    kind: str,
    name: str,
    *,
    table: str | None = None,
    arguments: str = "",
    method: str | None = None,
    schema: str | None = None,
) -> Key:
    """The key of the object that a call names."""
    if kind in WITHOUT_SCHEMA:
        return (kind, name)
    where = place(operations, schema)
    if kind in _WITH_ARGUMENTS:
        return (kind, where, name, arguments)
    if kind in _FOR_METHOD:
        return (kind, where, name, method or "btree")
    return (kind, where, name) if table is None else (kind, where, table, name)


def called(key: Key) -> Arguments:
    """Kind and name, and what else the call takes."""
    kind, *parts = key
    if kind in WITHOUT_SCHEMA:
        return (kind, parts[0]), {}
    if kind in _WITH_ARGUMENTS:
        return (kind, parts[1]), {"arguments": parts[2]}
    if kind in _FOR_METHOD:
        return (kind, parts[1]), {"method": parts[2]}
    if len(parts) == 3:
        return (kind, parts[2]), {"table": parts[1]}
    return (kind, parts[1]), {}


def schema_of(key: Key) -> str | None:
    """The schema that ``schema=`` stands for."""
    return None if key[0] in WITHOUT_SCHEMA else key[1]
