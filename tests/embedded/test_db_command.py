"""``trueline db`` as a user types it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.embedded.server_users import until
from trueline.cli import db as db_command
from trueline.cli import main
from trueline.embedded import tools
from trueline.embedded.keeping import status


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


Db = Callable[..., Done]


@pytest.fixture
def project(folder: Path) -> Path:
    """A project with a space in its path that chose the embedded server."""
    home = folder / "my project"
    home.mkdir()
    (home / "pyproject.toml").write_text("[tool.trueline]\nembedded = true\n")
    return home


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "trueline", "db", *arguments]


def environment() -> dict[str, str]:
    """Without a database of whoever runs the tests; the package is found from any folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "POSTGRES_"))}
    return {**kept, "PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.fixture
def db(project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Db]:
    """The command in this process, which is quicker; what it starts is in processes of its own all the same."""
    monkeypatch.chdir(project)
    for name in os.environ.keys() - environment().keys():
        monkeypatch.delenv(name)

    def run(*arguments: str) -> Done:
        capfd.readouterr()
        with pytest.raises(SystemExit) as caught:
            main(["db", *arguments])
        code = caught.value.code
        return Done(code if isinstance(code, int) else 0, *capfd.readouterr())

    yield run
    run("stop")


def test_a_started_server_stays_until_it_is_stopped(project: Path, db: Db) -> None:
    """start, start again, status, psql, stop, stop again: each does and says what it should."""
    data = project / ".trueline" / "postgres-18"
    assert db("status").returncode == 1
    assert not data.parent.exists()
    started = db("start")
    assert started.returncode == 0, started.stderr
    assert all(
        word in started.stdout for word in ("stays until `trueline db stop`", str(data), "postgresql+psycopg://")
    )
    assert db("start").returncode == 0
    found = status(data)
    assert (found.running, found.kept, found.users) == (True, True, ())
    assert db("psql", "-Atc", "SELECT current_database()").stdout == "app\n"
    shown = db("status")
    assert shown.returncode == 0
    assert "PostgreSQL 18 is running" in shown.stdout
    read = json.loads(db("status", "--format", "json").stdout)
    assert (read["running"], read["kept"], read["version"], read["data"]) == (True, True, 18, str(data))
    assert db("stop").stdout == "PostgreSQL has stopped\n"
    assert not status(data).running
    assert db("stop").stdout == "PostgreSQL was not running\n"


def test_stop_leaves_the_server_to_those_who_still_use_it(project: Path, db: Db) -> None:
    """stop names the process that is still there, and the server goes with that process."""
    data = project / ".trueline" / "postgres-18"
    db("start")
    with subprocess.Popen(command("psql"), cwd=project, env=environment(), stdin=subprocess.PIPE) as other:
        until(lambda: [user.pid for user in status(data).users] == [other.pid])
        said = db("stop").stdout
        assert "still in use" in said
        assert f"process {other.pid}" in said
        assert status(data).running
        assert not status(data).kept
        other.communicate(b"\\q\n")
    assert not status(data).running


def test_psql_needs_no_server_that_runs(project: Path, db: Db) -> None:
    """psql starts the server for its session, gives back psql's exit code, and leaves nothing running."""
    done = db("psql", "-v", "ON_ERROR_STOP=1", "-c", "SELECT 1/0")
    assert done.returncode == 1
    assert "division by zero" in done.stderr
    assert db("psql", "-At", "postgres", "-c", "SELECT current_database()").stdout == "postgres\n"
    assert not status(project / ".trueline" / "postgres-18").running


def test_a_killed_keeper_does_not_keep_the_server(project: Path, db: Db) -> None:
    """kill -9 of the process that start left behind stops the server, and start works again."""
    data = project / ".trueline" / "postgres-18"
    db("start")
    keeper = int((project / ".trueline" / "postgres-18.run" / "kept").read_text())
    os.kill(keeper, signal.SIGKILL)
    until(lambda: not status(data).running)
    assert db("start").returncode == 0
    assert status(data).kept


def test_stop_never_ends_a_process_that_is_not_the_keeper(project: Path, db: Db) -> None:
    """A number left behind by an earlier keeper, used again by another process, is not touched."""
    db("psql", "-c", "SELECT 1")
    (project / ".trueline" / "postgres-18.run" / "kept").write_text(str(os.getpid()))
    assert db("stop").stdout == "PostgreSQL was not running\n"


def test_another_database_is_pointed_out(db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where DATABASE_URL is set, psql on the embedded server says that other commands use another database."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:marker-secret@db.example/app")
    done = db("psql", "-Atc", "SELECT 1")
    assert done.stdout == "1\n"
    assert "DATABASE_URL is set" in done.stderr
    assert "marker-secret" not in done.stderr


def test_production_is_refused(project: Path, db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    """start in production fails with the reason and exit code 2, and creates nothing."""
    monkeypatch.setenv("TRUELINE_ENV", "production")
    done = db("start")
    assert done.returncode == 2
    assert "TRUELINE_ENV is production" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / ".trueline").exists()


def test_an_interrupted_start_leaves_nothing_running(project: Path) -> None:
    """Ctrl-C while the server is being started ends without a traceback and without a server."""
    data = project / ".trueline" / "postgres-18"
    pipe = subprocess.PIPE
    with subprocess.Popen(command("start"), cwd=project, env=environment(), stderr=pipe, text=True) as starting:
        until(lambda: list(data.parent.glob("postgres-18.new-*")))
        starting.send_signal(signal.SIGINT)
        _, said = starting.communicate(timeout=60)
    assert "Traceback" not in said
    assert starting.returncode == 130
    until(lambda: not status(data).running)


def test_psql_is_looked_for_elsewhere_too(project: Path, db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that came without it is opened with the one on the PATH; where there is none, the error has the way."""
    monkeypatch.setattr(db_command, "tools", lambda _: project)
    monkeypatch.setenv("PATH", str(project))
    done = db("psql")
    assert done.returncode == 2
    assert f"error: there is no psql beside the server, nor on the PATH\n  at {project / 'psql'}" in done.stderr
    assert "pip install 'trueline[embedded]'" in done.stderr
    monkeypatch.setenv("PATH", str(tools(18)))
    assert db("psql", "-XAtc", "SELECT 1").stdout == "1\n"


@pytest.mark.parametrize("command", ["start", "psql"])
def test_a_project_with_another_database_is_told_so(
    project: Path, db: Db, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Where the embedded server is not chosen and a database is named, nobody says that none is."""
    (project / "pyproject.toml").write_text("[tool.trueline]\n")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:marker-secret@h/x")
    done = db(command)
    assert done.returncode == 2
    assert "has no embedded PostgreSQL: its database is the one that DATABASE_URL names" in done.stderr
    assert "psql postgresql://u@h/x" in done.stderr
    assert "no database is configured" not in done.stderr
    assert "marker-secret" not in done.stderr
