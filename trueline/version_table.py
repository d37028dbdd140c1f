"""Alembic's version table, for a role that may not read it."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from trueline.errors import TruelineError
from trueline.failure import forbidden, unreadable

_CONTENT = "the revision of the database"

_HIDDEN = text("""
    SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = :name AND n.nspname = COALESCE(:schema, n.nspname) AND c.relkind IN ('r', 'p')
      AND NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE')
""")


def unreadable_version(error: DBAPIError, context: MigrationContext, connection: Connection) -> TruelineError | None:
    """The error that gives the privilege, if it was the version table that could not be read."""
    version = context._version
    if error.statement != str(select(version.c.version_num).compile(connection)):
        return None
    schema = version.schema or connection.dialect.default_schema_name or "public"
    return unreadable(error, _CONTENT, (schema, version.name), connection)


def refuse_hidden_version(context: MigrationContext, connection: Connection) -> None:
    """A schema that a role may not use is not on its search path: its version table looks as if it were not there.

    Raises:
        TruelineError: there is one, and this role does not see it.
    """
    version = context._version
    if context.get_current_heads():
        return
    given = {"name": version.name, "schema": version.schema}
    hidden = connection.execute(_HIDDEN, given).scalars().first()
    if hidden is not None:
        raise forbidden(_CONTENT, (hidden, version.name), connection)
