"""Renames carried out in a copy, so that what follows from them is PostgreSQL's own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from alembic.migration import MigrationContext
from alembic.operations import MigrateOperation, Operations
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import diff
from trueline.catalog.snapshot import read_catalog
from trueline.errors import TruelineError
from trueline.scratch import Scratch


def rehearsed(
    live: Catalog, operations: Sequence[MigrateOperation], scratch: Scratch, migrate: Callable[[Connection], None]
) -> Catalog:
    """The catalog as it is after these operations.

    Args:
        live: what is there.
        operations: the renames.
        scratch: an empty database of the same major version.
        migrate: replays the revisions in it, where a copy of the catalog cannot be built.

    Raises:
        TruelineError: neither a copy of the catalog nor the replayed revisions are what is there.
    """
    with scratch.connect() as connection:
        if not _copied(live, connection):
            migrate(connection)
        start = read_catalog(connection, watch=live.watched).own()
        if diff(live.own(), start):
            raise TruelineError(
                "the renames cannot be rehearsed: the database is not what its revisions make, and a copy of it could "
                "not be built on the scratch server",
                where=", ".join(" ".join(each.key) for each in list(diff(live.own(), start))[:5]),
                fix="bring both together first: remove renamed_from, and run alembic check",
            )
        runner = Operations(MigrationContext.configure(connection))
        for each in operations:
            runner.invoke(each)
        connection.commit()
        return read_catalog(connection, watch=live.watched)


def _copied(live: Catalog, connection: Connection) -> bool:
    from trueline.catalog.build import build_statements

    try:
        for statement in build_statements(live):
            connection.exec_driver_sql(statement.replace("%", "%%"))
    except DBAPIError:
        connection.rollback()
        return False
    connection.commit()
    return True
