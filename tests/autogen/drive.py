"""Drives autogenerate in process: a metadata and a connection in, revision text and differences out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import api
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.operations.ops import DowngradeOps, UpgradeOps
from sqlalchemy.pool import NullPool

from trueline.autogen import sql_text
from trueline.autogen.compare import compare_project
from trueline.autogen.comparison import Comparison
from trueline.autogen.project import Project
from trueline.autogen.scope import Scope
from trueline.autogen.summary import differences
from trueline.autogen.types import render_item
from trueline.settings import Settings

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


@dataclass(frozen=True, slots=True)
class Revision:
    """What autogenerate found, as text and as something that runs."""

    found: Comparison
    up: str
    down: str
    diffs: list[Any]
    upgrade: Callable[[], None]
    downgrade: Callable[[], None]


@contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    """A connection that is closed, with its engine, at the end."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def autogenerate(connection: sa.Connection, metadata: sa.MetaData, *schemas: str) -> Revision:
    """Compare, render both directions, and compile them."""
    sql_text.register()
    project = Project(Settings(), Scope(schemas=frozenset(schemas)))
    found = compare_project(connection, metadata, project)
    if found.error is not None:
        raise found.error
    context = MigrationContext.configure(connection)
    up = api.render_python_code(UpgradeOps(found.upgrade), render_item=render_item, migration_context=context)
    down = api.render_python_code(DowngradeOps(found.downgrade), render_item=render_item, migration_context=context)
    operations = Operations(context)
    return Revision(found, up, down, differences(found), _compiled(up, operations), _compiled(down, operations))


def _compiled(body: str, operations: Operations) -> Callable[[], None]:
    names: dict[str, Any] = {"op": operations}
    imports = "from sqlalchemy.dialects import postgresql\nimport sqlalchemy as sa\nimport trueline.types\n"
    exec(f"{imports}def run():\n    {body}\n", names)  # noqa: S102 - this is the text that would be written
    run: Callable[[], None] = names["run"]
    return run


def names_left(connection: sa.Connection) -> dict[str, list[str]]:
    """What a user has made: schemas, relations and types."""
    queries = {
        "schemas": "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
        "relations": "SELECT oid::regclass::text FROM pg_class WHERE oid >= 16384 AND relkind <> 't'",
        "types": "SELECT oid::regtype::text FROM pg_type WHERE oid >= 16384 AND typtype IN ('e', 'd', 'r')",
    }
    return {kind: sorted(connection.scalars(sa.text(query))) for kind, query in queries.items()}
