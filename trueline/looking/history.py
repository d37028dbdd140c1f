"""What was done to a database, as its ledger tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row
from sqlalchemy import Connection

from trueline.deploy.ledger import DEPLOY, REVISION, Ledger
from trueline.deploy.turn import KEY
from trueline.deploy.whereabouts import schema_of
from trueline.errors import TruelineError
from trueline.failure import forbidden
from trueline.scratch.session import driver_of

# Who was killed could not write how it ended: what holds no lock is not running.
_DEPLOYS = """
SELECT d.id, extract(epoch FROM d.began)::float AS began, extract(epoch FROM d.ended)::float AS ended,
       extract(epoch FROM d.ended - d.began)::float AS seconds, d.command, d.message, d.role,
       d.host, d.process, d.application, d.version, d.trueline, d.heads_before, d.heads_after,
       CASE WHEN d.outcome = 'running' AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_locks l WHERE l.pid = d.backend AND l.locktype = 'advisory' AND l.granted
              AND l.classid = %(one)s AND l.objid = %(two)s
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
       ) THEN 'interrupted' ELSE d.outcome END AS outcome
FROM {deploy} d
WHERE %(revision)s::text IS NULL OR EXISTS (
    SELECT FROM {revision} r WHERE r.deploy = d.id AND starts_with(r.revision, %(revision)s))
ORDER BY d.id DESC LIMIT %(limit)s
"""

_REVISIONS = """
SELECT deploy, revision, direction, outcome, message, extract(epoch FROM began)::float AS began,
       seconds, attempts, finished, running, statements
FROM {revision}
WHERE deploy = ANY(%(deploys)s) AND (%(revision)s::text IS NULL OR starts_with(revision, %(revision)s)) ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """One that was run: its text without passwords, the locks that it took by relation, and how it was run."""

    statement: str
    seconds: float
    locks: dict[str, str]
    alone: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One that a deploy ran.

    Attributes:
        direction: ``up`` or ``down``.
        outcome: ``done``; ``begun``, when the rest of it is to follow; ``failed``, when nothing of it is in the
            database; ``forgotten``, when somebody finished it by hand or began it anew.
        message: why it stopped.
        finished: statements that are committed.
        running: the statement that was under way outside of a transaction when it stopped.
    """

    revision: str
    direction: str
    outcome: str
    message: str | None
    began: datetime
    seconds: float
    attempts: int
    finished: int
    running: str | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Deployed:
    """One command that changed the database.

    Attributes:
        seconds: that it took; none as long as it runs, or where it was killed.
        outcome: ``done``, ``failed``, ``running``, or ``interrupted`` where it could not write how it ended.
        message: why it failed.
        role: that the database knew it by; ``application`` is the name of its connection.
        version: of the application that was deployed.
        before: the revisions that the database was at; ``after`` the same at its end, none where it did not get there.
    """

    id: int
    began: datetime
    ended: datetime | None
    seconds: float | None
    command: str
    outcome: str
    message: str | None
    role: str
    host: str
    process: int
    application: str | None
    version: str | None
    trueline: str
    before: tuple[str, ...]
    after: tuple[str, ...] | None
    revisions: tuple[Revision, ...]


def ledger_in(connection: Connection, wanted: str | None) -> Ledger | None:
    """The ledger of a database; none where no command of trueline's has changed it yet.

    Args:
        connection: to the database.
        wanted: the schema that it is looked for in first.

    Raises:
        TruelineError: there are several, and nothing says which is meant.
    """
    schema = schema_of(driver_of(connection), REVISION, wanted, "trueline history --schema '{}'")
    return None if schema is None else Ledger(schema)


def read_history(
    connection: Connection, ledger: Ledger, *, revision: str | None = None, limit: int | None = None
) -> list[Deployed]:
    """The deploys, newest first.

    Args:
        connection: to the database.
        ledger: where they are written down.
        revision: only deploys that ran it, and of these only what is about it; the beginning of its name is enough.
        limit: so many deploys.

    Raises:
        TruelineError: the role may not read it.
    """
    driver = driver_of(connection)
    given: dict[str, Any] = {"revision": revision, "limit": limit, **KEY}
    with readable(connection, ledger):
        cursor = driver.cursor(row_factory=dict_row)
        deploys = cursor.execute(ledger.sql(_DEPLOYS), given).fetchall()
        given["deploys"] = [row["id"] for row in deploys]
        revisions = cursor.execute(ledger.sql(_REVISIONS), given).fetchall()
    return [_deployed(row, [each for each in revisions if each["deploy"] == row["id"]]) for row in deploys]


@contextmanager
def readable(connection: Connection, ledger: Ledger) -> Iterator[None]:
    """Say which privilege is missing, where one is.

    Raises:
        TruelineError: the role may not read the ledger.
    """
    try:
        yield
    except psycopg.errors.InsufficientPrivilege:
        driver_of(connection).rollback()
        connection.rollback()
        raise _unreadable(connection, ledger) from None


def _unreadable(connection: Connection, ledger: Ledger) -> TruelineError:
    known = forbidden("the ledger", (ledger.schema, DEPLOY), connection)
    also = forbidden("the ledger", (ledger.schema, REVISION), connection).fix or ""
    return TruelineError(known.what, where=known.where, fix=f"{known.fix} {also.partition('; ')[2]}")


def _deployed(row: dict[str, Any], revisions: Iterable[dict[str, Any]]) -> Deployed:
    before, after = row.pop("heads_before"), row.pop("heads_after")
    ended = row["ended"]
    times = {"began": _moment(row["began"]), "ended": None if ended is None else _moment(ended)}
    return Deployed(
        **{**row, **times},
        before=tuple(before),
        after=None if after is None else tuple(after),
        revisions=tuple(_revision(each) for each in revisions),
    )


def _revision(row: dict[str, Any]) -> Revision:
    given = {name: value for name, value in row.items() if name != "deploy"}
    running = given.pop("running")
    return Revision(
        **{**given, "began": _moment(row["began"]), "statements": _statements(row["statements"])},
        running=running["statement"] if running and row["outcome"] == "begun" else None,
    )


def _moment(seconds: float) -> datetime:
    """The driver reads dates in ISO's style only, which a database need not have."""
    return datetime.fromtimestamp(seconds, UTC)


def _statements(kept: Sequence[dict[str, Any]]) -> tuple[Statement, ...]:
    return tuple(
        Statement(each["statement"], each["seconds"], each.get("locks", {}), each.get("alone", False)) for each in kept
    )
