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

# Whoever writes to a table locks its indexes as well: that is told by the table's own lock.
_TAKEN = """
SELECT n.nspname, c.relname, l.mode
FROM pg_catalog.pg_locks l
JOIN pg_catalog.pg_class c ON c.oid = l.relation
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.mode <> 'AccessShareLock'
  AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
  AND (c.relkind NOT IN ('i', 'I') OR l.mode = 'AccessExclusiveLock')
"""

#: Ends of command tags after which no lock but ROW EXCLUSIVE can be new, and of those nobody waits for anything.
_ROWS_ONLY = ("INSERT", "UPDATE", "DELETE", "SELECT", "MERGE", "COPY")


@dataclass(slots=True)
class Locks:
    """What a transaction holds, statement by statement.

    Attributes:
        held: strength of the strongest mode on each relation: its place in `MODES`, from 1.
        is_unsettled: whether the last statement may have taken some that were not asked for yet.
    """

    held: dict[str, int] = field(default_factory=dict)
    is_unsettled: bool = False

    def clear(self) -> None:
        """The transaction is over."""
        self.held.clear()
        self.is_unsettled = False

    def after(self, cursor: psycopg.Cursor[Any]) -> None:
        """A statement was run."""
        self.is_unsettled = not (cursor.statusmessage or "").startswith(_ROWS_ONLY)

    def settle(self, driver: psycopg.Connection[Any]) -> dict[str, str]:
        """The strongest mode on each relation for which the last statement was the first to take it."""
        if not self.is_unsettled:
            return {}
        self.is_unsettled = False
        new: dict[str, str] = {}
        for schema, relation, mode in psycopg.Cursor(driver).execute(_TAKEN):
            full, strength = f"{schema}.{relation}", MODES.index(mode) + 1
            if strength > self.held.get(full, 1):
                self.held[full], new[full] = strength, mode
        return new
