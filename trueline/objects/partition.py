"""Partitions that the schema itself needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import DDL, Table, event
from sqlalchemy.schema import DDLElement

from trueline.errors import TruelineError
from trueline.objects.base import objects_of
from trueline.objects.names import sql, table_of


@dataclass(frozen=True, slots=True)
class Partition:
    """A partition that the schema itself needs, most often the default one.

    Partitions that a job adds as time goes by are data, not schema: autogenerate leaves them alone.

    Args:
        table: the partitioned model (or its table).
        name: the partition's name, in the schema of its table.
        bounds: what follows ``PARTITION OF``: ``DEFAULT`` or ``FOR VALUES FROM (…) TO (…)``.

    Raises:
        TruelineError: when the table is not partitioned, or the name is taken.
    """

    table: Any
    name: str
    bounds: str = "DEFAULT"

    def __post_init__(self) -> None:
        parent = self.parent
        if not parent.dialect_options["postgresql"]["partition_by"]:
            raise TruelineError(
                f"Partition {self.name!r} is declared of {parent.fullname!r}, which is not partitioned.",
                fix='give the table "postgresql_partition_by": "RANGE (…)" in __table_args__',
            )
        siblings = objects_of(parent.metadata).partitions
        if any((each.name, each.schema) == (self.name, self.schema) for each in siblings):
            raise TruelineError(
                f"Partition {self.name!r} of {parent.fullname!r} is declared twice.",
                fix="remove one of the two declarations, or give one another name",
            )
        siblings.append(self)
        create: DDLElement = DDL(self.create_sql().replace("%", "%%")).execute_if(dialect="postgresql")
        event.listen(parent, "after_create", create)

    @property
    def parent(self) -> Table:
        """The partitioned table."""
        return table_of(self.table)

    @property
    def schema(self) -> str | None:
        """The schema of the partition, which is its table's."""
        return self.parent.schema

    def create_sql(self) -> str:
        """The statement that creates the partition."""
        return create_partition_sql(self.name, self.parent.name, self.bounds, self.schema)


def create_partition_sql(name: str, parent: str, bounds: str, schema: str | None) -> str:
    """``CREATE TABLE … PARTITION OF …``, with identifiers quoted where they need it."""
    return f"CREATE TABLE {sql((schema, name))} PARTITION OF {sql((schema, parent))} {bounds}"
