"""Schemas, tables, columns and indexes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from trueline.catalog.objects.base import CatalogObject, InSchema, Key, Name, OnTable, Origin

Persistence = Literal["permanent", "unlogged"]


@dataclass(frozen=True, slots=True)
class Schema(CatalogObject):
    """A schema."""

    kind: ClassVar[str] = "schema"

    name: str
    origin: Origin | None = None

    @property
    def key(self) -> Key:
        """Kind and name."""
        return (self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Foreign:
    """Where a foreign table's rows are: server, and options as ``name=value``."""

    server: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table(InSchema):
    """An ordinary, partitioned or foreign table, without its columns.

    Attributes:
        options: storage parameters as ``name=value``, sorted; those of its TOAST table as ``toast.name=value``.
        partition_key: as in ``PARTITION BY``.
        bound: as in ``PARTITION OF``, of a partition.
        parents: the tables it is a partition of or inherits from, in order.
        replica_identity: ``default``, ``full``, ``nothing`` or ``index``.
        replica_index: the index that ``replica_identity`` names.
        access_method: when it is not ``heap``.
        tablespace: when it is not the database's.
        of_type: the composite type of a typed table.
        clustered_on: the index that CLUSTER uses.
        column_order: names of the columns as they lie, when watched.
    """

    kind: ClassVar[str] = "table"

    schema: str
    name: str
    persistence: Persistence = "permanent"
    options: tuple[str, ...] = ()
    partition_key: str | None = None
    bound: str | None = None
    parents: tuple[Name, ...] = ()
    row_security: bool = False
    force_row_security: bool = False
    replica_identity: str = "default"
    replica_index: str | None = None
    access_method: str | None = None
    tablespace: str | None = None
    of_type: str | None = None
    clustered_on: str | None = None
    foreign: Foreign | None = None
    column_order: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity column's sequence, with all its options; the sequence's type is the column's."""

    always: bool
    sequence: Name
    start: int = 1
    increment: int = 1
    minimum: int = 1
    maximum: int = 2**63 - 1
    cache: int = 1
    cycle: bool = False


@dataclass(frozen=True, slots=True)
class Generated:
    """A generated column's expression. ``stored`` is false for a virtual one, which PostgreSQL 18 brought."""

    expression: str
    stored: bool = True


@dataclass(frozen=True, slots=True)
class NotNull:
    """What PostgreSQL 18 keeps about a NOT NULL; before, there is neither a name nor an option."""

    name: str
    valid: bool = True
    inherits: bool = True


@dataclass(frozen=True, slots=True)
class Column(OnTable):
    """A column of a table.

    Attributes:
        type: with its modifiers.
        not_null_constraint: its name and options; none before PostgreSQL 18.
        collation: when it is not the type's own.
        storage: when it is not the type's own: ``plain``, ``external``, ``extended`` or ``main``.
        compression: ``pglz`` or ``lz4`` when chosen.
        statistics: target when chosen.
        options: ``n_distinct=…``, and those of a foreign table's column.
        inherited: whether a parent has it, too, which follows from the parents; not compared.
        local: whether it was declared here, too, or only came from a parent.
        position: 1 for the first; not compared.
        spelled: the default as PostgreSQL prints it, where ``default`` has the one spelling; not compared.
    """

    kind: ClassVar[str] = "column"

    schema: str
    table: str
    name: str
    type: str
    not_null: bool = False
    not_null_constraint: NotNull | None = None
    default: str | None = None
    identity: Identity | None = None
    generated: Generated | None = None
    collation: str | None = None
    storage: str | None = None
    compression: str | None = None
    statistics: int | None = None
    options: tuple[str, ...] = ()
    inherited: bool = field(default=False, compare=False)
    local: bool = True
    position: int = field(default=0, compare=False)
    origin: Origin | None = None
    spelled: str | None = field(default=None, compare=False)

    @property
    def written(self) -> str | None:
        """The default as PostgreSQL prints it, for statements: what they make is printed in the same way again."""
        return None if self.default is None else self.spelled or self.default


@dataclass(frozen=True, slots=True)
class Index(InSchema):
    """An index; a key's own has the key as its origin.

    Attributes:
        valid: false after a CREATE INDEX CONCURRENTLY that failed, and of a partitioned one that lacks a partition.
        tablespace: when it is not the database's.
        statistics: targets of its expressions, each with the number of its column.
    """

    kind: ClassVar[str] = "index"

    schema: str
    name: str
    table: str
    definition: str
    valid: bool = True
    options: tuple[str, ...] = ()
    tablespace: str | None = None
    statistics: tuple[tuple[int, int], ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Statistics(InSchema):
    """Extended statistics on several columns or expressions of a table.

    Attributes:
        target: when chosen.
    """

    kind: ClassVar[str] = "statistics"

    schema: str
    name: str
    table: Name
    definition: str
    target: int | None = None
    origin: Origin | None = None
