"""The whole DDL of a metadata, as `create_all` would send it, each statement with what it makes."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy
from sqlalchemy import Delete, ForeignKeyConstraint, Index, Insert, MetaData, Table, Update
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine.mock import MockConnection
from sqlalchemy.exc import NoReferenceError, SAWarning, SQLAlchemyError
from sqlalchemy.schema import AddConstraint, ExecutableDDLElement
from sqlalchemy.sql.ddl import SchemaGenerator, SetColumnComment, SetConstraintComment, SetTableComment
from sqlalchemy.types import TypeEngine

from trueline.catalog.render.words import name
from trueline.declared.create import CreateObject
from trueline.errors import TruelineError
from trueline.garbage import uncollected
from trueline.readings.order import in_order
from trueline.readings.things import describe, first_words, place_of, table_of

#: Rows are no part of a schema.
_ROWS = (Insert, Update, Delete)
_COMMENTS = (SetTableComment, SetColumnComment, SetConstraintComment)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that has to be executed to have what the models say.

    Attributes:
        sql: for the server, as it stands: a percent sign is one.
        what: the object that it makes, in words.
        item: what was declared: a Table, Index, Constraint, Sequence, type or Declaration; none for plain SQL.
        table: the table that it is about, if any.
        element: SQLAlchemy's own statement, which a table can be taken apart from.
    """

    sql: str
    what: str
    item: Any = field(default=None, repr=False, compare=False)
    table: Table | None = field(default=None, repr=False, compare=False)
    element: Any = field(default=None, repr=False, compare=False)

    @property
    def where(self) -> tuple[str, ...]:
        """The place of the model or declaration, as errors name it."""
        own = getattr(self.item, "where", None)
        if isinstance(own, str):
            return (own,)
        return _place(self.table)


@cache
def dialect_for(version: int) -> Any:
    """`new_dialect`, which knows the types that it has seen; not to be changed."""
    return new_dialect(version)


def new_dialect(version: int) -> Any:
    """The dialect that compiles for a major version, with backslashes as they are; see `as_sent` for percent signs."""
    dialect: Any = PGDialect_psycopg()
    dialect.server_version_info = (version, 0)
    dialect.supports_virtual_generated_columns = version >= 18
    dialect._backslash_escapes = False  # standard_conforming_strings is on
    dialect._supports_create_index_concurrently = False  # an empty table needs none, and it allows no transaction
    return dialect


def as_sent(sql: str) -> str:
    """What the driver makes of a text: SQLAlchemy has doubled the percent signs in it, or leaves that to its author."""
    return sql.replace("%%", "%")


class _Recorder(MockConnection):
    """Takes what `create_all`, and whoever listens to it, would execute."""

    def __init__(self, dialect: Any) -> None:
        super().__init__(dialect, self._take)
        self.statements: list[Statement] = []

    def _run_ddl_visitor(self, visitorcallable: Any, element: Any, **options: Any) -> None:
        chosen = _Generator if visitorcallable is SchemaGenerator else visitorcallable
        super()._run_ddl_visitor(chosen, element, **options)

    def _take(self, element: Any, _parameters: Any = None) -> None:
        if not isinstance(element, _ROWS) and not _is_setting(element):
            self.statements.append(_statement(element, self.dialect))

    def exec_driver_sql(self, sql: str, *_: Any, **__: Any) -> None:
        """For listeners that send plain SQL."""
        self.statements.append(Statement(as_sent(sql), first_words(sql)))


