"""The turn of one command among those that want to migrate a database, and how its loss is noticed."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

import psycopg

from trueline.deploy.exits import LOCK_LOST
from trueline.errors import TruelineError

#: "true" and "line" in ASCII: the two halves of the lock's key, the same in every project. Locks are per database.
KEY = {"one": 0x74727565, "two": 0x6C696E65}

_HELD = """
    SELECT coalesce(nullif(current_setting('trueline.turn', true), ''), %(token)s) = %(token)s AND EXISTS (
        SELECT FROM pg_catalog.pg_locks WHERE pid = pg_catalog.pg_backend_pid() AND locktype = 'advisory' AND granted
        AND classid = %(one)s AND objid = %(two)s AND objsubid = 2)
"""


class LockError(TruelineError):
    """It is not this command's turn, or no longer."""

    def __init__(self, *arguments: Any, exit_code: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class Turn:
    """The lock, while it is held.

    A session remembers whose turn it is: behind a proxy that gives each transaction some session, two clients may both
    be given the one that holds the lock. Whoever resets all settings forgets it, and keeps the lock.

    Attributes:
        token: what the session that holds it is signed with.
    """

    token: str = field(default_factory=lambda: token_hex(8))

    def refuse_loss(self, driver: psycopg.Connection[Any]) -> None:
        """Ask whether it is still held.

        Raises:
            LockError: it is not.
        """
        row = psycopg.Cursor(driver).execute(_HELD, {"token": self.token, **KEY}).fetchone()
        if row is None or not row[0]:
            raise lock_lost()


def lock_lost() -> LockError:
    """That nothing keeps others out any longer, and why that may be."""
    return LockError(
        "the lock that keeps migrations of this database apart was lost; nothing more is run",
        fix="if a proxy between this command and the server pools transactions (PgBouncer, RDS Proxy), "
        "give the command the server's own address:\n"
        "export DATABASE_URL=postgresql://…   # direct, not through the pool\n"
        "or the lock was let go by a revision that ran pg_advisory_unlock_all() or DISCARD ALL: take that out",
        exit_code=LOCK_LOST,
    )
