"""A plan is made: rehearsed in a scratch database, or written where there is no place for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alembic.runtime.migration import RevisionStep
from sqlalchemy import Connection

from trueline.deploy.interrupted import refuse_interrupted
from trueline.deploy.ledger import Ledger
from trueline.deploy.limits import deadlock_timeout, limits_of
from trueline.deploy.records import Progress
from trueline.errors import TruelineError
from trueline.planning.plan import Plan
from trueline.planning.rehearsal import rehearse
from trueline.planning.request import Ground, Request, Way
from trueline.planning.written import written
from trueline.readings.beginning import replayed
from trueline.scratch.places import scratch_database
from trueline.scratch.session import driver_of

_READABLE = """
SELECT CASE WHEN to_regclass(%(table)s) IS NOT NULL THEN has_table_privilege(%(table)s, 'SELECT') END
"""


def plan_of(request: Request, connection: Connection) -> Plan:
    """What a command would do to a database, which is only read.

    Args:
        request: the command.
        connection: to that database.

    Raises:
        CommandError: Alembic does not know the way from where the database is to where it is to go.
        TruelineError: a revision was interrupted, and the command does not begin with finishing it.
    """
    command, heads, ground = request.way.command, request.heads, request.ground
    steps = [step for step in request.way.steps(heads, None) if isinstance(step, RevisionStep)]
    refuse_interrupted(request.begun, steps, command)
    if not steps:
        return Plan(command, heads)
    history = (ground.config, ground.script)
    try:
        with (
            scratch_database(connection, ground.settings) as scratch,
            replayed(*history, scratch, ground.options, heads or "base", settings=ground.settings) as replay,
        ):
            revisions, failure = rehearse(request, replay)
    except TruelineError as error:
        revisions, failure = written(request)
        return Plan(command, heads, revisions, str(error), failure)
    return Plan(command, heads, revisions, None, failure)


def request_of(
    connection: Connection, way: Way, ground: Ground, heads: Sequence[str], arguments: Mapping[str, str]
) -> Request:
    """A command on a database.

    Args:
        connection: to the database; outside of a transaction it stays so.
        way: where it leads.
        ground: what it stands on.
        heads: where the database is.
        arguments: from ``-x``.
    """
    fresh = not connection.in_transaction()
    limits = limits_of(ground.settings, arguments, deadlock_timeout(connection))
    begun = _begun(connection, ground)
    if fresh:
        connection.rollback()
    return Request(way, ground, tuple(heads), limits, begun)


def _begun(connection: Connection, ground: Ground) -> tuple[Progress, ...]:
    """As far as the role may read it."""
    home = ground.options.get("version_table_schema") or connection.dialect.default_schema_name or "public"
    ledger = Ledger(home)
    driver = driver_of(connection)
    table = ledger.sql("{revision}").decode()
    row = driver.cursor().execute(_READABLE, {"table": table}).fetchone()
    return tuple(ledger.begun(driver)) if row and row[0] else ()
