"""``CREATE TYPE … AS ENUM`` apart from the tables that use it.

Stock autogenerate leaves the type to the first ``create_table``: the second table with the same type then fails,
``add_column`` never creates it, and no downgrade drops it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations
from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import ENUM, CreateEnumType, DropEnumType
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.types import ARRAY, TypeEngine

from trueline.autogen.call import schema_argument
from trueline.autogen.live import Live, Name
from trueline.errors import TruelineError

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class CreateEnumOp(MigrateOperation):
    """Create an enum type."""

    def __init__(self, name: str, labels: Sequence[str], *, schema: str | None = None) -> None:
        self.name = name
        self.labels = tuple(labels)
        self.schema = schema

    @classmethod
    def create_enum(
        cls, operations: Operations, name: str, labels: Sequence[str], *, schema: str | None = None
    ) -> None:
        """Create an enum type with these labels, in this order."""
        operations.invoke(cls(name, labels, schema=schema))

    def reverse(self) -> DropEnumOp:
        """Drop what was created."""
        return DropEnumOp(self.name, schema=self.schema, labels=self.labels)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("add_enum", self.schema, self.name, self.labels)


class DropEnumOp(MigrateOperation):
    """Drop an enum type."""

    def __init__(self, name: str, *, schema: str | None = None, labels: Sequence[str] = ()) -> None:
        self.name = name
        self.schema = schema
        self.labels = tuple(labels)

    @classmethod
    def drop_enum(cls, operations: Operations, name: str, *, schema: str | None = None) -> None:
        """Drop an enum type; PostgreSQL refuses while a column uses it."""
        operations.invoke(cls(name, schema=schema))

    def reverse(self) -> CreateEnumOp:
        """Create what was dropped."""
        return CreateEnumOp(self.name, self.labels, schema=self.schema)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("remove_enum", self.schema, self.name)


def create(operations: Operations, op: CreateEnumOp) -> None:
    """Run it, or write it out offline."""
    operations.execute(CreateEnumType(ENUM(*op.labels, name=op.name, schema=op.schema)))


def drop(operations: Operations, op: DropEnumOp) -> None:
    """Run it, or write it out offline."""
    operations.execute(DropEnumType(ENUM(name=op.name, schema=op.schema)))


def render_create(_context: AutogenContext, op: CreateEnumOp) -> str:
    """Write the call into the revision."""
    return f"op.create_enum({op.name!r}, {list(op.labels)!r}{schema_argument(op.schema)})"


def render_drop(_context: AutogenContext, op: DropEnumOp) -> str:
    """Write the call into the revision."""
    return f"op.drop_enum({op.name!r}{schema_argument(op.schema)})"


def native_enum(type_: TypeEngine[Any]) -> ENUM | None:
    """The PostgreSQL enum that a column type comes down to, be it plain, decorated, a variant or an array."""
    native = type_.dialect_impl(PGDialect())
    if isinstance(native, ARRAY):
        return native_enum(native.item_type)
    return native if isinstance(native, ENUM) and native.native_enum else None


def enums_of(tables: Iterable[Table]) -> dict[Name, ENUM]:
    """The enum types that tables use, by schema and name.

    Raises:
        TruelineError: when two columns mean different labels by one name.
    """
    found: dict[Name, tuple[ENUM, str]] = {}
    for place, enum in _uses(tables):
        key = (enum.schema, str(enum.name))
        first, first_place = found.setdefault(key, (enum, place))
        if first.enums != enum.enums:
            raise TruelineError(
                f"Enum type {'.'.join(filter(None, key))!r} is declared with different labels.",
                where=(f"{first_place}: {', '.join(first.enums)}", f"{place}: {', '.join(enum.enums)}"),
                fix="use one Python enum for both columns, or give one of the types another name",
            )
    return {key: enum for key, (enum, _) in found.items()}


def _uses(tables: Iterable[Table]) -> Iterator[tuple[str, ENUM]]:
    for table in tables:
        for column in table.columns:
            if enum := native_enum(column.type):
                yield f"{table.fullname}.{column.name}", enum


def missing(declared: dict[Name, ENUM], live: Live) -> list[CreateEnumOp]:
    """Find the enum types that the models use and the database lacks."""
    return [
        CreateEnumOp(name, enum.enums, schema=schema)
        for (schema, name), enum in sorted(declared.items(), key=lambda item: (item[0][0] or "", item[0][1]))
        if (schema if schema != live.default_schema else None, name) not in live.enums
    ]


def orphaned(used: dict[Name, ENUM], declared: dict[Name, ENUM], live: Live) -> list[DropEnumOp]:
    """Find the enum types that only the columns dropped now have used."""
    return [
        DropEnumOp(name, schema=schema, labels=live.enums[schema, name])
        for schema, name in sorted(used, key=lambda key: (key[0] or "", key[1]))
        if (schema, name) in live.enums and (schema or None, name) not in declared
    ]
