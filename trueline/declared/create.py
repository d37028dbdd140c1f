"""What `create_all` makes on PostgreSQL beside tables: schemas first, then whatever was hooked onto the metadata.

SQLAlchemy's own events know no order among their listeners, so one pair of listeners calls the hooks in theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, MetaData, Table, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import DDLElement
from sqlalchemy.sql.compiler import DDLCompiler
from sqlalchemy.types import SchemaType

from trueline.catalog.render.words import name
from trueline.declared.enums import listens_for
from trueline.errors import TruelineError

_KEY = "trueline.create"

#: SQLSTATE of what is there already: schema, table, function, any other object.
_EXISTS = frozenset({"42P06", "42P07", "42723", "42710"})


class CreateObject(DDLElement):
    """One statement of ``create_all`` or ``drop_all`` about a declared object.

    Attributes:
        statement: the SQL, as PostgreSQL shall read it.
        object: the declaration that it is from.
        label: what a message calls the object, such as ``view core.free_stations``.
    """

    def __init__(self, statement: str, object: Any, label: str) -> None:  # noqa: A002 - the name that readers use
        self.statement = statement
        self.object = object
        self.label = label


@compiles(CreateObject)
def _as_it_stands(element: CreateObject, compiler: DDLCompiler, **_: Any) -> str:
    """Percent signs are doubled where the driver halves them."""
    return str(compiler.sql_compiler.post_process_text(element.statement))


@dataclass(frozen=True, slots=True)
class Run:
    """One ``create_all`` or ``drop_all``.

    Attributes:
        tables: those that this run creates or drops.
        asked: the tables that the caller named; none when it named none and so means everything.
        check: whether what is there already is to be left alone.
    """

    metadata: MetaData
    connection: Connection
    tables: Sequence[Table]
    asked: frozenset[str] | None
    check: bool

    @property
    def on_postgresql(self) -> bool:
        """Whether there is anything but tables to make."""
        return self.connection.dialect.name == "postgresql"


@dataclass(frozen=True, slots=True)
class Hooks:
    """What is called before and after the tables, in this order.

    Attributes:
        schemas: what says which schemas are needed beside those of the tables.
        problems: what says, once everything is imported, what is wrong.
    """

    before_create: list[Callable[[Run], None]] = field(default_factory=list)
    after_create: list[Callable[[Run], None]] = field(default_factory=list)
    before_drop: list[Callable[[Run], None]] = field(default_factory=list)
    after_drop: list[Callable[[Run], None]] = field(default_factory=list)
    schemas: list[Callable[[MetaData], Iterable[str]]] = field(default_factory=list)
    problems: list[Callable[[MetaData], Iterable[TruelineError]]] = field(default_factory=list)


def hooks_of(metadata: MetaData) -> Hooks:
    """The hooks of a metadata; the first call makes SQLAlchemy call them."""
    known: Hooks | None = metadata.info.get(_KEY)
    if known is not None:
        return known
    hooks: Hooks = metadata.info.setdefault(_KEY, Hooks())
    event.listen(metadata, "before_create", _before_create, insert=True)
    for moment in ("after_create", "before_drop", "after_drop"):
        event.listen(metadata, moment, _caller(moment))
    return hooks


def _caller(moment: str) -> Callable[..., None]:
    def call(metadata: MetaData, connection: Connection, **given: Any) -> None:
        run = _run(metadata, connection, given)
        for hook in getattr(hooks_of(metadata), moment):
            hook(run)

    return call


def _run(metadata: MetaData, connection: Connection, given: dict[str, Any]) -> Run:
    asked = getattr(given.get("_ddl_runner"), "tables", None)
    keys = None if asked is None else frozenset(table.key for table in asked)
    # On a mock engine nothing can be looked up: it never checks.
    check = bool(given.get("checkfirst")) and isinstance(connection, Connection)
    return Run(metadata, connection, tuple(given.get("tables") or ()), keys, check)


def _before_create(metadata: MetaData, connection: Connection, **given: Any) -> None:
    run = _run(metadata, connection, given)
    if run.on_postgresql:
        _create_schemas(run)
        _create_types(run, given)
    for hook in hooks_of(metadata).before_create:
        hook(run)


def _create_schemas(run: Run) -> None:
    wanted = {table.schema for table in run.tables}
    wanted |= {getattr(each, "schema", None) for each in _types(run.metadata)} if run.asked is None else set()
    wanted |= {schema for find in hooks_of(run.metadata).schemas for schema in find(run.metadata)}
    wanted |= {sequence.schema for sequence in run.metadata._sequences.values()}
    missing = {schema for schema in wanted if schema}
    if run.check:
        # IF NOT EXISTS would ask for a privilege even where the schema exists.
        missing -= set(run.connection.execute(text("SELECT nspname FROM pg_catalog.pg_namespace")).scalars())
    for schema in sorted(missing):
        run.connection.execute(CreateObject(f"CREATE SCHEMA IF NOT EXISTS {name(schema)}", schema, f"schema {schema}"))


def _listeners(metadata: MetaData) -> Iterator[tuple[Any, SchemaType]]:
    for listener in list(metadata.dispatch.before_create):
        type_ = listens_for(listener)
        if isinstance(type_, SchemaType):
            yield listener, type_


def _types(metadata: MetaData) -> Iterator[SchemaType]:
    return (type_ for _, type_ in _listeners(metadata))


def _create_types(run: Run, given: dict[str, Any]) -> None:
    """SQLAlchemy's enums, before what hooks make of them; it remembers, and will not make them again."""
    for listener, _ in _listeners(run.metadata):
        listener(run.metadata, run.connection, **given)


def emit(run: Run, statements: Sequence[CreateObject], place: str) -> None:
    """Run the statements of one object, or none where the first finds it there already.

    Raises:
        TruelineError: PostgreSQL refuses one of them; it names ``place``, where the object was declared.
    """
    done = 0
    try:
        with _savepoint(run):
            for statement in statements:
                run.connection.execute(statement)
                done += 1
    except DBAPIError as error:
        if run.check and done == 0 and _state(error) in _EXISTS:
            return
        raise TruelineError(
            f"PostgreSQL refuses {statement.label}: {str(error.orig).strip()}",
            where=place,
            fix=f"correct the declaration; the statement was:\n{statement.statement}",
        ) from error


@contextmanager
def _savepoint(run: Run) -> Iterator[None]:
    """An error must not end the transaction of the tables; without a transaction it cannot."""
    if not run.check or _is_autocommit(run.connection):
        yield
        return
    with run.connection.begin_nested():
        yield


def _is_autocommit(connection: Connection) -> bool:
    return bool(getattr(connection.connection.driver_connection, "autocommit", False))


def _state(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    return state
