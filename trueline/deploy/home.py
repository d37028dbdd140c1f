"""The schema in which Alembic's version table and the ledger are kept, where the project has chosen one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from trueline.catalog.render.words import name
from trueline.deploy.answers import ANSWER
from trueline.deploy.ledger import DEPLOY, REVISION

_log = logging.getLogger("trueline.deploy")

_PLACES = text("""
    SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = :table AND c.relkind IN ('r', 'p')
      AND n.nspname IN (:wanted, pg_catalog.current_schema())
""")

_SCHEMA = text("SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = :schema)")


def with_home(options: Mapping[str, Any], home: str | None) -> dict[str, Any]:
    """The options with the schema of the version table, unless they have one of their own."""
    return {**({"version_table_schema": home} if home is not None else {}), **options}


def home_of(connection: Connection, wanted: str | None, options: Mapping[str, Any]) -> str | None:
    """Where the version table is to be looked for: in the old place, as long as it was not moved.

    Args:
        connection: to the database; its transaction is left as it was.
        wanted: what the project has chosen, if anything.
        options: for ``context.configure``.
    """
    if wanted is None or "version_table_schema" in options:
        return None
    fresh = not connection.in_transaction()
    places = _places(connection, wanted, options)
    if fresh:
        connection.rollback()
    return None if places and wanted not in places else wanted


def move_home(connection: Connection, wanted: str, options: Mapping[str, Any]) -> None:
    """Make the schema where it is missing, and move into it what was kept elsewhere; commits.

    Args:
        connection: to the database, while the lock is held.
        wanted: what the project has chosen.
        options: for ``context.configure``.
    """
    if not connection.scalar(_SCHEMA, {"schema": wanted}):
        _run(connection, f"CREATE SCHEMA {name(wanted)}")
    for table in (_table(options), DEPLOY, REVISION, ANSWER):
        places = _places(connection, wanted, {"version_table": table})
        for place in places - {wanted} if wanted not in places else ():
            _run(connection, f"ALTER TABLE {name(place, table)} SET SCHEMA {name(wanted)}")
            _log.info("moved %s to schema %s", name(place, table), name(wanted))
    connection.commit()


def _run(connection: Connection, statement: str) -> None:
    """A percent sign in it is one."""
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def write_home(context: MigrationContext, wanted: str | None) -> None:
    """The same in a script that begins with an empty database."""
    if wanted is not None and context._version.schema == wanted and not context._start_from_rev:
        context.impl.static_output(f"CREATE SCHEMA IF NOT EXISTS {name(wanted)};")


def _places(connection: Connection, wanted: str, options: Mapping[str, Any]) -> set[str]:
    return set(connection.execute(_PLACES, {"table": _table(options), "wanted": wanted}).scalars())


def _table(options: Mapping[str, Any]) -> str:
    return str(options.get("version_table", "alembic_version"))
