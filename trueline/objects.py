"""What belongs to a schema and SQLAlchemy has no class for, declared beside the models.

Each is a small frozen value that registers itself on its table's metadata, is created by ``create_all`` and
is written into revisions by autogenerate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import DDL, Connection, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint, event, null
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.schema import DDLElement

from trueline.errors import TruelineError

_INFO_KEY = "trueline.objects"


@dataclass(frozen=True, slots=True)
class Objects:
    """Everything declared on one metadata beside its tables, in the order of declaration."""

    partitions: list[Partition] = field(default_factory=list)
    reference_rows: list[ReferenceRows] = field(default_factory=list)


def objects_of(metadata: MetaData) -> Objects:
    """What is declared on the metadata beside its tables."""
    objects: Objects = metadata.info.setdefault(_INFO_KEY, Objects())
    return objects


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
    return f"CREATE TABLE {qualified(name, schema)} PARTITION OF {qualified(parent, schema)} {bounds}"


def qualified(name: str, schema: str | None) -> str:
    """The name as SQL, with its schema, quoted where it needs to be."""
    preparer = PGDialect().identifier_preparer
    return ".".join(preparer.quote(part) for part in (schema, name) if part)


@dataclass(frozen=True, slots=True)
class ReferenceRows:
    """Rows that belong to the schema: the application does not work without them.

    Args:
        table: the model (or its table).
        key: columns that identify a row; they must be unique together.
        rows: one mapping of column names to values per row, all with the same columns. Columns that are
            not named keep the database's default.
        complete: whether these are all the rows of the table, so that autogenerate also deletes the
            others. ``False`` leaves rows alone that are not listed.

    Raises:
        TruelineError: for a column that does not exist, rows of different shape, a key that is not
            unique, or two rows with the same key.
    """

    table: Any
    key: tuple[str, ...]
    rows: Sequence[Mapping[str, Any]]
    complete: bool = True

    def __post_init__(self) -> None:
        target = self.target
        _check_rows(self, target)
        objects_of(target.metadata).reference_rows.append(self)
        if not event.contains(target.metadata, "after_create", _insert_rows):
            event.listen(target.metadata, "after_create", _insert_rows)

    @property
    def target(self) -> Table:
        """The table that the rows belong to."""
        return table_of(self.table)


def table_of(model: Any) -> Table:
    """The table of a model, or the table itself.

    Raises:
        TruelineError: when it is neither.
    """
    table = getattr(model, "__table__", model)
    if isinstance(table, Table):
        return table
    raise TruelineError(
        f"{model!r} has no table.", fix="pass a class that is declared with table=True, or a sqlalchemy.Table"
    )


def _check_rows(declared: ReferenceRows, table: Table) -> None:
    where = f"ReferenceRows of {table.fullname}"
    if not declared.rows:
        raise TruelineError("Reference rows without a row.", where=where, fix="remove the declaration")
    columns = set(declared.rows[0])
    if unknown := (columns | set(declared.key)) - set(table.columns.keys()):
        raise TruelineError(
            f"Unknown column {sorted(unknown)[0]!r}.",
            where=where,
            fix=f"use one of {sorted(table.columns.keys())}",
        )
    if any(set(row) != columns for row in declared.rows) or not columns.issuperset(declared.key):
        raise TruelineError(
            "Rows must all name the same columns, the key among them.", where=where, fix="complete the rows"
        )
    if not _is_unique(table, set(declared.key)):
        raise TruelineError(
            f"The key {declared.key} is not unique in the table.",
            where=where,
            fix="add a unique constraint on it",
        )
    keys = [tuple(row[name] for name in declared.key) for row in declared.rows]
    if twice := [key for key in keys if keys.count(key) > 1]:
        raise TruelineError(f"Two rows with the key {twice[0]}.", where=where, fix="remove one of them")


def _is_unique(table: Table, key: set[str]) -> bool:
    constraints = [each for each in table.constraints if isinstance(each, PrimaryKeyConstraint | UniqueConstraint)]
    indexes = [each for each in table.indexes if each.unique]
    return any({column.name for column in each.columns} == key for each in [*constraints, *indexes])


def _insert_rows(metadata: MetaData, connection: Connection, *, tables: Sequence[Table], **_: Any) -> None:
    """Fill what ``create_all`` has just created, parents before children."""
    order = {table: position for position, table in enumerate(metadata.sorted_tables)}
    declared = [each for each in objects_of(metadata).reference_rows if each.target in tables]
    for each in sorted(declared, key=lambda one: order[one.target]):
        # None is SQL's NULL here; a JSON column would make it the document `null`.
        rows = [{name: null() if value is None else value for name, value in row.items()} for row in each.rows]
        connection.execute(each.target.insert().values(rows))
