"""The ``trueline`` command. Each subcommand is a file of its own, imported only when it is called.

To add one: write the file, and a line in `COMMANDS`.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module

import typer
from alembic.util.exc import CommandError

#: Name -> module and what it exports there: a function, or a `typer.Typer` with subcommands of its own.
COMMANDS = {
    "init": "trueline.cli.init:init",
    "settings": "trueline.cli.settings:settings",
    "where": "trueline.cli.where:where",
    "db": "trueline.cli.db:app",
    "scratch": "trueline.cli.scratch:scratch",
    "schema": "trueline.cli.schema:schema",
    "declare": "trueline.cli.declare:declare",
    "history": "trueline.cli.history:history",
    "plan": "trueline.cli.plan:plan",
    "status": "trueline.cli.status:status",
    "audit": "trueline.cli.audit:audit",
    "rules": "trueline.cli.rules:rules",
    "explain": "trueline.cli.rules:explain",
    "gate": "trueline.cli.gate:gate",
    "drift": "trueline.cli.drift:drift",
    "snapshot": "trueline.cli.snapshot:snapshot",
}

#: The whole command could not run; 1 is left for findings.
_COULD_NOT_RUN = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit: 0 holds, 1 findings, 2 could not run, 130 interrupted. Never prints a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        typer.main.get_command(application(given)).main(args=given, prog_name="trueline")
    except CommandError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(getattr(error, "exit_code", _COULD_NOT_RUN))
    except Exception as error:  # the last resort: a traceback might show a secret
        print(unexpected(error, os.environ), file=sys.stderr)
        sys.exit(_COULD_NOT_RUN)


def application(arguments: Sequence[str]) -> typer.Typer:
    """The command that ``arguments`` name, or all of them when they name none, as for ``--help``."""
    app = typer.Typer(
        help="One metadata, one history, one database, proven equal.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,  # they show local variables, and with them passwords
    )
    app.callback()(_version_option)
    named = [name for name in arguments[:1] if name in COMMANDS]
    for name in named or COMMANDS:
        _add(app, name)
    return app


def _add(app: typer.Typer, name: str) -> None:
    module, _, attribute = COMMANDS[name].partition(":")
    command = getattr(import_module(module), attribute)
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=name)
    else:
        app.command(name)(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"trueline {version('trueline')}")
        raise typer.Exit


def _version_option(
    _version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Print it."),
) -> None:
    """One metadata, one history, one database, proven equal."""


def unexpected(error: BaseException, environ: Mapping[str, str]) -> str:
    """What to print for an error that no one foresaw: its kind, words and places, secrets taken out.

    That a connection was lost is told as everywhere.
    """
    from trueline.failure import lost
    from trueline.refused.refusal import scrub

    if (gone := lost(error)) is not None:
        return scrub(f"error: {gone}", _secrets(environ))
    words = scrub(str(getattr(error, "orig", None) or error), _secrets(environ))
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = "".join(f"\n  at {frame.filename}:{frame.lineno} ({frame.name})" for frame in reversed(frames))
    return f"error: {type(error).__name__}: {words}{places}\n  this was not foreseen; please report it"


def _secrets(environ: Mapping[str, str]) -> list[str]:
    """Every text in the environment that may hold a password, and the database's secrets themselves."""
    from trueline.settings import Settings, find_target

    # A guess by name; what is as short as a number or a switch would only blot out the message.
    guessed = [v for name, v in environ.items() if len(v) > 5 and any(word in name for word in _SECRET_NAMES)]
    try:
        target = find_target(Settings(), environ)
    except CommandError:
        return guessed
    return [*guessed, *(target.secrets() if target else ())]


_SECRET_NAMES = ("PASSWORD", "DATABASE_URL", "SECRET", "TOKEN", "TRUELINE_SCRATCH")
