"""``CREATE TABLE … PARTITION OF``, for partitions that the models declare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import DropTableOp
from sqlalchemy import text

from trueline.autogen.call import schema_argument
from trueline.autogen.live import Live
from trueline.objects import Partition, create_partition_sql

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class CreatePartitionOp(MigrateOperation):
    """Create a partition of a table in the same schema."""

    def __init__(self, name: str, parent: str, bounds: str, *, schema: str | None = None) -> None:
        self.name = name
        self.parent = parent
        self.bounds = bounds
        self.schema = schema

    @classmethod
    def create_partition(
        cls, operations: Operations, name: str, parent: str, bounds: str, *, schema: str | None = None
    ) -> None:
        """Create a partition; ``bounds`` is ``DEFAULT`` or ``FOR VALUES …``."""
        operations.invoke(cls(name, parent, bounds, schema=schema))

    def reverse(self) -> DropTableOp:
        """Drop what was created."""
        return DropTableOp(self.name, schema=self.schema)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("add_partition", self.schema, self.name, self.parent, self.bounds)


def create(operations: Operations, op: CreatePartitionOp) -> None:
    """Run it, or write it out offline."""
    # A colon in the bounds, as in a timestamp, must not become a bound parameter.
    sql = create_partition_sql(op.name, op.parent, op.bounds, op.schema)
    operations.execute(text(sql.replace(":", "\\:")))


def render(_context: AutogenContext, op: CreatePartitionOp) -> str:
    """Write the call into the revision."""
    return f"op.create_partition({op.name!r}, {op.parent!r}, {op.bounds!r}{schema_argument(op.schema)})"


def missing(declared: Iterable[Partition], live: Live) -> list[CreatePartitionOp]:
    """Find the declared partitions that the database lacks."""
    return [
        CreatePartitionOp(each.name, each.parent.name, each.bounds, schema=each.schema)
        for each in declared
        if (each.schema if each.schema != live.default_schema else None, each.name) not in live.relations
    ]
