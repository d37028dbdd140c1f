"""The embedded server of a project: chosen in ``[tool.trueline]``, and never where a deploy could meet it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from trueline.embedded.locks import hand_over
from trueline.embedded.place import unwritable
from trueline.embedded.server import EmbeddedServer, serve
from trueline.errors import TruelineError
from trueline.settings import Settings, in_container, in_kubernetes, no_target

PROJECT_DATABASE = "app"
FOLDER = ".trueline"

_log = logging.getLogger(__name__)
_said: set[str] = set()


@contextmanager
def project_server(settings: Settings, environ: Mapping[str, str] | None = None) -> Iterator[EmbeddedServer]:
    """Start or join the project's own server; its database `PROJECT_DATABASE` is there.

    Raises:
        TruelineError: the project did not choose it, this is a deployment, or it cannot be started.
    """
    refuse(settings, environ)
    if in_container(environ):
        _warn_once(settings)
    data = project_data(settings)
    _make_folder(data.parent)
    with serve(data, version=settings.embedded_version) as server:
        _ensure_database(server)
        yield server


def project_data(settings: Settings) -> Path:
    """The project's data directory, one for each major version.

    Raises:
        TruelineError: there is no project.
    """
    if settings.project is None:
        what = "the embedded PostgreSQL keeps its data in the project, and this is no project"
        fix = "put this into its pyproject.toml:\n[tool.trueline]\nembedded = true"
        raise TruelineError(what, where=str(Path.cwd()), fix=fix)
    return settings.project / FOLDER / f"postgres-{settings.embedded_version}"


def refuse(settings: Settings, environ: Mapping[str, str] | None = None) -> None:
    """Raise where the embedded server must not be used.

    Raises:
        TruelineError: it was not chosen, or this is a deployment.
    """
    if not settings.embedded:
        raise no_target(settings)
    if settings.production:
        raise _deployment(f"TRUELINE_ENV is {settings.environment}")
    if in_kubernetes(environ):
        raise _deployment("this is a Kubernetes pod")


def _deployment(reason: str) -> TruelineError:
    what = f"DATABASE_URL is not set, and {reason}: a deploy must not migrate an embedded, throw-away database"
    return TruelineError(what, fix="export DATABASE_URL=postgresql://user:password@host:5432/database")


def _warn_once(settings: Settings) -> None:
    """In a container the data goes with the container, and a deploy that lost its DATABASE_URL looks the same."""
    data = str(project_data(settings))
    if data in _said:
        return
    _said.add(data)
    text = f"this is a container and DATABASE_URL is not set: using the embedded PostgreSQL in {data}"
    if _log.hasHandlers() and _log.isEnabledFor(logging.WARNING):
        _log.warning("%s", text)
    else:  # nobody has set up logging: it must be seen all the same
        print(f"warning: {text}", file=sys.stderr)  # noqa: T201 - as above


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
        hand_over(folder)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
            hand_over(ignore)
    except OSError as error:
        raise unwritable(folder, error) from None


def _ensure_database(server: EmbeddedServer) -> None:
    import psycopg
    from psycopg import errors, sql

    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [PROJECT_DATABASE]).fetchone():
            return
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(PROJECT_DATABASE)))
        except (errors.DuplicateDatabase, errors.UniqueViolation):
            return  # another process was first
