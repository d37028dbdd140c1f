"""``trueline plan``: what an upgrade would run, and which locks it would take, without running it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from trueline.cli.format import Format


def plan(
    target: Annotated[str, typer.Argument(help="How far, as for alembic upgrade.")] = "head",
    format: Annotated[Format, typer.Option(help="How to write it.")] = Format.terminal,  # noqa: A002 - the option
) -> None:
    """Print the statements that an upgrade would run, with their limits and locks, and run nothing in the database."""
    from trueline.looking.planned import plan_upgrade
    from trueline.planning.told import document, show_plan
    from trueline.settings import load_settings

    found = plan_upgrade(load_settings(), target)
    if format is Format.json:
        print(json.dumps(document(found), indent=2, ensure_ascii=False))
    else:
        show_plan(found)
    if found.failure is not None:
        raise typer.Exit(1)
