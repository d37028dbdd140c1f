"""A command rehearsed: its revisions run in a scratch database that has come as far as the real one.

What is run there is what would be run here, by the very code that would run it. No row of the real database is there:
statements that a revision makes from rows are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection

from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Delta
from trueline.deploy.events import Event, RevisionBegan, RevisionFinished, StatementBegan, StatementRan
from trueline.deploy.ledger import Ledger
from trueline.deploy.lock import one_at_a_time
from trueline.deploy.records import Ran
from trueline.deploy.run import Order, Run
from trueline.planning.plan import Place, Planned, PlannedRevision
from trueline.planning.request import Request
from trueline.planning.seen import Seen, seen_in
from trueline.readings.failed import ReplayError, explained
from trueline.readings.isolation import isolated
from trueline.readings.replay import Replay
from trueline.scratch.session import driver_of


@dataclass(slots=True)
class Recorder:
    """Hears what happens in the rehearsal, and writes it down as a plan."""

    request: Request
    seen: Seen
    revisions: list[PlannedRevision] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        """Take note."""
        match event:
            case RevisionBegan(revision, message):
                file = str(self.request.ground.script.get_revision(revision).path)
                self.revisions.append(PlannedRevision(revision, message, file, ()))
            case StatementBegan() if self.seen.driver.autocommit:
                self.seen.look()
            case StatementRan(revision, number, ran):
                last = self.revisions[-1]
                statements = (*last.statements, self._planned(revision, number, ran))
                self.revisions[-1] = replace(last, statements=statements)
            case RevisionFinished(_, _, numbers):
                last = self.revisions[-1]
                self.revisions[-1] = replace(last, unshown=numbers - len(last.statements))
            case _:
                pass

    def _planned(self, revision: str, number: int, ran: Ran) -> Planned:
        driver = self.seen.driver
        place: Place = "transaction"
        if driver.autocommit:
            place = "outside" if ran.alone else "own"
        done = self.request.is_done(revision, number)
        if not driver.autocommit and driver.info.transaction_status == TransactionStatus.IDLE:
            return Planned(number, ran.statement, "own", None, None, None, done)  # it had a COMMIT of its own
        limits = self.seen.limits()
        locks = self.seen.locks_outside(ran.statement) if ran.alone else self.seen.locks()
        return Planned(number, ran.statement, place, *limits, locks, done)


def rehearse(request: Request, replay: Replay) -> tuple[tuple[PlannedRevision, ...], str | None]:
    """Run the command in the database of a replay; gives back what it did, and why it stopped if it did.

    Args:
        request: what would be run.
        replay: as far as the real database.
    """
    connection = replay.connection
    replay.scratch.renew(connection)
    driver = driver_of(connection)
    replay.take_over_extensions()  # what an administrator has installed is there for the pending revisions as well
    recorder = Recorder(request, seen_in(driver, request.ground.version_table))
    driver.rollback()
    connection.rollback()
    way = request.way
    environment = EnvironmentContext(replay.config, replay.script, fn=way.steps, destination_rev=way.target)
    try:
        with (
            isolated(replay.config, connection),
            explained(replay.script, replay.scratch.place),
            environment as context,
        ):
            context.configure(connection=connection, **_options(replay.options))
            _run(request, connection, context.get_context(), recorder)
    except ReplayError as error:
        return tuple(recorder.revisions), str(error)
    return tuple(recorder.revisions), None


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    return {"transaction_per_migration": True, **options, "trueline_created": set()}


def _run(request: Request, connection: Connection, context: MigrationContext, recorder: Recorder) -> None:
    home = context._version.schema or connection.dialect.default_schema_name or "public"
    with one_at_a_time(connection) as turn:
        ledger = Ledger(home, request.ground.version_table)
        order = _order(request, driver_of(connection))
        Run(connection, context, request.ground.script, ledger, turn, recorder, order).go()


def _order(request: Request, driver: Any) -> Order:
    """As for the real database, but for what has no meaning here: hooks, other sessions, the ledger's catalog."""
    alone = {"before": (), "after": (), "lock_retries": 0}
    nothing = Catalog((), driver.info.server_version)
    return Order(
        request.way.command,
        request.ground.settings.model_copy(update=alone),
        request.limits,
        refuse_drift=False,
        resume="on",
        application=None,
        read=lambda: nothing,
        changed=lambda *_: Delta(),
        second=None,
    )
