"""Which locks a statement takes that is being rehearsed, and under which limits it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg

from trueline.catalog.render.words import name
from trueline.deploy.ledger import DEPLOY, REVISION
from trueline.deploy.locks import MODES
from trueline.planning.locking import risk_of
from trueline.planning.plan import Lock

_RELATIONS = """
SELECT c.oid::bigint, n.nspname::text, c.relname::text, c.relkind IN ('i', 'I')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT c.relname = ANY(%s)
"""

# What a statement drops is locked, and no longer in the catalog.
_LOCKS = """
SELECT l.relation::bigint, n.nspname::text, c.relname::text, l.mode
FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.mode <> 'AccessShareLock'
  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
"""

_LIMITS = """
SELECT current_setting('lock_timeout'), current_setting('statement_timeout'), transaction_timestamp()::text
"""

# Of indexes and partitions: their own, and the table that they belong to.
_PARTS = """
SELECT indexrelid::bigint, indrelid::bigint FROM pg_catalog.pg_index
UNION ALL
SELECT i.inhrelid::bigint, i.inhparent::bigint FROM pg_catalog.pg_inherits i
JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid WHERE c.relispartition AND c.relkind <> 'i'
"""


@dataclass(slots=True)
class Seen:
    """What is known of a database before and while revisions are rehearsed in it.

    Attributes:
        driver: the connection that they run on.
        before: names of the relations that there were before, by object identifier; nobody waits for others.
        indexes: those of them that are indexes: whoever writes to their table locks them as well.
    """

    driver: psycopg.Connection[Any]
    before: dict[int, tuple[str, str]]
    indexes: frozenset[int]
    _held: dict[int, int] = field(default_factory=dict)
    _transaction: str = ""
    _parts: frozenset[tuple[int, int]] = frozenset()

    def look(self) -> None:
        """Remember what a statement outside of a transaction may change."""
        self._parts = self._read_parts()

    def limits(self) -> tuple[str | None, str | None]:
        """``lock_timeout`` and ``statement_timeout``; notes whether a new transaction has begun."""
        row = psycopg.Cursor(self.driver).execute(_LIMITS).fetchone()
        lock, statement, transaction = row or ("0", "0", "")
        if transaction != self._transaction:
            self._held.clear()
            self._transaction = transaction
        return _limit(lock), _limit(statement)

    def locks(self) -> tuple[Lock, ...]:
        """The strongest mode on each relation that the last statement was the first to take."""
        new: dict[int, tuple[str, int]] = {}
        for oid, schema, relation, mode in psycopg.Cursor(self.driver).execute(_LOCKS):
            strength = MODES.index(mode) + 1
            is_told_by_table = oid in self.indexes and risk_of([mode]) == "harmless"
            if oid not in self.before or is_told_by_table or strength <= self._held.get(oid, 0):
                continue
            self._held[oid] = strength
            new[oid] = (name(schema, relation) if schema else name(*self.before[oid]), strength)
        return tuple(Lock(relation, MODES[strength - 1]) for relation, strength in sorted(new.values()))

    def locks_outside(self, statement: str) -> tuple[Lock, ...]:
        """What the manual says of a statement that ran outside of a transaction, where its locks are gone again.

        https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
        """
        words = statement.upper().split()
        if words[:1] == ["VACUUM"]:
            mode = "AccessExclusiveLock" if _is_full(statement) else "ShareUpdateExclusiveLock"
            return (Lock("", mode, by_manual=True),)
        before, self._parts = self._parts, self._read_parts()
        changed = before ^ self._parts
        tables = sorted({name(*self.before[table]) for _, table in changed if table in self.before})
        detached = {part for part, _ in changed if words[:2] == ["ALTER", "TABLE"] and part in self.before}
        return (
            *(Lock(table, "ShareUpdateExclusiveLock", by_manual=True) for table in tables),
            *(Lock(name(*self.before[part]), "AccessExclusiveLock", by_manual=True) for part in sorted(detached)),
        )

    def _read_parts(self) -> frozenset[tuple[int, int]]:
        return frozenset((part, whole) for part, whole in psycopg.Cursor(self.driver).execute(_PARTS))


def seen_in(driver: psycopg.Connection[Any], version_table: str) -> Seen:
    """What there is now, without what Alembic and trueline keep for themselves."""
    rows = psycopg.Cursor(driver).execute(_RELATIONS, ([DEPLOY, REVISION, version_table],)).fetchall()
    before = {oid: (schema, relation) for oid, schema, relation, _ in rows}
    return Seen(driver, before, frozenset(oid for oid, *_, is_index in rows if is_index))


def _is_full(vacuum: str) -> bool:
    options = vacuum.upper()[len("VACUUM") :].lstrip()
    given = options[1:].partition(")")[0].split(",") if options.startswith("(") else options.split()[:1]
    return any(option.split() in (["FULL"], ["FULL", "TRUE"], ["FULL", "ON"], ["FULL", "1"]) for option in given)


def _limit(words: str) -> str | None:
    return None if words == "0" else words
