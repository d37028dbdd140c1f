"""``alembic -x plan=on upgrade head``: what `planning` needs to know, put together, and the plan told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from alembic import context
from sqlalchemy import Connection

from trueline.deploy.heads import explained_heads, refuse_unknown
from trueline.deploy.home import home_of, with_home
from trueline.errors import TruelineError
from trueline.planning.planning import plan_of, request_of
from trueline.planning.request import Ground, Way
from trueline.planning.told import document, show_plan
from trueline.settings import Settings

_WORDS = ("on", "json")


def tell_plan(connection: Connection, settings: Settings, options: Mapping[str, Any], command: str, word: str) -> None:
    """Print what the command that Alembic is configured for would do; nothing of it is done.

    Args:
        connection: to the database.
        settings: the project's.
        options: what ``context.configure`` was given, without a connection.
        command: ``upgrade`` or ``downgrade``; any other has no plan.
        word: what stands after ``-x plan=``.

    Raises:
        TruelineError: there is no plan of this, or no way from where the database is.
        SystemExit: the rehearsal did not come to its end; exit code 1.
    """
    _refuse(command, word)
    migration, script = context.get_context(), context.script
    heads = migration.get_current_heads()
    refuse_unknown(script, heads)
    options = with_home(options, home_of(connection, settings.version_schema, options))
    steps: Any = migration._migrations_fn
    way = Way(command, str(migration.opts.get("destination_rev")), steps)
    with explained_heads(script):
        arguments = context.get_x_argument(as_dictionary=True)
        request = request_of(connection, way, Ground(context.config, script, settings, options), heads, arguments)
        plan = plan_of(request, connection)
    if word == "json":
        print(json.dumps(document(plan), indent=2, ensure_ascii=False))  # noqa: T201 - its output
    else:
        show_plan(plan)
    if plan.failure is not None and context.config.cmd_opts is not None:
        raise SystemExit(1)


def _refuse(command: str, word: str) -> None:
    if command == "stamp":
        raise TruelineError("stamp runs no revision, so there is no plan of it", fix="leave out: -x plan=…")
    if word not in _WORDS:
        raise TruelineError(
            f"{word!r} is no word for this; known: {', '.join(_WORDS)}",
            where=f"-x plan={word}",
            fix=f"alembic -x plan={_WORDS[0]} {command} …",
        )
