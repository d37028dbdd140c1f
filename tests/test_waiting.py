"""`await trueline.wait_until_head()`: an application that starts before, while and after somebody migrates."""

from __future__ import annotations

import asyncio
import logging
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

import trueline
from tests.fake_server import fake_server, refuse, refuse_after_password
from tests.looking.drive import Project, new_project
from trueline.connect import ConnectError
from trueline.errors import TruelineError
from trueline.waiting import NewerDatabaseError, NotAtHeadError


@pytest.fixture
def project(
    tmp_path: Path, any_empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """Two revisions, and an env.py that must not be executed."""
    made = new_project(tmp_path, any_empty_url, monkeypatch, capsys)
    made.add("r1", 'op.create_table("t", sa.Column("id", sa.Integer, primary_key=True))')
    made.add("r2", 'op.add_column("t", sa.Column("c", sa.Integer))', down="r1")
    return made


def test_at_head_it_returns(project: Project) -> None:
    """It says where the database is, and has not executed env.py."""
    project.alembic("upgrade", "head")
    (project.root / "migrations/env.py").write_text("raise SystemExit('env.py was executed')", "utf-8")
    assert asyncio.run(trueline.wait_until_head()) == ("r2",)


def test_it_waits_for_whoever_migrates(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    """From an empty database on; what it waits for is logged once for each state, and nothing is migrated by it."""
    caplog.set_level(logging.INFO, "trueline.waiting")

    async def start() -> tuple[str, ...]:
        waiting = asyncio.create_task(trueline.wait_until_head(poll=0.01))
        await _logged(caplog, "it is at base, and 2 of the revisions up to r2 have not been run")
        await asyncio.to_thread(project.run, "CREATE TABLE alembic_version (version_num text)")
        await asyncio.to_thread(project.run, "INSERT INTO alembic_version VALUES ('r1')")
        await _logged(caplog, "it is at r1, and 1 of the revisions up to r2")
        await asyncio.to_thread(project.run, "UPDATE alembic_version SET version_num = 'r2'")
        return await waiting

    assert asyncio.run(start()) == ("r2",)
    assert caplog.text.count("it is at base") == 1
    assert "the database is at r2" in caplog.text


async def _logged(caplog: pytest.LogCaptureFixture, words: str) -> None:
    while words not in caplog.text:
        await asyncio.sleep(0.01)


def test_too_late(project: Project) -> None:
    """The error says where the database is, where it was to be, and the way out."""
    project.alembic("upgrade", "r1")
    with pytest.raises(NotAtHeadError) as error:
        asyncio.run(trueline.wait_until_head(timeout=0.3, poll=0.05))
    assert "not at head after 0.3 s: it is at r1, and 1 of the revisions up to r2 have not been run" in str(error.value)
    assert "alembic upgrade head\n    trueline status" in str(error.value)


def test_a_newer_database(project: Project) -> None:
    """Older code refuses it at once and names both, unless it is said that it works with it."""
    project.alembic("upgrade", "head")
    project.run("UPDATE alembic_version SET version_num = 'r9'")
    with pytest.raises(NewerDatabaseError, match="at revision r9, and the revisions that are here lead to r2"):
        asyncio.run(trueline.wait_until_head())
    assert asyncio.run(trueline.wait_until_head(allow_newer=True)) == ("r9",)


def test_it_may_be_cancelled(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    """The connection goes with it."""
    caplog.set_level(logging.INFO, "trueline.waiting")

    async def start() -> None:
        waiting = asyncio.create_task(trueline.wait_until_head(timeout=None, poll=0.01))
        await _logged(caplog, "it is at base")
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(start())
    with psycopg.connect(_plain(project.url), autocommit=True) as connection:
        gone = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        while connection.execute(gone).fetchone() != (0,):  # the server hears of it a moment later
            pass


def _plain(url: str) -> str:
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.mark.usefixtures("project")
def test_a_timeout_of_the_caller_stays_the_callers() -> None:
    """`asyncio.timeout` around it is not taken for its own."""

    async def start() -> None:
        async with asyncio.timeout(0.3):
            await trueline.wait_until_head(timeout=None, poll=0.05)

    with pytest.raises(TimeoutError):
        asyncio.run(start())


def test_a_server_that_is_not_there_yet(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    """It is waited for, and so is one that goes meanwhile."""
    caplog.set_level(logging.INFO, "trueline.waiting")
    project.alembic("upgrade", "head")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    url = f"postgresql://nobody@127.0.0.1:{port}/nothing"
    with pytest.raises(NotAtHeadError, match="cannot connect to PostgreSQL"):
        asyncio.run(trueline.wait_until_head(url, timeout=0.5, poll=0.05))
    assert "waiting for the database: cannot connect" in caplog.text


@pytest.mark.usefixtures("project")
def test_a_connection_that_is_half_made_is_closed() -> None:
    """The time is over while a server says nothing: it is not left with a client, whoever still holds the error."""
    heard: list[bytes] = []

    def silent(client: socket.socket, _greeting: bytes) -> None:
        client.settimeout(20)
        heard.append(client.recv(1))

    with fake_server(silent) as server, pytest.raises(NotAtHeadError, match="not at head") as error:
        asyncio.run(trueline.wait_until_head(server.url(), timeout=0.5))
    assert heard == [b""]
    assert "it was not looked at yet" in str(error.value)


@pytest.mark.usefixtures("project")
def test_a_server_that_is_starting(caplog: pytest.LogCaptureFixture) -> None:
    """That passes, and is waited for; a wrong password does not, and is not."""
    caplog.set_level(logging.INFO, "trueline.waiting")
    starting = fake_server(refuse("57P03", "the database system is starting up"))
    with starting as server, pytest.raises(NotAtHeadError, match="starting up"):
        asyncio.run(trueline.wait_until_head(server.url(), timeout=0.5, poll=0.05))
    closed = fake_server(refuse_after_password("28P01", 'password authentication failed for user "app"'))
    with closed as server, pytest.raises(ConnectError, match="password"):
        asyncio.run(trueline.wait_until_head(server.url(pw="s3cr3t")))
    assert "s3cr3t" not in caplog.text


def test_a_connection_that_is_lost(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    """A server that is restarted meanwhile is come back to."""
    caplog.set_level(logging.INFO, "trueline.waiting")
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "

    async def start() -> tuple[str, ...]:
        waiting = asyncio.create_task(trueline.wait_until_head(poll=0.01))
        await _logged(caplog, "it is at base")
        await asyncio.to_thread(project.run, f"{end} pg_backend_pid()")
        await _logged(caplog, "the connection was lost")
        await asyncio.to_thread(project.alembic, "upgrade", "head")
        return await waiting

    assert asyncio.run(start()) == ("r2",)


def test_what_waiting_does_not_change(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is not there, a server that is named nowhere, a folder without a project."""
    missing = sa.make_url(project.url).set(database="no such database")
    with pytest.raises(ConnectError, match="no such database"):
        asyncio.run(trueline.wait_until_head(missing))
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(TruelineError, match="DATABASE_URL is not set"):
        asyncio.run(trueline.wait_until_head())
    monkeypatch.chdir(project.root / "migrations")
    with pytest.raises(TruelineError, match=r"there is no alembic\.ini here"):
        asyncio.run(trueline.wait_until_head())


def test_a_folder_elsewhere_and_a_version_table_of_its_own(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both can be said; the schema is found, whatever it is."""
    project.env(', version_table="versi:on%", version_table_schema="Meta %"')
    project.run('CREATE SCHEMA "Meta %"')
    project.alembic("upgrade", "head")
    monkeypatch.chdir(project.root / "migrations")
    found = trueline.wait_until_head(ini=project.root / "alembic.ini", version_table="versi:on%")
    assert asyncio.run(found) == ("r2",)


def test_several_version_tables(project: Project) -> None:
    """Where applications share a database, it has to be said which is meant."""
    for schema in ("one", "other"):
        project.run(f"CREATE SCHEMA {schema}", f"CREATE TABLE {schema}.alembic_version AS SELECT 'r2' AS version_num")
    with pytest.raises(TruelineError, match="there are 2 tables alembic_version"):
        asyncio.run(trueline.wait_until_head())
    assert asyncio.run(trueline.wait_until_head(version_schema="other")) == ("r2",)


def test_a_role_that_may_not_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the privileges; with them it works, and needs no others."""
    project.alembic("upgrade", "head")
    project.run("DROP ROLE IF EXISTS only_looks", "CREATE ROLE only_looks LOGIN")
    url = sa.make_url(project.url).set(username="only_looks")
    try:
        with pytest.raises(TruelineError, match="may not read the revision of the database") as error:
            asyncio.run(trueline.wait_until_head(url))
        assert error.value.fix is not None
        project.run(*filter(None, map(str.strip, error.value.fix.split(";"))))
        assert asyncio.run(trueline.wait_until_head(url)) == ("r2",)
    finally:
        monkeypatch.undo()
        project.run("DROP OWNED BY only_looks", "DROP ROLE only_looks")


def test_what_it_loads() -> None:
    """An application gets neither the comparator nor a command line with it."""
    code = "import trueline; trueline.wait_until_head; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"sqlmodel", "typer", "rich", "trueline.env", "trueline.autogen.compare", "trueline.planning"}
