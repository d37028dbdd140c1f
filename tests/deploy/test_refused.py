"""What is not deployed: the exit codes that ``alembic`` ends with, and the words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.project import Done, Folder, find, rows, session

TABLE = 'op.execute("CREATE TABLE t (a integer)")'
GONE = 'op.execute("DROP TABLE t")'


def alembic(folder: Folder, url: str, *arguments: str) -> Done:
    """The command itself, in a process of its own."""
    done = subprocess.run(
        [Path(sys.executable).with_name("alembic"), *arguments],
        cwd=folder.root,
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stdout + done.stderr)


@pytest.fixture
def url(folder: Folder, empty_database_url: str) -> str:
    """A database at the first revision."""
    folder.revision("r", TABLE, GONE)
    folder.run(empty_database_url, "upgrade", "head").ok()
    return empty_database_url


def test_several_heads(folder: Folder, url: str) -> None:
    """``head`` is not one revision; the files are named, and both ways out."""
    folder.revision("s", "pass", before="r")
    folder.revision("u", "pass", before="r")
    told = alembic(folder, url, "upgrade", "head").told(10)
    assert "there are 2 heads, so head is not one revision: s, u" in told
    assert "migrations/versions/u.py (u)" in told
    assert 'alembic merge -m "merge" s u' in told
    alembic(folder, url, "upgrade", "heads").ok()
    assert sorted(rows(url, "TABLE alembic_version")) == [("s",), ("u",)]


@pytest.mark.parametrize("command", [("upgrade", "head"), ("downgrade", "-1")])
def test_an_unknown_revision(folder: Folder, url: str, command: tuple[str, str]) -> None:
    """Older code on a newer database says so, and how to go back to it."""
    path = folder.revision("s", "pass")
    folder.run(url, "upgrade", "head").ok()
    path.unlink()
    told = alembic(folder, url, *command).told(11)
    assert "the database is at revision s, which is none of the 1 that are here" in told
    assert "alembic downgrade r" in told
    assert rows(url, "TABLE alembic_version") == [("s",)]


def test_a_missing_file(folder: Folder, url: str) -> None:
    """A revision that comes after one that there is not is named with its file."""
    folder.revision("u", "pass", before="s")
    told = alembic(folder, url, "upgrade", "head").told(12)
    assert "revision s is missing, and others come after it" in told
    assert "migrations/versions/u.py (revision u, down_revision s)" in told


def test_a_database_that_was_changed_by_hand(folder: Folder, url: str) -> None:
    """The difference is named before anything is run; it goes on with a warning, or ends, as it is told to."""
    with session(url) as person:
        person.execute("ALTER TABLE t ADD COLUMN urgent boolean")
    folder.revision("s", 'op.execute("CREATE TABLE u (a integer)")')
    told = alembic(folder, url, "-x", "on-drift=refuse", "upgrade", "head").told(15)
    assert "+ column public.t.urgent boolean" in told
    assert "the database was changed by hand since the deploy of" in told
    assert rows(url, "SELECT to_regclass('u')") == [(None,)]
    assert "+ column public.t.urgent boolean" in folder.run(url, "upgrade", "head").told(0)
    folder.revision("u", "pass")
    assert "changed by hand" not in folder.run(url, "upgrade", "head").told(0)


def test_a_file_that_was_edited_later(folder: Folder, url: str) -> None:
    """It is named, be it by a warning or as the end; comments and the docstring are no edits."""
    path = folder.root / "migrations" / "versions" / "r.py"
    path.write_text(
        '"""Another docstring."""\n\n\n# reviewed\n' + path.read_text().partition("\n")[2] + "\n# so it is\n"
    )
    folder.revision("s", "pass")
    assert "edited" not in folder.run(url, "upgrade", "head").told(0)
    path.write_text(path.read_text().replace("a integer", "a bigint"))
    folder.revision("u", "pass")
    folder.set(on_drift="refuse")
    told = folder.run(url, "upgrade", "head").told(15)
    assert "1 revision was edited after being applied" in told
    assert str(path) in told
    assert "1 revision was edited" in folder.run(url, "-x", "on-drift=warn", "upgrade", "head").told(0)


def test_a_deploy_that_failed_is_no_drift(folder: Folder, url: str) -> None:
    """What the revisions before the one that failed have done was not done by hand."""
    folder.set(on_drift="refuse")
    folder.revision("s", 'op.execute("CREATE TABLE u (a integer)")')
    folder.revision("u", 'op.execute("CREATE TABLE u (a integer)")')
    assert 'relation "u" already exists' in folder.run(url, "upgrade", "head").told(255)
    folder.revision("u", 'op.execute("CREATE TABLE v (a integer)")')
    folder.run(url, "upgrade", "head").ok()


def test_nothing_to_do_writes_nothing(folder: Folder, url: str) -> None:
    """A database at head is only looked at: no transaction in it, nor anywhere on the server, changes anything."""
    snapshot = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
    before = rows(url, snapshot)
    assert "nothing to apply, already at r" in folder.run(url, "upgrade", "head").told(0)
    assert rows(url, snapshot) == before


def test_a_stamp_over_an_unknown_revision(folder: Folder, url: str) -> None:
    """``--purge`` forgets a version that no file has, and the ledger tells of it."""
    with session(url) as person:
        person.execute("UPDATE alembic_version SET version_num = 'lost'")
    folder.run(url, "stamp", "--purge", "r").ok()
    assert rows(url, "TABLE alembic_version") == [("r",)]
    kept = rows(url, "SELECT command, outcome, heads_before, heads_after FROM trueline_deploy ORDER BY id DESC LIMIT 1")
    assert kept == [("stamp", "done", ["lost"], ["r"])]
    folder.revision("s", 'op.execute("DROP TABLE t")')
    folder.run(url, "upgrade", "head").ok()


HOOKS = """
from sqlalchemy import text


