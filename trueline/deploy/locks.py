"""Which locks a statement takes, as PostgreSQL itself tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg

#: Table-level modes from the weakest to the strongest.
#: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
MODES = (
    "AccessShareLock",
    "RowShareLock",
    "RowExclusiveLock",
    "ShareUpdateExclusiveLock",
    "ShareLock",
    "ShareRowExclusiveLock",
    "ExclusiveLock",
    "AccessExclusiveLock",
)

_TAKEN = """
SELECT n.nspname, c.relname, l.mode
FROM pg_catalog.pg_locks l
JOIN pg_catalog.pg_class c ON c.oid = l.relation
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.mode <> 'AccessShareLock'
  AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
"""

#: Ends of command tags after which no lock but ROW EXCLUSIVE can be new, and of those nobody waits for anything.
_ROWS_ONLY = ("INSERT", "UPDATE", "DELETE", "SELECT", "MERGE", "COPY")


@dataclass(slots=True)
class Locks:
    """What the transaction holds so far."""

    held: dict[str, str] = field(default_factory=dict)

    def clear(self) -> None:
        """The transaction is over."""
        self.held.clear()

    def taken_by(self, cursor: psycopg.Cursor[Any]) -> dict[str, str]:
        """The strongest mode on each relation for which the statement that was just run was the first to take it."""
        if (cursor.statusmessage or "").startswith(_ROWS_ONLY):
            return {}
        new: dict[str, str] = {}
        for schema, relation, mode in psycopg.Cursor(cursor.connection).execute(_TAKEN):
            full = f"{schema}.{relation}"
            if MODES.index(mode) > MODES.index(self.held.get(full, MODES[0])):
                self.held[full] = new[full] = mode
        return new
