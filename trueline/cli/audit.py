"""``trueline audit``: is there one metadata, and does it make sense?"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from trueline.audit.context import Live
from trueline.audit.rules import all_rules
from trueline.audit.run import audit as run_audit
from trueline.finding import Finding, Place
from trueline.report.found import Format, counted, render
from trueline.settings import Settings, load_settings


def audit(
    path: Annotated[Path, typer.Argument(help="Folder of the project.")] = Path(),
    format: Annotated[Format, typer.Option(help="How findings are written.")] = Format.terminal,  # noqa: A002 - the option's name
    database: Annotated[
        bool, typer.Option("--database", help="Look at the configured database, too; nothing in it is changed.")
    ] = False,
) -> None:
    """Look for defects in bases, tables, keys and revisions, from source alone: nothing of the project is imported.

    Exits with 0 where nothing is found, 1 with findings, 2 where it could not run.
    """
    settings = load_settings(path)
    live = _live(settings) if database else None
    done = run_audit(path, live=live, allow=settings.allow, exclude=settings.exclude, within=_within(path, settings))
    found = [_seen_from_here(finding, path) for finding in done.findings]
    print(render(found, format, {rule.id: rule.name for rule in all_rules()}), end="")
    if format is Format.terminal:
        allowed = f", {done.suppressed} allowed" if done.suppressed else ""
        files = "1 file" if done.files == 1 else f"{done.files} files"
        print(f"{counted(found)}{allowed} in {files}", file=sys.stderr)
    raise typer.Exit(1 if found else 0)


def _live(settings: Settings) -> Live:
    from trueline.audit.live import read_live
    from trueline.env import open_target

    with open_target(settings) as connection:
        return read_live(connection)


def _within(path: Path, settings: Settings) -> str:
    """The way from the folder of the pyproject.toml, where its patterns begin, to what is audited."""
    here = path.absolute()
    if settings.project is None or not here.is_relative_to(settings.project):
        return ""
    way = here.relative_to(settings.project).as_posix()
    return "" if way == "." else f"{way}/"


def _seen_from_here(finding: Finding, path: Path) -> Finding:
    """With the files' names as they can be opened from the current folder."""
    related = tuple(_place(place, path) for place in finding.related)
    return replace(finding, where=_place(finding.where, path), related=related)


def _place(place: Place, path: Path) -> Place:
    return replace(place, file=(PurePosixPath(path.as_posix()) / place.file).as_posix()) if place.file else place
