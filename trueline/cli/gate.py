"""``trueline gate``: everything that has to hold before a change of the schema is taken in, as one command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from trueline.gate.formats import GateFormat


def gate(
    base: Annotated[
        str, typer.Option(help="What the change is for, such as origin/main: revisions in it must not be edited.")
    ] = "",
    skip: Annotated[list[str] | None, typer.Option(help="A check to leave out; may be given several times.")] = None,
    since: Annotated[str, typer.Option(help="Take back and run again only this revision and later ones.")] = "",
    format: Annotated[GateFormat, typer.Option(help="How to write it.")] = GateFormat.terminal,  # noqa: A002 - the option
) -> None:
    """Look at the revisions' files, replay them, take each back and run it again, and compare with the models."""
    from trueline.gate.formats import folder_in, summarize, text_of
    from trueline.gate.run import run_gate
    from trueline.gate.told import line
    from trueline.settings import load_settings

    settings = load_settings()
    terminal = format is GateFormat.terminal
    outcome = run_gate(
        settings,
        base=base,
        since=since,
        skip=skip or (),
        say=lambda each: print(line(each), flush=True) if terminal else None,
    )
    root = settings.project or Path.cwd()
    print(text_of(outcome, format, folder_in(root, os.environ)))
    if format is GateFormat.github:
        summarize(outcome, os.environ)
    raise typer.Exit(outcome.exit_code)
