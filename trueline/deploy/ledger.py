"""What was done to a database, kept in the database: tables beside Alembic's own.

``trueline_deploy`` has a row for each command that changed something, ``trueline_revision`` one for each revision that
it ran. What a revision did is written in the transaction that did it, so that neither is ever there without the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from trueline.catalog.objects import Name
from trueline.deploy.answers import ANSWER, Kept
from trueline.deploy.locks import MODES
from trueline.deploy.records import Account, Last, Progress, Running, Surroundings, Written, as_json
from trueline.deploy.turn import KEY

#: Names of the tables, in whatever schema.
DEPLOY, REVISION = "trueline_deploy", "trueline_revision"

_TABLES = """
CREATE TABLE IF NOT EXISTS {deploy} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    began timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended timestamptz,
    command text NOT NULL,
    outcome text NOT NULL DEFAULT 'running',
    message text,
    role text NOT NULL DEFAULT session_user,
    backend integer NOT NULL DEFAULT pg_backend_pid(),
    host text NOT NULL,
    process integer NOT NULL,
    application text,
    version text,
    trueline text NOT NULL,
    heads_before text[] NOT NULL,
    heads_after text[],
    digest text,
    catalog bytea
);
CREATE TABLE IF NOT EXISTS {revision} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deploy bigint NOT NULL,
    revision text NOT NULL,
    direction text NOT NULL,
    outcome text NOT NULL,
    message text,
    source text,
    began timestamptz NOT NULL,
    seconds double precision NOT NULL,
    attempts integer NOT NULL,
    finished integer NOT NULL DEFAULT 0,
    chain text NOT NULL DEFAULT '',
    running jsonb,
    statements jsonb NOT NULL DEFAULT '[]'
);
COMMENT ON TABLE {deploy} IS 'Kept by trueline: each command that changed this database, by whom and from where';
COMMENT ON TABLE {revision} IS 'Kept by trueline: each revision that was run, its statements, their duration and locks'
"""

_EXISTS = "SELECT to_regclass(%s) IS NOT NULL"

_BEGIN = """
INSERT INTO {deploy} (command, host, process, application, version, trueline, heads_before)
VALUES (%(command)s, %(host)s, %(process)s, current_setting('application_name'), %(version)s, %(trueline)s, %(heads)s)
RETURNING id
"""

_LEAVE_OTHERS = """
UPDATE {deploy} SET outcome = 'interrupted' WHERE outcome = 'running'
"""

_END = """
UPDATE {deploy} SET ended = clock_timestamp(), outcome = %(outcome)s, message = %(message)s, heads_after = %(heads)s,
       digest = %(digest)s, catalog = %(catalog)s
WHERE id = %(id)s
"""

_IS_UNFINISHED = "SELECT outcome <> 'done' FROM {deploy} ORDER BY id DESC LIMIT 1"

# Only the last one is of use; each is as large as the schema.
_DROP_CATALOGS = "UPDATE {deploy} SET catalog = NULL WHERE catalog IS NOT NULL AND id <> %(id)s"

# Whether the lock on the database is still held, what the last statement locked, and whether the revision has left the
# session its limits: asked with what is written anyway, as each question of its own would cost small revisions dearly.
# One document is the only parameter: the driver takes longer to send twenty than PostgreSQL to take one apart.
_SEEN = """
WITH given AS MATERIALIZED (
    SELECT * FROM jsonb_to_record(%(row)s) AS given (
        id bigint, deploy bigint, revision text, direction text, outcome text, message text, source text,
        seconds double precision, attempts integer, finished integer, chain text, running jsonb,
        statements jsonb, held jsonb, token text)
), mine AS MATERIALIZED (
    SELECT locktype, relation, mode, classid, objid, objsubid
    FROM pg_catalog.pg_locks WHERE pid = pg_catalog.pg_backend_pid() AND granted
), taken AS (
    SELECT n.nspname || '.' || c.relname AS relation, max(array_position({modes}, m.mode)) AS strength
    FROM mine m JOIN pg_catalog.pg_class c ON c.oid = m.relation
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE m.locktype = 'relation' AND m.mode <> 'AccessShareLock' AND n.nspname NOT LIKE 'pg\\_%%'
      AND n.nspname <> 'information_schema' AND c.relname <> ALL ({own})
      AND (c.relkind NOT IN ('i', 'I') OR m.mode = 'AccessExclusiveLock')
    GROUP BY 1
), last AS (
    SELECT jsonb_object_agg(relation, ({modes})[strength]) AS locks
    FROM taken WHERE strength > coalesce(((SELECT held FROM given) ->> relation)::integer, 1)
), ran AS (
    SELECT CASE WHEN jsonb_typeof(held) = 'object' AND (SELECT locks FROM last) IS NOT NULL
                THEN jsonb_set(statements, '{{-1,locks}}', (SELECT locks FROM last)) ELSE statements END AS statements
    FROM given
)
"""

_ANSWER = """
RETURNING id,
    (SELECT coalesce(nullif(current_setting('trueline.turn', true), ''), token) = token FROM given) AND EXISTS (
        SELECT FROM mine WHERE locktype = 'advisory' AND classid = {one} AND objid = {two} AND objsubid = 2),
    current_setting('lock_timeout'), current_setting('statement_timeout')
