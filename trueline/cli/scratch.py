"""``trueline scratch``: run a command against an empty database."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from trueline.cli.child import run
from trueline.scratch import scratch_target
from trueline.settings import load_settings


def scratch(
    command: Annotated[list[str], typer.Argument(help="The command, after --.", metavar="-- COMMAND")],
) -> None:
    """Run a command with DATABASE_URL set to an empty database that is dropped afterwards.

    Example: trueline scratch -- alembic upgrade head
    """
    with scratch_target(load_settings()) as target:
        # In the environment, not in the arguments: those every user of the machine can read.
        url = target.url.render_as_string(hide_password=False)
        code = run(command, {**os.environ, "DATABASE_URL": url})
    raise typer.Exit(code)