def note(deploy):
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
    values = {"held": deploy.connection.scalar(text(held)), "what": f"{deploy.outcome} {deploy.command}"}
    deploy.connection.execute(text("CREATE TABLE IF NOT EXISTS noted (what text, revisions text, held integer)"))
    deploy.connection.execute(
        text("INSERT INTO noted VALUES (:what, :revisions, :held)"), {**values, "revisions": " ".join(deploy.revisions)}
    )
    deploy.connection.commit()


def fail(deploy):
    raise ValueError("not today")
"""


def test_hooks_are_called_once_in_each_run(folder: Folder, empty_database_url: str) -> None:
    """Before and after the revisions, once each, while the lock is held; also where there is nothing to run."""
    url = empty_database_url
    (folder.root / "hooks.py").write_text(HOOKS)
    folder.set(before=["hooks:note"], after=["hooks:note"])
    folder.revision("r", TABLE, GONE)
    folder.revision("s", 'with alone():\n    op.execute("VACUUM t")')
    folder.run(url, "upgrade", "head").ok()
    folder.run(url, "upgrade", "head").ok()
    folder.revision("u", TABLE)
    folder.run(url, "upgrade", "head").told(255)
    assert rows(url, "TABLE noted") == [
        ("pending upgrade", "r s", 1),
        ("done upgrade", "r s", 1),
        ("pending upgrade", "", 1),
        ("done upgrade", "", 1),
        ("pending upgrade", "u", 1),
        ("failed upgrade", "u", 1),
    ]


def test_a_hook_that_fails_before_runs_nothing(folder: Folder, empty_database_url: str) -> None:
    """Its error ends the command, and the database is as it was."""
    (folder.root / "hooks.py").write_text(HOOKS)
    folder.set(before=["hooks:fail"])
    folder.revision("r", TABLE)
    done = folder.run(empty_database_url, "upgrade", "head")
    assert done.code != 0
    assert "ValueError: not today" in done.output
    assert rows(empty_database_url, "SELECT to_regclass('t'), to_regclass('trueline_deploy')") == [(None, None)]


def test_a_hook_that_fails_after_fails_the_deploy(folder: Folder, empty_database_url: str) -> None:
    """What was applied stays, and the ledger tells that the deploy was not well; the next one is."""
    (folder.root / "hooks.py").write_text(HOOKS)
    folder.set(after=["hooks:fail"])
    folder.revision("r", TABLE)
    assert folder.run(empty_database_url, "upgrade", "head").code != 0
    assert find(empty_database_url).outcome == "failed"
    folder.set(after=[])
    folder.run(empty_database_url, "upgrade", "head").ok()
    assert find(empty_database_url).outcome == "done"
    assert [row[:3] for row in find(empty_database_url).ledger] == [("r", "up", "done")]


def test_a_hook_that_there_is_not(folder: Folder, empty_database_url: str) -> None:
    """It is told how one is written."""
    folder.set(before=["hooks:missing"])
    folder.revision("r", TABLE)
    told = folder.run(empty_database_url, "upgrade", "head").told(255)
    assert "before names 'hooks:missing', and that cannot be called" in told
