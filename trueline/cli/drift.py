"""``trueline drift``: what differs between models, revisions and the database, whose doing it is, what resolves it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class DriftFormat(StrEnum):
    """For people, for programs, for a comment, for GitHub Actions."""

    terminal = "terminal"
    json = "json"
    markdown = "markdown"
    github = "github"


def drift(
    against: Annotated[
        Path | None, typer.Option(help="Compare with this file of trueline snapshot; no scratch database is needed.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing where all is well.")] = False,
    format: Annotated[DriftFormat, typer.Option(help="How to write it.")] = DriftFormat.terminal,  # noqa: A002 - the option
) -> None:
    """Compare models, revisions and database, and say of every difference whose doing it is and what resolves it."""
    from trueline.drift.look import find_drift
    from trueline.drift.snapshot import read_snapshot
    from trueline.drift.told import text_of
    from trueline.settings import load_settings

    found = find_drift(load_settings(), read_snapshot(against) if against is not None else None)
    if not (quiet and found.is_well):
        print(text_of(found, format.value))
    if not found.is_well:
        raise typer.Exit(1)
