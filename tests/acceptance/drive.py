"""Carries out plans as a developer would: as the text of a revision, or as the SQL that ``--sql`` writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import Any

import psycopg
import sqlalchemy as sa
from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import _indent, _render_cmd_body
from alembic.migration import MigrationContext
from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import UpgradeOps
from sqlalchemy.pool import NullPool

from trueline.autogen import sql_text
from trueline.autogen.types import render_item
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Changed, diff
from trueline.catalog.snapshot import read_catalog

#: What migrations/script.py.mako imports for every revision.
_HEAD = """
import sqlalchemy as sa
import sqlmodel
import trueline.types
"""

_RENDER: dict[str, Any] = {
    "sqlalchemy_module_prefix": "sa.",
    "alembic_module_prefix": "op.",
    "user_module_prefix": None,
    "render_item": render_item,
    "render_as_batch": False,
}


@contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    """A connection that is closed, with its engine, at the end."""
    engine = sa.create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def driver(connection: sa.Connection) -> psycopg.Connection[Any]:
    """The connection of psycopg below, which takes SQL as it is."""
    found = connection.connection.driver_connection
    assert isinstance(found, psycopg.Connection)
    return found


def major(connection: sa.Connection) -> int:
    """The server's major version."""
    return driver(connection).info.server_version // 10000


def execute(connection: sa.Connection, sql: str) -> None:
    """Run statements, with no eye for colons and percent signs."""
    if sql.strip():
        driver(connection).execute(sql.encode())


def commit(connection: sa.Connection) -> None:
    """End the transaction, be it one that SQLAlchemy knows about or one that psycopg began."""
    connection.commit()
    driver(connection).commit()


def read(connection: sa.Connection, watch: frozenset[str] = frozenset()) -> Catalog:
    """The catalog, without what others make."""
    return read_catalog(connection, watch=watch).own()


def written(connection: sa.Connection, operations: Sequence[MigrateOperation]) -> str:
    """A function ``run(op)`` with the imports that the operations ask for, as ``--autogenerate`` writes them."""
    sql_text.register()
    context = AutogenContext(MigrationContext.configure(connection), opts=_RENDER)
    context.imports = set()
    body = _indent(_render_cmd_body(UpgradeOps(list(operations)), context))
    return f"{_HEAD}{chr(10).join(sorted(context.imports))}\ndef run(op):\n    {body}\n"


def compiled(code: str) -> Callable[[Operations], None]:
    """The function that such a text defines."""
    names: dict[str, Any] = {}
    exec(compile(code, "<revision>", "exec"), names)  # noqa: S102 - the text of a revision is code
    run: Callable[[Operations], None] = names["run"]
    return run


def apply(connection: sa.Connection, code: str) -> None:
    """Run it as ``alembic upgrade`` does: in a transaction of its own, or within the one that is open."""
    context = MigrationContext.configure(connection, opts={"transaction_per_migration": True})
    with explained(code):
        if connection.in_transaction():
            compiled(code)(Operations(context))
        else:
            with context.begin_transaction(_per_migration=True):
                compiled(code)(Operations(context))


def sql_of(code: str) -> str:
    """What ``alembic upgrade --sql`` writes for it, without BEGIN and COMMIT."""
    sql_text.register()
    buffer = StringIO()
    options = {"as_sql": True, "output_buffer": buffer, "literal_binds": True}
    context = MigrationContext.configure(dialect_name="postgresql", dialect_opts={"paramstyle": "named"}, opts=options)
    with explained(code):
        context.impl.emit_begin()
        compiled(code)(Operations(context))
        context.impl.emit_commit()
    return buffer.getvalue().removeprefix("BEGIN;\n\n").removesuffix("COMMIT;\n\n")


@contextmanager
def explained(text: str) -> Iterator[None]:
    """Show with an error what was being run."""
    try:
        yield
    except Exception as error:
        error.add_note(text)
        raise


def differences(got: Catalog, wanted: Catalog) -> list[str]:
    """What is not as it should be, a line each."""
    lines = []
    for thing in diff(got, wanted).essential():
        if isinstance(thing, Changed):
            values = (
                f"{name}: {getattr(thing.old, name)!r}, wanted {getattr(thing.new, name)!r}" for name in thing.fields
            )
            lines.append(f"{thing.key}: {'; '.join(values)}")
        else:
            lines.append(f"{'missing' if thing.key in wanted else 'left over'}: {thing}")
    return lines
