"""One migration at a time: a session-level advisory lock on the database.

It is polled. A backend that waits for it inside the server would hold a snapshot, and deadlock with the holder's
CREATE INDEX CONCURRENTLY; and ``lock_timeout`` would cancel it.
https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, PendingRollbackError

from trueline.deploy.exits import NOT_OUR_TURN
from trueline.deploy.turn import KEY, LockError, Turn

#: Seconds between two attempts, and between two lines about who is in the way.
POLL, SAY_AGAIN = 0.25, 10.0

_HOLDER = """
    SELECT a.pid, a.application_name, a.backend_start
      FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND l.classid = :one AND l.objid = :two AND l.objsubid = 2
       AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
"""

_TAKE = "SELECT pg_try_advisory_lock(:one, :two)"
_SIGN = "SELECT set_config('trueline.turn', :token, false)"

_log = logging.getLogger("trueline.lock")


@contextmanager
def one_at_a_time(
    connection: Connection, *, longest: float | None = None, sleep: Callable[[float], None] = time.sleep
) -> Iterator[Turn]:
    """Hold the lock, after waiting for whoever has it; says whom it waits for.

    A connection that had no transaction before has none when the lock is held.

    Args:
        connection: to the database.
        longest: seconds to wait at most; without an end where there is none.
        sleep: waits so many seconds.

    Raises:
        LockError: it has waited for too long.
    """
    fresh = not connection.in_transaction()
    waited = 0.0
    while not connection.scalar(text(_TAKE), KEY):
        if longest is not None and waited >= longest:
            raise _too_long(connection, waited)
        if waited % SAY_AGAIN == 0:
            _log.info("waiting for another migration of this database: %s", holder_of(connection))
        _end(connection, fresh=fresh)  # an open snapshot would be in the holder's way
        sleep(POLL)
        waited += POLL
    turn = Turn()
    connection.execute(text(_SIGN), {"token": turn.token})
    _end(connection, fresh=fresh)
    try:
        yield turn
    finally:
        # A connection that is in a failed transaction lets go of the lock when it is closed, and a broken one has.
        with suppress(DBAPIError, PendingRollbackError):
            if not connection.invalidated:
                connection.scalar(text("SELECT pg_advisory_unlock(:one, :two)"), KEY)
                _end(connection, fresh=fresh)


def _too_long(connection: Connection, waited: float) -> LockError:
    return LockError(
        f"another migration of this database is under way, and has not ended in {waited:g} s: {holder_of(connection)}",
        fix="wait for it (wait_timeout in [tool.trueline] says how long), or end it, and roll back its transaction:\n"
        "SELECT pg_terminate_backend(pid)   -- with its number",
        exit_code=NOT_OUR_TURN,
    )


def _end(connection: Connection, *, fresh: bool) -> None:
    if fresh:
        connection.commit()


def holder_of(connection: Connection) -> str:
    """Who has the lock, in words."""
    row = connection.execute(text(_HOLDER), KEY).first()
    if row is None:
        return "it has just finished"
    # Roles without pg_read_all_stats see others' pid only.
    name = row.application_name or "unknown application"
    since = f", connected since {row.backend_start.astimezone(UTC):%H:%M:%S} UTC" if row.backend_start else ""
    return f"pid {row.pid}, {name}{since}"
