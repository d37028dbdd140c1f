"""``trueline where``: which database the commands use, and how to open it."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import URL

from trueline.embedded import PROJECT_DATABASE, project_data
from trueline.settings import Settings, Target, find_target, load_settings, no_target


def where(
    seen_from: Annotated[Path | None, typer.Option("--from", help="The folder that the commands are typed in.")] = None,
) -> None:
    """Say which database the commands use, and how to open it with psql."""
    settings = load_settings()
    target = find_target(settings)
    print("\n".join(describe(target, settings, seen_from or Path.cwd())))


def describe(target: Target | None, settings: Settings, seen_from: Path) -> list[str]:
    """Two lines: where the database is, and the command that opens it. No password in either."""
    if target is not None:
        place = target.url.render_as_string()
        return [f"database: {place} (from {target.source})", f"open it:  {psql_line(target.url)}"]
    if not settings.embedded:
        raise no_target(settings)
    data = project_data(settings)
    return [
        f"database: {PROJECT_DATABASE!r} on embedded PostgreSQL {settings.embedded_version}, data in {data}",
        f"open it:  {own_command(seen_from)} db psql",
    ]


def psql_line(url: URL) -> str:
    """The psql command for the URL; psql asks for the password itself."""
    # Not url.set(): that takes None for "as it was".
    bare = url._replace(drivername="postgresql", password=None)
    return shlex.join(["psql", bare.render_as_string()])


def own_command(seen_from: Path) -> str:
    """``trueline`` as it can be typed in that folder: by its path when it lives in an environment of the project."""
    command, here = Path(sys.prefix) / "bin" / "trueline", Path.cwd()
    near = command.exists() and command.is_relative_to(here)
    typed = shlex.quote(str(command.relative_to(here))) if near else "trueline"
    return typed if seen_from.absolute() == here else f"cd {shlex.quote(str(here))} && {typed}"
