"""How long statements may wait and run: by setting, by option, by the server, and in scripts."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.acceptance.project import plain_url
from tests.deploy.small import MIXED, TABLE, history
from trueline.deploy.limits import Limits, limits_of
from trueline.errors import TruelineError
from trueline.settings import Settings

SHOW = """
op.execute("CREATE TABLE seen AS SELECT current_setting('lock_timeout'), current_setting('statement_timeout') AS whole")
"""


@pytest.mark.parametrize(
    ("settings", "arguments", "deadlock", "limits"),
    [
        (Settings(), {}, 1.0, Limits(900, 900_000)),
        (Settings(), {}, 5.0, Limits(1000, 900_000)),
        (Settings(), {}, 0.2, Limits(180, 900_000)),
        (Settings(lock_timeout=4), {}, 1.0, Limits(4000, 900_000)),
        (Settings(lock_timeout=4, statement_timeout=0), {"lock-timeout": "0.25"}, 1.0, Limits(250, 0)),
        (Settings(), {"statement-timeout": "0"}, 1.0, Limits(900, 0)),
    ],
)
def test_limits(settings: Settings, arguments: dict[str, str], deadlock: float, limits: Limits) -> None:
    """An option comes before a setting; without either, a lock is waited for shorter than for a deadlock."""
    assert limits_of(settings, arguments, deadlock) == limits


@pytest.mark.parametrize(
    ("name", "word"),
    [("lock-timeout", "0"), ("lock-timeout", "soon"), ("statement-timeout", "-1"), ("lock-timeout", "nan")],
)
def test_a_word_that_is_no_limit_is_refused(name: str, word: str) -> None:
    """No lock is waited for without an end, and the message is a command that works."""
    with pytest.raises(TruelineError, match=f"-x {name}=2.5 upgrade head"):
        limits_of(Settings(), {name: word})


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(900, "900ms"), (1000, "1s"), (90_000, "90s"), (900_000, "15min"), (0, "0"), (7_200_000, "2h")],
)
def test_limits_are_said_as_the_server_says_them(milliseconds: int, words: str, any_empty_url: str) -> None:
    """What PostgreSQL shows of a setting is what a limit is recognised by."""
    with psycopg.connect(plain_url(any_empty_url)) as connection:
        connection.execute(f"SET statement_timeout = {milliseconds}".encode())
        assert connection.execute("SHOW statement_timeout").fetchone() == (words,)
    assert Limits(milliseconds, milliseconds).words == (words, words)


def test_a_revision_has_limits_and_its_session_had_others(any_empty_url: str, tmp_path: Path) -> None:
    """Each statement of a revision has the project's limits."""
    project = history(tmp_path, any_empty_url, (SHOW, "pass"), settings="lock_timeout = 0.25\nstatement_timeout = 60\n")
    assert not (done := project.upgrade()).failed, done.text
    assert project.rows("SELECT * FROM seen") == [("250ms", "1min")]


def test_limits_that_a_revision_changes_are_not_those_of_the_next(any_empty_url: str, tmp_path: Path) -> None:
    """A dump as a revision begins with SET lock_timeout = 0; what comes after it has limits again."""
    preamble = 'op.execute("SET lock_timeout = 0; SET statement_timeout = 0")'
    project = history(tmp_path, any_empty_url, (preamble, "pass"), (SHOW, "pass"))
    assert not (done := project.upgrade()).failed, done.text
    assert project.rows("SELECT * FROM seen") == [("900ms", "15min")]


def test_a_script_has_the_same_limits(any_empty_url: str, tmp_path: Path) -> None:
    """--sql: in each transaction, around what runs alone, and none where statements wait by their nature."""
    project = history(tmp_path, any_empty_url, TABLE, MIXED)
    script = project.sql()
    lines = [line for line in script.splitlines() if line and not line.startswith("--")]
    begins = [number for number, line in enumerate(lines) if line == "BEGIN;"]
    assert {lines[number + 1] for number in begins} == {
        "SET LOCAL lock_timeout = 900; SET LOCAL statement_timeout = 900000;"
    }
    concurrently = next(number for number, line in enumerate(lines) if "CONCURRENTLY" in line)
    assert lines[concurrently - 1] == "SET SESSION lock_timeout = 0; SET SESSION statement_timeout = 0;"
    insert = next(number for number, line in enumerate(lines) if line.startswith("INSERT INTO t "))
    assert lines[insert - 1] == "SET SESSION lock_timeout = 900; SET SESSION statement_timeout = 900000;"
    validate = next(number for number, line in enumerate(lines) if "VALIDATE" in line)
    assert lines[validate - 1] == "SET LOCAL statement_timeout = 0;"
    assert lines[validate + 1] == "SET LOCAL statement_timeout = 900000;"
    for statement in script.split(";\n"):
        project.execute(statement)
    assert project.rows("SELECT version_num FROM alembic_version") == [("r002",)]