"""

_ADD: LiteralString = (
    _SEEN
    + """
INSERT INTO {revision} (deploy, revision, direction, outcome, message, source, began, seconds, attempts, finished,
       chain, running, statements)
SELECT deploy, revision, direction, outcome, message, source, clock_timestamp() - make_interval(secs => seconds),
       seconds, attempts, finished, chain, running, ran.statements
FROM given, ran
"""
    + _ANSWER
)

_GO_ON: LiteralString = (
    _SEEN
    + """
UPDATE {revision} AS kept
SET deploy = given.deploy, outcome = given.outcome, message = given.message, source = given.source,
    seconds = kept.seconds + given.seconds, attempts = kept.attempts + given.attempts, finished = given.finished,
    chain = given.chain, running = given.running,
    statements = CASE WHEN ran.statements = '[]' THEN kept.statements ELSE kept.statements || ran.statements END
FROM given, ran WHERE kept.id = given.id
"""
    + _ANSWER.replace("RETURNING id", "RETURNING kept.id")
)

_BEGUN = """
SELECT id, revision, direction, finished, chain, running, message,
       extract(epoch FROM began)::float AS began
FROM {revision} WHERE outcome = 'begun' ORDER BY id
"""

_FORGET = (
    "UPDATE {revision} SET outcome = 'forgotten' WHERE outcome = 'begun' AND revision = ANY(%(revisions)s) RETURNING id"
)

_SOURCES = """
SELECT DISTINCT ON (revision) revision, direction, source
FROM {revision} WHERE outcome = 'done' ORDER BY revision, id DESC
"""

_LAST_CATALOG = """
SELECT id, extract(epoch FROM ended)::float AS ended, version, catalog, heads_after
FROM {deploy} WHERE outcome = 'done' ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The two tables in their schema. Its methods leave the transaction as it was: they neither begin nor end one."""

    schema: str
    version_table: str = "alembic_version"
    _made: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @property
    def tables(self) -> tuple[Name, Name]:
        """Schema and name of both."""
        return (self.schema, DEPLOY), (self.schema, REVISION)

    def exists(self, driver: psycopg.Connection[Any]) -> bool:
        """Whether it was ever made here."""
        full = sql.Identifier(self.schema, REVISION).as_string(driver)
        return bool(self._cursor(driver).execute(_EXISTS, (full,)).fetchone()[0])  # type: ignore[index]  # one row

    def create(self, driver: psycopg.Connection[Any]) -> None:
        """Make the tables where they are missing, and nothing where they are not."""
        self._cursor(driver).execute(self._sql(_TABLES))
        Kept(self.schema).create(driver)

    def is_unfinished(self, driver: psycopg.Connection[Any]) -> bool:
        """Whether the last command was interrupted, or failed."""
        row = self._cursor(driver).execute(self._sql(_IS_UNFINISHED)).fetchone()
        return row is not None and bool(row[0])

    def begin(self, driver: psycopg.Connection[Any], **what: Any) -> int:
        """Write that a command begins; gives back the number of its row.

        Whatever else is said to be running is not: the caller holds the lock on the database.
        """
        cursor = self._cursor(driver)
        cursor.execute(self._sql(_LEAVE_OTHERS))
        row = cursor.execute(self._sql(_BEGIN), what).fetchone()
        return int(row[0])  # type: ignore[index]  # RETURNING

    def end(self, driver: psycopg.Connection[Any], deploy: int, **what: Any) -> None:
        """Write that it has ended, and how."""
        given = {"message": None, "heads": None, "digest": None, "catalog": None, **what, "id": deploy}
        cursor = self._cursor(driver)
        if given["catalog"] is not None:
            cursor.execute(self._sql(_DROP_CATALOGS), given)
        cursor.execute(self._sql(_END), given)

    def write(
        self, driver: psycopg.Connection[Any], progress: Progress, account: Account, surroundings: Surroundings
    ) -> Written:
        """Write how far a revision has come."""
        held = surroundings.held if account.statements else None
        row = {
            "id": progress.id,
            "deploy": account.deploy,
            "revision": progress.revision,
            "direction": progress.direction,
            "outcome": account.outcome,
            "message": account.message,
            "source": account.source,
            "seconds": account.seconds,
            "attempts": account.attempts,
            "finished": progress.finished,
            "chain": progress.chain,
            "running": None if progress.running is None else progress.running.document(),
            "statements": [ran.document() for ran in account.statements],
            "held": None if held is None else dict(held),
            "token": surroundings.token,
        }
        text = _ADD if progress.id is None else _GO_ON
        written = self._cursor(driver).execute(self._sql(text), {"row": as_json(row)}).fetchone()
        id_, has_turn, *limits = written  # type: ignore[misc]  # RETURNING
        return Written(id_, has_turn, tuple(limits))

    def begun(self, driver: psycopg.Connection[Any]) -> list[Progress]:
        """Revisions of which parts are in the database, oldest first."""
        cursor = driver.cursor(row_factory=dict_row)
        return [
            Progress(
                row["revision"],
                row["direction"],
                row["id"],
                row["finished"],
                row["chain"],
                running=Running.of(row["running"]),
                message=row["message"],
                began=_moment(row["began"]),
            )
            for row in cursor.execute(self._sql(_BEGUN))
        ]

    def with_answers(self, driver: psycopg.Connection[Any], progress: Progress) -> Progress:
        """The same, with what its statements gave back: for whoever goes on with it."""
        answers = {} if progress.id is None else Kept(self.schema).load(driver, progress.id)
        return replace(progress, answers=answers)

    def forget(self, driver: psycopg.Connection[Any], revisions: Sequence[str]) -> None:
        """Nobody shall go on with these."""
        gone = self._cursor(driver).execute(self._sql(_FORGET), {"revisions": list(revisions)}).fetchall()
        Kept(self.schema).drop(driver, [row[0] for row in gone])

    def sources(self, driver: psycopg.Connection[Any]) -> dict[str, str]:
        """Digests of the files of the revisions that were run up, and not down again."""
        rows = self._cursor(driver).execute(self._sql(_SOURCES))
        return {row[0]: row[2] for row in rows if row[1] == "up" and row[2]}

    def last(self, driver: psycopg.Connection[Any]) -> Last | None:
        """The last deploy that went well."""
        row = driver.cursor(row_factory=dict_row).execute(self._sql(_LAST_CATALOG)).fetchone()
        if row is None:
            return None
        return Last(row["id"], _moment(row["ended"]), row["version"], row["catalog"], tuple(row["heads_after"] or ()))

    def sql(self, text: LiteralString) -> bytes:
        """A statement with the two tables in it: ``{deploy}`` and ``{revision}``."""
        return self._sql(text)

    def _sql(self, text: LiteralString) -> bytes:
        if text not in self._made:
            percent = "%%" if "%(" in text or "%s" in text else "%"  # as psycopg takes it beside parameters
            schema, version_table = (each.replace("%", percent) for each in (self.schema, self.version_table))
            known = {
                "deploy": sql.Identifier(schema, DEPLOY),
                "revision": sql.Identifier(schema, REVISION),
                "modes": sql.Literal(list(MODES)) + sql.SQL("::text[]"),
                "own": sql.Literal([DEPLOY, REVISION, ANSWER, version_table]) + sql.SQL("::text[]"),
                "one": sql.Literal(KEY["one"]),
                "two": sql.Literal(KEY["two"]),
            }
            self._made[text] = sql.SQL(text).format(**known).as_bytes(None)
        return self._made[text]

    @staticmethod
    def _cursor(driver: psycopg.Connection[Any]) -> psycopg.Cursor[tuple[Any, ...]]:
        return psycopg.Cursor(driver)


def _moment(seconds: float) -> datetime:
    """The driver reads dates in ISO's style only, which a database need not have."""
    return datetime.fromtimestamp(seconds, UTC)
