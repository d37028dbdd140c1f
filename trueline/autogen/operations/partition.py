"""``CREATE TABLE … PARTITION OF …``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import DropTableOp

from trueline.autogen.call import Call, written
from trueline.autogen.operations.execution import place, record_created, run
from trueline.catalog.render.words import name

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class CreatePartitionOp(MigrateOperation):
    """Create a partition of a table.

    Args:
        name: of the partition.
        parent: the partitioned table.
        bounds: ``DEFAULT`` or ``FOR VALUES …``.
        schema: of the partition; None for the default one.
        parent_schema: of the table, where it is in another one.
        partition_by: what the partition is partitioned by itself, such as ``LIST (region)``.
    """

    def __init__(
        self,
        name: str,
        parent: str,
        bounds: str,
        *,
        schema: str | None = None,
        parent_schema: str | None = None,
        partition_by: str | None = None,
    ) -> None:
        self.name = name
        self.parent = parent
        self.bounds = bounds
        self.schema = schema
        self.parent_schema = parent_schema
        self.partition_by = partition_by

    @classmethod
    def create_partition(
        cls,
        operations: Operations,
        name: str,
        parent: str,
        bounds: str,
        *,
        partition_by: str | None = None,
        parent_schema: str | None = None,
        schema: str | None = None,
    ) -> None:
        """Create a partition; ``bounds`` is ``DEFAULT`` or ``FOR VALUES …``.

        ``partition_by`` makes it a partitioned table itself; ``parent_schema`` is for a parent in another schema.
        """
        given = {"schema": schema, "parent_schema": parent_schema, "partition_by": partition_by}
        operations.invoke(cls(name, parent, bounds, **given))

    def reverse(self) -> DropTableOp:
        """Drop what was created."""
        return DropTableOp(self.name, schema=self.schema)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("add_partition", self.schema, self.name, self.parent, self.bounds)


def create(operations: Operations, op: CreatePartitionOp) -> None:
    """Run it, or write it out offline."""
    schema = place(operations, op.schema)
    parent = name(op.parent_schema or schema, op.parent)
    further = f" PARTITION BY {op.partition_by}" if op.partition_by else ""
    run(operations, [f"CREATE TABLE {name(schema, op.name)} PARTITION OF {parent} {op.bounds}{further}"])
    record_created(operations, ("table", schema, op.name))


def render(_context: AutogenContext, op: CreatePartitionOp) -> str:
    """Write the call into the revision."""
    given = {"partition_by": op.partition_by, "parent_schema": op.parent_schema, "schema": op.schema}
    chosen = {key: each for key, each in given.items() if each is not None}
    return written(Call("create_partition", (op.name, op.parent, op.bounds), chosen))
