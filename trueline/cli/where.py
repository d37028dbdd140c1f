"""``trueline where``: which database the commands use, and how to open it."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from sqlalchemy.engine import URL

from trueline.embedded import PROJECT_DATABASE, project_data
from trueline.settings import Settings, Target, find_target, load_settings, no_target


def where() -> None:
    """Say which database the commands use, and how to open it with psql."""
    settings = load_settings()
    target = find_target(settings)
    print("\n".join(describe(target, settings)))


def describe(target: Target | None, settings: Settings) -> list[str]:
    """Two lines: where the database is, and the command that opens it. No password in either."""
    if target is not None:
        place = target.url.render_as_string()
        return [f"database: {place} (from {target.source})", f"open it:  {psql_line(target.url)}"]
    if not settings.embedded:
        raise no_target(settings)
    data = project_data(settings)
    return [
        f"database: {PROJECT_DATABASE!r} on embedded PostgreSQL {settings.embedded_version}, data in {data}",
        f"open it:  {own_command()} db psql",
    ]


def psql_line(url: URL) -> str:
    """The psql command for the URL; psql asks for the password itself."""
    return shlex.join(["psql", url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)])


def own_command() -> str:
    """``trueline`` as it can be typed here: by its path when it lives in an environment below this folder."""
    command = Path(sys.prefix) / "bin" / "trueline"
    near = command.exists() and command.is_relative_to(Path.cwd())
    return shlex.quote(str(command.relative_to(Path.cwd()))) if near else "trueline"
