"""The plan of an upgrade, for commands that Alembic did not start."""

from __future__ import annotations

from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from trueline.checkout import Checkout, checkout_of
from trueline.deploy.heads import explained_heads, refuse_unknown
from trueline.deploy.home import home_of, with_home
from trueline.env import configure_options, open_target
from trueline.errors import TruelineError
from trueline.planning.plan import Plan
from trueline.planning.planning import plan_of, request_of
from trueline.settings import Settings
from trueline.version_table import refuse_hidden_version


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
        options = options_for(connection, project, settings)
        heads = heads_of(connection, options)
        try:
            refuse_unknown(project.script, heads)
            return upgrade_from(connection, heads, target, project, settings, options)
        except TruelineError as error:
            raise TruelineError(error.what, where=error.where, fix=error.fix) from None  # could not run, whatever it is


def upgrade_from(
    connection: Connection,
    heads: tuple[str, ...],
    target: str,
    project: Checkout,
    settings: Settings,
    options: dict[str, Any],
) -> Plan:
    """The plan of an upgrade from where the database is.

    Raises:
        TruelineError: there are several heads, and the target is one.
    """

    def steps(rev: Any, _: Any) -> Any:
        return project.script._upgrade_revs(target, rev)

    with explained_heads(project.script):
        way, files = ("upgrade", target, steps), (project.config, project.script, settings)
        return plan_of(request_of(connection, heads, way, files, options, {}), connection)


def options_for(connection: Connection, project: Checkout, settings: Settings) -> dict[str, Any]:
    """What ``context.configure`` would be given."""
    options = configure_options(project.metadata, **project.options)
    return with_home(options, home_of(connection, settings.version_schema, options))


def heads_of(connection: Connection, options: dict[str, Any]) -> tuple[str, ...]:
    """Where the database is.

    Raises:
        TruelineError: the role may not read the version table.
    """
    known = {name: options[name] for name in ("version_table", "version_table_schema") if name in options}
    context = MigrationContext.configure(connection, opts=known)
    refuse_hidden_version(context, connection)
    heads = context.get_current_heads()
    connection.rollback()
    return tuple(heads)
