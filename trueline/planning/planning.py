"""A plan is made: rehearsed in a scratch database, or written where there is no place for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from alembic.config import Config
from alembic.runtime.migration import RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from trueline.deploy.ledger import Ledger
from trueline.deploy.limits import limits_of
from trueline.errors import TruelineError
from trueline.planning.plan import Plan
from trueline.planning.rehearsal import rehearse
from trueline.planning.request import Request
from trueline.planning.written import written
from trueline.readings.beginning import replayed
from trueline.scratch.places import scratch_database
from trueline.scratch.session import driver_of
from trueline.settings import Settings

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
    """
    steps = list(request.steps(request.heads, None))
    if not any(isinstance(step, RevisionStep) for step in steps):
        return Plan(request.command, request.heads)
    try:
        with (
            scratch_database(connection, request.settings) as scratch,
            replayed(
                request.config,
                request.script,
                scratch,
                request.options,
                request.heads or "base",
                settings=request.settings,
            ) as replay,
        ):
            revisions, failure = rehearse(request, replay)
    except TruelineError as error:
        revisions, failure = written(request)
        return Plan(request.command, request.heads, revisions, str(error), failure)
    return Plan(request.command, request.heads, revisions, None, failure)


def request_of(
    connection: Connection,
    heads: Sequence[str],
    way: tuple[str, str, Callable[[Any, Any], Any]],
    project: tuple[Config, ScriptDirectory, Settings],
    options: Mapping[str, Any],
    arguments: Mapping[str, str],
) -> Request:
    """A command on a database.

    Args:
        connection: to the database; outside of a transaction it stays so.
        heads: where the database is.
        way: the command, its target as typed, and Alembic's function that gives the steps.
        project: configuration, revisions, settings.
        options: of ``context.configure``.
        arguments: from ``-x``.
    """
    fresh = not connection.in_transaction()
    config, script, settings = project
    limits = limits_of(settings, arguments, _deadlock_timeout(connection))
    finished = _finished(connection, options)
    if fresh:
        connection.rollback()
    command, target, steps = way
    return Request(command, tuple(heads), target, steps, config, script, settings, options, limits, finished)


def _deadlock_timeout(connection: Connection) -> float:
    query = "SELECT setting::float FROM pg_catalog.pg_settings WHERE name = 'deadlock_timeout'"
    return float(connection.exec_driver_sql(query).scalar_one()) / 1000


def _finished(connection: Connection, options: Mapping[str, Any]) -> dict[str, int]:
    """As far as the role may read it."""
    home = options.get("version_table_schema") or connection.dialect.default_schema_name or "public"
    ledger = Ledger(home)
    driver = driver_of(connection)
    table = ledger.sql("{revision}").decode()
    row = driver.cursor().execute(_READABLE, {"table": table}).fetchone()
    begun = ledger.begun(driver) if row and row[0] else []
    return {each.revision: each.finished for each in begun}


