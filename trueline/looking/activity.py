"""What goes on in a database at the moment, and what would stand in a migration's way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row

from trueline.catalog.render.words import name
from trueline.deploy.events import Blocker
from trueline.deploy.leftovers import look
from trueline.deploy.statement import shown
from trueline.deploy.turn import KEY

#: Seconds after which a transaction is worth a line: longer than a migration waits for a lock.
LONG = 5.0

# Of other roles' sessions a role without pg_read_all_stats sees the number of the process only.
_SESSIONS = """
SELECT a.pid, coalesce(a.application_name, '') AS application, coalesce(a.usename, '') AS role,
       coalesce(a.state, '') AS state, coalesce(a.query, '') AS query,
       extract(epoch FROM clock_timestamp() - a.xact_start)::float AS age,
       extract(epoch FROM clock_timestamp() - a.backend_start)::float AS connected,
       EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.granted
               AND l.classid = %(one)s AND l.objid = %(two)s AND l.objsubid = 2 AND l.database = a.datid) AS migrates,
       a.query = '<insufficient privilege>' AS hidden
FROM pg_catalog.pg_stat_activity a
WHERE a.datid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND a.pid <> pg_catalog.pg_backend_pid() AND coalesce(a.backend_type, 'client backend') = 'client backend'
ORDER BY a.xact_start NULLS LAST, a.pid
"""

_PREPARED = """
SELECT gid, owner::text, extract(epoch FROM clock_timestamp() - prepared)::float
FROM pg_catalog.pg_prepared_xacts WHERE database = current_database() ORDER BY prepared
"""

# Which index is being built, a role may not see for others; that its table is locked for it, everybody may.
_BEING_BUILT = """
SELECT i.indexrelid::bigint FROM pg_catalog.pg_index i
WHERE NOT i.indisvalid AND EXISTS (
    SELECT FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_progress_create_index p USING (pid)
    WHERE l.locktype = 'relation' AND l.relation = i.indrelid AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted
      AND p.datid = l.database AND coalesce(p.index_relid, 0) IN (0, i.indexrelid))
"""


@dataclass(frozen=True, slots=True)
class Activity:
    """What was seen.

    Attributes:
        running: the session that migrates now; its ``age`` is how long it has been connected.
        in_the_way: sessions whose transactions have been open for long, or are open with nothing to do.
        prepared: transactions that somebody prepared and never ended, in words.
        hidden: number of sessions of which this role may not see what they do.
        invalid: indexes that nobody reads and everybody has to keep up to date, as quoted names.
    """

    running: Blocker | None
    in_the_way: tuple[Blocker, ...]
    prepared: tuple[str, ...]
    hidden: int
    invalid: tuple[str, ...]


def look_around(driver: psycopg.Connection[Any], least: float = LONG) -> Activity:
    """Look once.

    Args:
        driver: to the database.
        least: seconds that a transaction has to be old.
    """
    rows = driver.cursor(row_factory=dict_row).execute(_SESSIONS, KEY).fetchall()
    cursor = psycopg.Cursor(driver)
    prepared = cursor.execute(_PREPARED).fetchall()
    built = {row[0] for row in cursor.execute(_BEING_BUILT)}
    others = [row for row in rows if not row["migrates"]]
    return Activity(
        next((_session(row, row["connected"]) for row in rows if row["migrates"]), None),
        tuple(_session(row, row["age"]) for row in others if row["age"] is not None and row["age"] >= least),
        tuple(f"{gid!r} of {owner}, prepared {age:.0f} s ago" for gid, owner, age in prepared),
        sum(row["hidden"] for row in others),
        tuple(name(schema, index) for oid, schema, index in look(driver).invalid if oid not in built),
    )


def _session(row: dict[str, Any], age: float | None) -> Blocker:
    query = "" if row["hidden"] else shown(row["query"], 200)
    return Blocker(row["pid"], row["application"], row["role"], row["state"], query, age)
