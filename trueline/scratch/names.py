"""What scratch databases are called, and the sweep of those that a killed run has left."""

from __future__ import annotations

import logging
import secrets

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from trueline.catalog.render.words import name

_log = logging.getLogger("trueline.scratch")

#: Seconds after which a scratch database that nobody uses has lost its owner: making one takes less.
_ORPHANED = 60

# The time stands in the name, by the server's clock: PostgreSQL does not keep when a database was made.
_LEFT = text(
    r"""
    SELECT datname FROM pg_catalog.pg_database d
    WHERE datname ~ '^trueline_scratch_[0-9a-f]{1,12}_[0-9a-f]{12}$'
      AND datdba = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)
      AND ('x' || lpad(split_part(datname, '_', 3), 16, '0'))::bit(64)::bigint
          < extract(epoch FROM clock_timestamp()) - :age
      AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_stat_activity a
          WHERE a.datid = d.oid AND coalesce(a.backend_type, 'client backend') = 'client backend'
      )
    """
)


def new_name(connection: Connection) -> str:
    """A name that nobody has, with the time of the server in it."""
    now = connection.exec_driver_sql("SELECT extract(epoch FROM clock_timestamp())::bigint").scalar_one()
    return f"trueline_scratch_{int(now):x}_{secrets.token_hex(6)}"


def sweep(connection: Connection, *, age: float = _ORPHANED) -> list[str]:
    """Drop this role's scratch databases that are older than ``age`` seconds and that nobody is connected to.

    Whoever owns one keeps a connection to it open. Without FORCE: one that comes into use meanwhile stays.

    Args:
        connection: in autocommit mode.
        age: seconds.

    Returns:
        The names of those that were dropped.
    """
    dropped = []
    for database in connection.execute(_LEFT, {"age": age}).scalars().all():
        try:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name(database)}")
        except DBAPIError as error:
            _log.debug("%s stays: %s", database, error.orig)
        else:
            _log.info("dropped %s, which an earlier run has left", database)
            dropped.append(database)
    return dropped