class _Generator(SchemaGenerator):
    """SQLAlchemy's own, in an order that takes linear time: its takes the depth of the keys times the tables."""

    def visit_metadata(self, metadata: MetaData) -> None:
        tables: Sequence[Table] = self.tables if self.tables is not None else list(metadata.tables.values())
        generator: Any = self  # without annotations
        for table in tables:
            generator._can_create_table(table)  # refuses names that are too long
        placed = in_order(tables)
        sequences = [each for each in metadata._sequences.values() if each.column is None]
        with self.with_ddl_events(metadata, tables=[each.table for each in placed], checkfirst=self.checkfirst):
            for sequence in sequences:
                if generator._can_create_sequence(sequence):
                    self.traverse_single(sequence, create_ok=True)
            for each in placed:
                self.traverse_single(
                    each.table,
                    create_ok=True,
                    include_foreign_key_constraints=each.inside,
                    _is_metadata_operation=True,
                )
            for key in (key for each in placed for key in each.later):
                self.traverse_single(key)

    def visit_foreign_key_constraint(self, constraint: ForeignKeyConstraint) -> None:
        """Without a mark that would keep the key out of every CREATE TABLE from now on."""
        add: Any = AddConstraint(constraint, isolate_from_table=False)
        with self.with_ddl_events(constraint):
            add._invoke_with(self.connection)


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
        with uncollected(), warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # of what this server has not got: it is written as it can be
            metadata.create_all(recorder, checkfirst=False)
    except SQLAlchemyError as error:
        lost = isinstance(error, NoReferenceError)
        fix = "import the module that declares it before migrations/env.py uses the metadata" if lost else None
        raise TruelineError(f"the models cannot be written as SQL: {error}", fix=fix) from None
    return list(_settled([*_schemas(metadata, recorder.statements), *recorder.statements]))


def _schemas(metadata: MetaData, statements: list[Statement]) -> Iterator[Statement]:
    named = {table.schema for table in metadata.tables.values()}
    items = (each.item for each in statements)
    named |= {each.schema for each in items if isinstance(each, TypeEngine | sqlalchemy.Sequence)}  # type: ignore[union-attr]  # a type that is created has one
    for schema in sorted(str(word) for word in named if word):
        yield Statement(f"CREATE SCHEMA IF NOT EXISTS {name(schema)}", f"schema {name(schema)}")


def _settled(statements: list[Statement]) -> Iterator[Statement]:
    """Each schema and type once; indexes, which SQLAlchemy keeps in sets, in one order."""
    seen: set[str] = set()
    for unordered, group in groupby(statements, key=lambda each: isinstance(each.item, Index | ForeignKeyConstraint)):
        for each in sorted(group, key=lambda one: one.sql) if unordered else group:
            once = isinstance(each.item, TypeEngine) or each.sql.startswith("CREATE SCHEMA IF NOT EXISTS ")
            if not once or each.sql not in seen:
                yield each
            seen.update([each.sql] if once else [])


def _is_setting(element: Any) -> bool:
    """Settings around declarations: here they hold from beginning to end."""
    return isinstance(element, CreateObject) and element.object is None


def _statement(element: Any, dialect: Any) -> Statement:
    if not isinstance(element, ExecutableDDLElement):
        sql = as_sent(str(element.compile(dialect=dialect, compile_kwargs={"literal_binds": True})))
        return Statement(sql, first_words(sql))
    item = getattr(element, "element", None)
    if isinstance(element, CreateObject):
        return Statement(_compiled(element, element.label, None, dialect), element.label, element.object)
    if item is None:  # DDL() that listens to a table, or to the metadata
        table = table_of(getattr(element, "target", None))
        sql = _compiled(element, "a DDL statement", table, dialect)
        return Statement(sql, first_words(sql), None, table)
    table, what = table_of(item), describe(item)
    what = f"comment on {what}" if isinstance(element, _COMMENTS) else what
    return Statement(_compiled(element, what, table, dialect), what, item, table, element)


def _place(table: Table | None) -> tuple[str, ...]:
    return () if table is None else (place_of(table),)


def _compiled(element: Any, what: str, table: Table | None, dialect: Any) -> str:
    try:
        return as_sent(str(element.compile(dialect=dialect)).strip())
    except SQLAlchemyError as error:
        raise TruelineError(f"{what} cannot be written as SQL: {error}", where=_place(table)) from None
