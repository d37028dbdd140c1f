"""``CREATE SCHEMA`` and ``DROP SCHEMA``: stock autogenerate writes neither, so its tables have nowhere to go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations
from sqlalchemy.schema import CreateSchema, DropSchema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alembic.autogenerate.api import AutogenContext

    from trueline.autogen.live import Live


class CreateSchemaOp(MigrateOperation):
    """Create a schema unless it is there already."""

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    def create_schema(cls, operations: Operations, name: str) -> None:
        """Create the schema unless a DBA has created it beforehand."""
        operations.invoke(cls(name))

    def reverse(self) -> DropSchemaOp:
        """Drop what was created."""
        return DropSchemaOp(self.name)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("add_schema", self.name)


class DropSchemaOp(MigrateOperation):
    """Drop an empty schema."""

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    def drop_schema(cls, operations: Operations, name: str) -> None:
        """Drop the schema; PostgreSQL refuses while anything is left in it."""
        operations.invoke(cls(name))

    def reverse(self) -> CreateSchemaOp:
        """Create what was dropped."""
        return CreateSchemaOp(self.name)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("remove_schema", self.name)


def create(operations: Operations, op: CreateSchemaOp) -> None:
    """Run it, or write it out offline."""
    operations.execute(CreateSchema(op.name, if_not_exists=True))


def drop(operations: Operations, op: DropSchemaOp) -> None:
    """Run it, or write it out offline."""
    operations.execute(DropSchema(op.name))


def render(_context: AutogenContext, op: CreateSchemaOp | DropSchemaOp) -> str:
    """Write the call into the revision."""
    return f"op.{'create' if isinstance(op, CreateSchemaOp) else 'drop'}_schema({op.name!r})"


def missing(declared: Iterable[str | None], live: Live) -> list[CreateSchemaOp]:
    """Find the schemas that the models use and the database lacks."""
    return [CreateSchemaOp(name) for name in sorted(filter(None, set(declared))) if name not in live.schemas]


def emptied(dropped: Iterable[tuple[str | None, str]], declared: set[str | None], live: Live) -> list[DropSchemaOp]:
    """Find the schemas whose last relation goes and that no model uses."""
    gone = set(dropped)
    candidates = {schema for schema, _ in gone if schema} - declared - {live.default_schema}
    left = {name[0] for name in live.relations if name not in gone and not live.parents.get(name, frozenset()) & gone}
    return [DropSchemaOp(name) for name in sorted(filter(None, candidates - left))]
