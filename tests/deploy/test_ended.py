"""Deploys that are ended from outside: by a signal, by the server, for want of a connection, by losing their turn."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.deploy import mixed
from tests.deploy.project import Folder, find, rows, session, until
from tests.deploy.test_killed import changes, compared
from trueline.deploy.turn import KEY
from trueline.embedded.server import serve
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

#: Where a REINDEX CONCURRENTLY of the mixed history is sent outside of a transaction.
REINDEXES = [2, 14, 7]

SLEEPS = "SELECT pid FROM pg_stat_activity WHERE query ~ 'pg_sleep' AND state = 'active' AND datname = %s"
SLOW = """
op.execute("CREATE TABLE slow (a integer)")
op.execute("SELECT pg_sleep({seconds})")
"""


def sleeping(url: str) -> list[tuple[int]]:
    """Processes of a database in the middle of a statement that sleeps, without the one that asks."""
    return rows(url, SLEEPS + " AND pid <> pg_backend_pid()", sa.make_url(url).database)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
@pytest.mark.parametrize("alone", [False, True], ids=["in a transaction", "outside of one"])
def test_a_signal_cancels_the_statement(
    folder: Folder, empty_database_url: str, number: signal.Signals, code: int, *, alone: bool
) -> None:
    """It is cancelled on the server, all of its transaction is rolled back, the lock is free, and the ledger tells."""
    url = empty_database_url
    folder.revision("r", 'op.execute("CREATE TABLE t (a integer)")')
    body = SLOW.format(seconds=60)
    folder.revision("s", "with alone():" + body.replace("\n", "\n    ") if alone else body)
    deploy = folder.start(url, "upgrade", "head")
    until(lambda: sleeping(url), "sleeping")
    deploy.signal(number)
    told = deploy.end().told(code)
    assert "interrupted: r is applied, and the transaction that was under way is rolled back" in told
    assert sleeping(url) == []
    assert rows(url, "SELECT to_regclass('slow') IS NOT NULL") == [(alone,)]
    assert rows(url, "SELECT outcome, message FROM trueline_deploy") == [("failed", "interrupted")]
    assert rows(url, "SELECT revision, outcome, finished FROM trueline_revision ORDER BY id") == [
        ("r", "done", 1),
        ("s", "begun" if alone else "failed", int(alone)),
    ]
    with session(url) as other:
        assert other.execute("SELECT pg_try_advisory_lock(%(one)s, %(two)s)", KEY).fetchone() == (True,)


def test_ctrl_c_before_the_driver_waits(folder: Folder, empty_database_url: str) -> None:
    """A statement that was sent a moment ago is cancelled like any other."""
    url = empty_database_url
    folder.revision("r", SLOW.format(seconds=60))
    fault = folder.fault("interrupt", "upgrade", at=[1, 2, 1], sent=True)
    told = folder.run(url, "upgrade", "head", fault=fault).told(130)
    assert "interrupted: nothing is applied" in told
    assert sleeping(url) == []
    assert rows(url, "SELECT outcome, message FROM trueline_deploy") == [("failed", "interrupted")]
    with session(url) as other:
        assert other.execute("SELECT pg_try_advisory_lock(%(one)s, %(two)s)", KEY).fetchone() == (True,)


def test_sessions_are_terminated_one_after_the_other(
    folder: Folder, trueline_server: Server, make_database: MakeDatabase
) -> None:
    """The command ends in words each time, and a run that is left alone comes to the usual end."""
    mixed.write(folder)
    undisturbed, url = make_database(trueline_server), make_database(trueline_server)
    messages = folder.messages(undisturbed, "upgrade", "head")
    for message in [each for each in messages if changes(each)][::4]:
        done = folder.run(url, "upgrade", "head", fault=folder.fault("terminate", "upgrade", at=message.place))
        if done.code:
            assert "FAILED: the connection to PostgreSQL was lost" in done.told(255)
    folder.run(url, "upgrade", "head").ok()
    assert compared(find(url)) == compared(find(undisturbed))


@pytest.fixture
def own_data(tmp_path: Path) -> Path:
    """A folder for the data of a server that may be killed."""
    return tmp_path / "data"


@pytest.mark.parametrize("sent", [False, True], ids=["before the statement", "while it runs"])
def test_the_server_is_killed_and_comes_back(
    folder: Folder, trueline_server: Server, own_data: Path, *, sent: bool
) -> None:
    """Kill -9 of the postmaster in mid-run, and a start of the server: a second run leads to the usual end."""
    mixed.write(folder)
    with serve(own_data, version=trueline_server.version, durable=True) as server:
        url, template = str(server.url("postgres")), str(server.url("template1"))
        folder.run(template, "upgrade", "head").ok()
        undisturbed = find(template)
        postmaster = (own_data / "postmaster.pid").read_text().splitlines()[0]
        fault = folder.fault("crash", "upgrade", at=REINDEXES, sent=sent, pid=int(postmaster))
        told = folder.run(url, "upgrade", "head", fault=fault).told(255)
        assert "FAILED: the connection to PostgreSQL was lost" in told
    with serve(own_data, version=trueline_server.version, durable=True) as server:
        url = str(server.url("postgres"))
        folder.run(url, "upgrade", "head").ok()
        assert compared(find(url)) == compared(undisturbed)


@pytest.fixture
def deployer(empty_database_url: str) -> Iterator[str]:
    """The address of the database for a role that may connect once at a time."""
    role = f"deployer_{sa.make_url(empty_database_url).database}"
    with session(empty_database_url) as person:
        person.execute(f"CREATE ROLE {role} LOGIN CONNECTION LIMIT 1; GRANT ALL ON SCHEMA public TO {role}".encode())
        yield sa.make_url(empty_database_url).set(username=role).render_as_string(hide_password=False)
        person.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


def test_there_is_no_connection_left(folder: Folder, deployer: str) -> None:
    """The command says so in words, and has done nothing."""
    folder.revision("r", SLOW.format(seconds=0))
    with session(deployer):
        told = folder.run(deployer, "upgrade", "head").told(255)
    assert "the server has no connection left" in told


def test_nobody_can_look_on(folder: Folder, deployer: str) -> None:
    """A deploy whose second connection is refused is none the worse for it."""
    folder.revision("r", SLOW.format(seconds=1.2))
    told = folder.run(deployer, "upgrade", "head").told(0)
    assert "too many connections" not in told
    assert rows(deployer, "TABLE alembic_version") == [("r",)]


#: The last is what a revision finds that a proxy has given another client's session.
LOSES = ["SELECT pg_advisory_unlock_all()", "DISCARD ALL", "SELECT set_config('trueline.turn', 'of another', false)"]


@pytest.mark.parametrize("how", LOSES)
@pytest.mark.parametrize("last", [True, False], ids=["in the last revision", "before another"])
def test_the_lock_is_lost(folder: Folder, empty_database_url: str, how: str, *, last: bool) -> None:
    """Nothing more is run once nothing keeps others out, and what was under way is rolled back."""
    folder.revision("r", 'op.execute("CREATE TABLE t (a integer)")')
    loses = f'op.execute("{how}")'
    folder.revision("s", f"with alone():\n    {loses}" if "DISCARD" in how else f"{loses}\n{SLOW.format(seconds=0)}")
    if not last:
        folder.revision("u", 'op.execute("DROP TABLE t")')
    told = folder.run(empty_database_url, "upgrade", "head").told(13)
    assert "the lock that keeps migrations of this database apart was lost" in told
    assert rows(empty_database_url, "TABLE alembic_version") == [("r",)]
    found = rows(empty_database_url, "SELECT to_regclass('slow') IS NULL, to_regclass('t') IS NOT NULL")
    assert found == [(True, True)]


def test_fifty_at_once(folder: Folder, empty_database_url: str) -> None:
    """One of them applies the history, and all others find nothing left to apply."""
    folder.revision("r", SLOW.format(seconds=0.3))
    folder.revision("s", 'with alone():\n    op.execute("CREATE INDEX CONCURRENTLY ix ON slow (a)")')
    deploys = [folder.start(empty_database_url, "upgrade", "head") for _ in range(50)]
    told = [deploy.end().told(0) for deploy in deploys]
    assert sum("applied 2 revisions, now at s" in each for each in told) == 1
    assert sum("nothing to apply, already at s" in each for each in told) == 49
    assert rows(empty_database_url, "SELECT command, outcome FROM trueline_deploy") == [("upgrade", "done")]


def test_whoever_waits_can_be_ended(folder: Folder, empty_database_url: str) -> None:
    """A deploy that has not had its turn has nothing to roll back."""
    folder.revision("r", SLOW.format(seconds=0))
    with session(empty_database_url, application="another deploy") as other:
        other.execute("SELECT pg_advisory_lock(%(one)s, %(two)s)", KEY)
        deploy = folder.start(empty_database_url, "upgrade", "head")
        until(lambda: "waiting for another migration" in deploy.output.read_text(), "waiting")
        deploy.signal(signal.SIGTERM)
        assert "interrupted: nothing is applied" in deploy.end().told(143)


def test_a_turn_that_does_not_come(folder: Folder, empty_database_url: str) -> None:
    """Whoever waits for too long names the one who has the lock, and has done nothing."""
    folder.set(wait_timeout=0.3)
    folder.revision("r", SLOW.format(seconds=0))
    with session(empty_database_url, application="another deploy") as other:
        other.execute("SELECT pg_advisory_lock(%(one)s, %(two)s)", KEY)
        told = folder.run(empty_database_url, "upgrade", "head").told(14)
        assert f"pid {other.info.backend_pid}, another deploy, connected since" in told
    assert rows(empty_database_url, "SELECT to_regclass('trueline_deploy')") == [(None,)]


def test_there_is_no_room_left(folder: Folder, empty_database_url: str) -> None:
    """A statement that needs more room than there is fails in words, and the next run goes on with it."""
    url = empty_database_url
    folder.revision(
        "r",
        'with alone():\n    op.execute("CREATE TABLE t AS SELECT g FROM generate_series(1, 9) g")\n'
        '    op.execute("CREATE TABLE u AS SELECT g FROM generate_series(1, 200000) g ORDER BY -g")',
    )
    limited = sa.make_url(url).update_query_dict({"options": "-c temp_file_limit=1MB -c work_mem=64kB"})
    told = folder.run(limited.render_as_string(hide_password=False), "upgrade", "head").told(255)
    assert "temporary file size exceeds" in told
    told = folder.run(url, "upgrade", "head").told(0)
    assert "going on after its statement 1" in told
    assert rows(url, "SELECT count(*) FROM u") == [(200000,)]
