"""The whole DDL of a metadata, as `create_all` would send it, each statement with what it makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Column,
    Constraint,
    Delete,
    ForeignKeyConstraint,
    Index,
    Insert,
    MetaData,
    Sequence,
    Table,
    TextClause,
    Update,
)
from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect
from sqlalchemy.engine.mock import MockConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateColumn, CreateTable, DDLElement, ExecutableDDLElement
from sqlalchemy.types import TypeEngine

from trueline.catalog.render.words import name
from trueline.errors import TruelineError
from trueline.readings.models import place_of

_DATA = (Insert, Update, Delete)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that has to be executed to have what the models say.

    Attributes:
        sql: for the server, as it stands: a percent sign is one.
        what: the object that it makes, in words.
        item: what was declared: a Table, Index, Constraint, Sequence, type or DDL.
        table: the table that it belongs to, if any.
    """

    sql: str
    what: str
    item: Any = field(default=None, repr=False, compare=False)
    table: Table | None = field(default=None, repr=False, compare=False)

    @property
    def where(self) -> tuple[str, ...]:
        """The place of the model, as errors name it."""
        return () if self.table is None else (place_of(self.table),)


def dialect_for(version: int) -> Any:
    """The dialect that compiles for a major version, with percent signs and backslashes as they are."""
    dialect: Any = psycopg_dialect.PGDialect_psycopg(paramstyle="named")
    dialect.server_version_info = (version, 0)
    dialect.supports_virtual_generated_columns = version >= 18
    dialect._backslash_escapes = False  # standard_conforming_strings is on
    dialect._supports_create_index_concurrently = False  # an empty table needs no patience, and a transaction is faster
    return dialect


class _Recorder(MockConnection):
    """Takes what `create_all`, and whoever listens to it, would execute."""

    def __init__(self, dialect: Any) -> None:
        super().__init__(dialect, self._take)
        self.statements: list[Statement] = []

    def _take(self, element: Any, _parameters: Any = None) -> None:
        if not isinstance(element, _DATA):
            self.statements.append(_statement(element, self.dialect))

    def exec_driver_sql(self, sql: str, *_: Any, **__: Any) -> None:
        """For listeners that send plain SQL."""
        self.statements.append(Statement(sql, _first_words(sql)))


def capture(metadata: MetaData, version: int) -> list[Statement]:
    """Every statement, in an order in which `create_all` would send it, the same in every process.

    Args:
        metadata: whose tables, types, sequences and listeners to capture.
        version: major version of the server that the statements are for.

    Raises:
        TruelineError: a table that cannot be written as SQL; names it, its model and the reason.
    """
    recorder = _Recorder(dialect_for(version))
    try:
        metadata.create_all(recorder, checkfirst=False)
    except SQLAlchemyError as error:
        raise TruelineError(f"the models cannot be written as SQL: {error}") from None
    return [*_schemas(metadata, recorder.statements), *_settled(recorder.statements)]


def _schemas(metadata: MetaData, statements: list[Statement]) -> Iterator[Statement]:
    named = {table.schema for table in metadata.tables.values()}
    named |= {getattr(each.item, "schema", None) for each in statements if isinstance(each.item, TypeEngine | Sequence)}
    for schema in sorted(word for word in named if word):
        yield Statement(f"CREATE SCHEMA IF NOT EXISTS {name(str(schema))}", f"schema {name(str(schema))}")


def _settled(statements: list[Statement]) -> Iterator[Statement]:
    """SQLAlchemy keeps a table's indexes, and keys that close a circle, in sets: each run has another order."""
    seen: set[str] = set()
    for unordered, group in groupby(statements, key=lambda each: isinstance(each.item, Index | ForeignKeyConstraint)):
        for each in sorted(group, key=lambda one: one.sql) if unordered else group:
            if isinstance(each.item, TypeEngine) and each.sql in seen:
                continue
            seen.add(each.sql)
            yield each


def _statement(element: Any, dialect: Any) -> Statement:
    item = getattr(element, "element", None)
    if not isinstance(element, ExecutableDDLElement):
        sql = str(element.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        return Statement(sql, _first_words(sql))
    item = item if item is not None else getattr(element, "target", None)
    table = table_of(item)
    try:
        sql = str(element.compile(dialect=dialect)).strip()
    except SQLAlchemyError as error:
        raise _unwritable(item, table, error) from None
    described = describe(item) if not _is_free(element) else _first_words(sql)
    return Statement(sql, described, item if not _is_free(element) else element, table)


def _is_free(element: Any) -> bool:
    """SQL that was written by hand: what it is about is not what it makes."""
    return getattr(element, "element", None) is None


def table_of(item: Any) -> Table | None:
    """The table that something declared belongs to."""
    found = item if isinstance(item, Table) else getattr(item, "table", None)
    return found if isinstance(found, Table) else None


def describe(item: Any) -> str:
    """An object in the words of an error."""
    if isinstance(item, Table):
        return f"table {full_name(item)}"
    table = table_of(item)
    of = f" of table {full_name(table)}" if table is not None else ""
    if isinstance(item, Column):
        return f"column {name(item.name)}{of}"
    if isinstance(item, Index):
        return f"index {name(str(item.name))}{of}"
    if isinstance(item, Constraint):
        named = f" {name(str(item.name))}" if item.name else ""
        return f"{constraint_word(item)}{named}{of}"
    kind = "sequence" if isinstance(item, Sequence) else "type"
    return f"{kind} {name(*filter(None, (getattr(item, 'schema', None), str(getattr(item, 'name', item)))))}"


def constraint_word(constraint: Constraint) -> str:
    """What kind of constraint it is."""
    words = {"primary_key_constraint": "primary key", "foreign_key_constraint": "foreign key"}
    visited = str(constraint.__visit_name__)
    return words.get(
        visited, visited.replace("_", " ").replace("column check", "check").replace("exclude", "exclusion")
    )


def full_name(table: Table) -> str:
    """Schema and name as SQL."""
    return name(*filter(None, (table.schema, table.name)))


def _first_words(sql: str) -> str:
    text = " ".join(sql.split())
    return f"statement {text[:80]}{'…' if len(text) > 80 else ''}"


def _unwritable(item: Any, table: Table | None, error: SQLAlchemyError) -> TruelineError:
    where = () if table is None else (place_of(table),)
    return TruelineError(f"{describe(item)} cannot be written as SQL: {error}", where=where)


__all__ = ["CreateColumn", "CreateTable", "DDLElement", "Statement", "TextClause", "capture", "dialect_for"]
