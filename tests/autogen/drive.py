"""Drives autogenerate in process: a metadata and a connection in, revision text and operations out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import api
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.operations.ops import MigrationScript
from sqlalchemy.pool import NullPool

from trueline.autogen import sql_text
from trueline.autogen.live import read_live
from trueline.autogen.types import render_item

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

    script: MigrationScript
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
    live = read_live(connection)
    options: dict[str, Any] = {
        "target_metadata": metadata,
        "autogenerate_plugins": ["alembic.autogenerate.*", "trueline"],
        "compare_type": True,
        "compare_server_default": True,
        "include_schemas": True,
        "render_item": render_item,
        "include_name": lambda name, kind, parents: (
            kind != "table" or (parents.get("schema_name"), name) not in live.unmanaged
        ),
        "include_object": lambda item, _name, kind, *_: (
            kind != "table" or not schemas or (item.schema or "public") in schemas
        ),
        "trueline_schemas": frozenset(schemas),
        "user_module_prefix": None,
        "sqlalchemy_module_prefix": "sa.",
        "alembic_module_prefix": "op.",
        "upgrade_token": "upgrades",
        "downgrade_token": "downgrades",
    }
    context = MigrationContext.configure(connection, opts=options)
    script = api.produce_migrations(context, metadata)
    assert script.upgrade_ops is not None
    assert script.downgrade_ops is not None
    up = api.render_python_code(script.upgrade_ops, render_item=render_item, migration_context=context)
    down = api.render_python_code(script.downgrade_ops, render_item=render_item, migration_context=context)
    operations = Operations(context)
    return Revision(
        script, up, down, script.upgrade_ops.as_diffs(), _compiled(up, operations), _compiled(down, operations)
    )


def _compiled(body: str, operations: Operations) -> Callable[[], None]:
    names: dict[str, Any] = {"op": operations}
    code = f"from sqlalchemy.dialects import postgresql\nimport sqlalchemy as sa\ndef run():\n    {body}\n"
    exec(code, names)  # noqa: S102 - a revision is code, and this is the text that would be written
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
