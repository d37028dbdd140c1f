"""How the commands of `trueline` end that cannot go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tests.acceptance.project import plain_url
from trueline import cli
from trueline.cli import main

#: Somebody's command, which has something to clear away.
CHILD = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(9))
print("up", os.environ["DATABASE_URL"], flush=True)
try:
    time.sleep(60)
finally:
    time.sleep(0.5)
    print("cleared", flush=True)
"""


@contextmanager
def scratch_of(url: str, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`trueline scratch` in a process group of its own, as a terminal has one; and its database."""
    command = [str(Path(sys.executable).with_name("trueline")), "scratch", "--", sys.executable, "-c", CHILD]
    env = {**os.environ, "DATABASE_URL": plain_url(url)}
    pipe = subprocess.PIPE
    started = subprocess.Popen(
        command, cwd=folder, env=env, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )
    try:
        assert started.stdout is not None
        word, own = started.stdout.readline().split()
        assert word == "up"
        yield started, str(sa.make_url(own).database)
    finally:
        started.kill()
        started.wait()


def databases(url: str) -> set[str]:
    with psycopg.connect(plain_url(url)) as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_in_a_scratch_database_ends_by_itself(
    tmp_path: Path, empty_database_url: str, number: signal.Signals
) -> None:
    """Ctrl-C, or SIGTERM to `trueline scratch` alone: what it ran may clear away first; then the database goes."""
    with scratch_of(empty_database_url, tmp_path) as (started, name):
        assert name in databases(empty_database_url)
        if number is signal.SIGINT:
            os.killpg(started.pid, number)
        else:
            started.send_signal(number)
        out, err = started.communicate(timeout=60)
        assert out == "cleared\n"
        assert started.returncode == 128 + number
        assert "trueline" not in err
    assert name not in databases(empty_database_url)


def test_a_command_that_is_not_there(
    tmp_path: Path, empty_database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named, with the system's reason."""
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main(["scratch", "--", "no-such-command"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err == "error: no-such-command cannot be run: No such file or directory\n"


def test_a_connection_that_goes_is_no_surprise() -> None:
    """It is told as everywhere, whichever error of whom was the first to notice."""
    gone = psycopg.errors.AdminShutdown("terminating connection")
    for error in (gone, sa.exc.DBAPIError("SELECT", {}, gone)):
        said = cli.unexpected(error, {})
        assert said.startswith("error: the connection to PostgreSQL was lost: terminating connection\n  fix: run")
    assert "not foreseen" in cli.unexpected(psycopg.errors.SyntaxError("x"), {})
