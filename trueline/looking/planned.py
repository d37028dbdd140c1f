"""The plan of an upgrade, for commands that Alembic did not start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from trueline.checkout import Checkout, checkout_of
from trueline.deploy.heads import explained_heads, refuse_unknown
from trueline.deploy.home import home_of, with_home
from trueline.env import configure_options, open_target
from trueline.errors import TruelineError
from trueline.planning.plan import Plan
from trueline.planning.planning import plan_of, request_of
from trueline.planning.request import Ground, Way
from trueline.settings import Settings
from trueline.version_table import refuse_hidden_version, unreadable_version


def plan_upgrade(settings: Settings, target: str) -> Plan:
    """What ``alembic upgrade`` would do.

    Args:
        settings: the project's.
        target: as it would be typed.

    Raises:
        TruelineError: there is no way from where the database is to the target, or no looking at it.
    """
    project = checkout_of(settings)
    with open_target(settings) as connection:
        ground = ground_of(connection, project, settings)
        heads = heads_of(connection, ground.options)
        try:
            refuse_unknown(project.script, heads)
            return upgrade_from(connection, heads, target, ground)
        except TruelineError as error:
            raise TruelineError(error.what, where=error.where, fix=error.fix) from None  # could not run, whatever it is


def upgrade_from(connection: Connection, heads: tuple[str, ...], target: str, ground: Ground) -> Plan:
    """The plan of an upgrade from where the database is.

    Raises:
        TruelineError: there are several heads, and the target is one.
    """

    def steps(rev: Any, _: Any) -> Any:
        return ground.script._upgrade_revs(target, rev)

    with explained_heads(ground.script):
        request = request_of(connection, Way("upgrade", target, steps), ground, heads, {})
        return plan_of(request, connection)


def ground_of(connection: Connection, project: Checkout, settings: Settings) -> Ground:
    """What an upgrade would stand on."""
    options = configure_options(project.metadata, **project.options)
    options = with_home(options, home_of(connection, settings.version_schema, options))
    return Ground(project.config, project.script, settings, options)


def heads_of(connection: Connection, options: Mapping[str, Any]) -> tuple[str, ...]:
    """Where the database is.

    Raises:
        TruelineError: the role may not read the version table.
    """
    known = {name: options[name] for name in ("version_table", "version_table_schema") if name in options}
    context = MigrationContext.configure(connection, opts=known)
    try:
        refuse_hidden_version(context, connection)
        heads = context.get_current_heads()
    except DBAPIError as error:
        raise unreadable_version(error, context, connection) or error from None
    connection.rollback()
    return tuple(heads)
