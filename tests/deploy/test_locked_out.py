"""Somebody else has what a revision needs: the deploy gives way, names them, and comes back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg import sql

from tests.deploy.project import Folder, find, rows, session, until
from trueline.deploy.limits import limits_of
from trueline.settings import Settings

TABLE = 'op.execute("CREATE TABLE t (a integer)")\nop.execute("CREATE TABLE seen (what text)")'
ADDS = """
op.execute("INSERT INTO seen VALUES (current_setting('lock_timeout') || ' ' || current_setting('statement_timeout'))")
op.execute("ALTER TABLE t ADD COLUMN b integer")
"""
COLUMNS = "SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'b'"


@pytest.fixture
def url(folder: Folder, empty_database_url: str) -> str:
    """A database with a table."""
    folder.revision("r", TABLE)
    folder.run(empty_database_url, "upgrade", "head").ok()
    return empty_database_url


def test_an_idle_transaction_is_named_and_waited_for(folder: Folder, url: str) -> None:
    """Who holds the table is told by process, application and statement; once they are gone, it goes on."""
    folder.set(lock_timeout=0.7, lock_retries=100)
    folder.revision("s", ADDS)
    with session(url, application="reporting", autocommit=False) as other:
        other.execute("SELECT count(*) FROM t")
        deploy = folder.start(url, "upgrade", "head")
        named = f"waits for pid {other.info.backend_pid} (reporting, postgres, idle in transaction"
        until(lambda: named in deploy.output.read_text(), "the blocker's name")
        with session(url) as anybody:  # the queue behind the deploy is gone between two attempts
            anybody.execute("SET lock_timeout = '5s'; SELECT FROM t")
        other.commit()
    told = deploy.end().told(0)
    assert "SELECT count(*) FROM t" in told
    assert "a lock could not be had in time; trying again" in told
    assert rows(url, "TABLE seen") == [("700ms 15min",)]
    assert rows(url, "SELECT attempts > 1 FROM trueline_revision WHERE revision = 's'") == [(True,)]


def test_it_gives_up_with_nothing_half_applied(folder: Folder, url: str) -> None:
    """After so many attempts the command ends with a code of its own, and nothing of the revision is there."""
    folder.set(lock_timeout=0.05, lock_retries=2)
    folder.revision("s", ADDS)
    with session(url, autocommit=False) as other:
        other.execute("LOCK TABLE t")
        told = folder.run(url, "upgrade", "head").told(16)
    assert "(2 of 2)" in told
    assert "canceling statement due to lock timeout" in told
    assert "SELECT pg_terminate_backend(pid)" in told
    assert rows(url, "TABLE seen") == []
    query = "SELECT outcome, attempts, message FROM trueline_revision WHERE revision = 's'"
    assert rows(url, query) == [("failed", 3, "canceling statement due to lock timeout [55P03]")]
    assert rows(url, "SELECT outcome FROM trueline_deploy ORDER BY id") == [("done",), ("failed",)]


def test_outside_of_a_transaction_only_the_statement_is_tried_again(folder: Folder, url: str) -> None:
    """What came before it is committed, and not done again."""
    folder.set(lock_timeout=0.05, lock_retries=1000)
    body = 'with alone():\n    op.execute("INSERT INTO seen VALUES (1)")\n    op.execute("LOCK TABLE t")'
    folder.revision("s", body)
    with session(url, autocommit=False) as other:
        other.execute("LOCK TABLE t")
        deploy = folder.start(url, "upgrade", "head")
        until(lambda: "(2 of 1000)" in deploy.output.read_text(), "another attempt")
        other.commit()
    deploy.end().ok()
    assert rows(url, "TABLE seen") == [("1",)]


def test_a_deadlock_is_tried_again(folder: Folder, url: str) -> None:
    """Whom PostgreSQL has chosen as its victim rolls back, which lets the other one go on, and then begins anew."""
    folder.set(lock_timeout=30, lock_retries=10)
    body = 'op.execute("SET LOCAL deadlock_timeout = 300")\nop.execute("LOCK TABLE seen")\n'
    folder.revision("s", body + 'op.execute("ALTER TABLE t ADD COLUMN b integer")')
    with session(url, autocommit=False) as other, ThreadPoolExecutor(1) as thread:
        other.execute("SET LOCAL deadlock_timeout = '60s'; LOCK TABLE t")
        deploy = folder.start(url, "upgrade", "head")
        waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE t%'"
        until(lambda: rows(url, waits), "the deploy waiting")
        thread.submit(other.execute, "LOCK TABLE seen").result()
        other.commit()
    assert "a deadlock was ended by PostgreSQL; trying again" in deploy.end().told(0)
    assert rows(url, COLUMNS) == [(1,)]


def test_a_count_of_revisions_is_from_where_it_began(folder: Folder, url: str) -> None:
    """``+2`` is not two more after the first of them, when the second had to be tried again."""
    folder.set(lock_timeout=0.05, lock_retries=1000)
    for name, table in (("s", "seen"), ("u", "t"), ("v", "seen"), ("w", "seen")):
        folder.revision(name, f'op.execute("ALTER TABLE {table} ADD COLUMN {name} integer")')
    with session(url, autocommit=False) as other:
        other.execute("LOCK TABLE t")
        deploy = folder.start(url, "upgrade", "+2")
        until(lambda: "trying again" in deploy.output.read_text(), "another attempt")
        other.commit()
    deploy.end().ok()
    assert rows(url, "TABLE alembic_version") == [("u",)]


def test_all_revisions_in_one_transaction_are_tried_again(folder: Folder, url: str) -> None:
    """Where the project has them in one, those before the one that was locked out are rolled back and run again."""
    env = folder.root / "migrations" / "env.py"
    env.write_text(env.read_text().replace("(metadata)", "(metadata, transaction_per_migration=False)"))
    folder.set(lock_timeout=0.05, lock_retries=1000)
    folder.revision("s", "op.execute(\"INSERT INTO seen VALUES ('once')\")")
    folder.revision("u", 'op.execute("ALTER TABLE t ADD COLUMN b integer")')
    with session(url, autocommit=False) as other:
        other.execute("LOCK TABLE t")
        deploy = folder.start(url, "upgrade", "head")
        until(lambda: "(2 of 1000)" in deploy.output.read_text(), "another attempt")
        assert rows(url, "TABLE alembic_version") == [("r",)]
        other.commit()
    deploy.end().ok()
    assert rows(url, "TABLE seen") == [("once",)]
    assert [row[:3] for row in find(url).ledger] == [("r", "up", "done"), ("s", "up", "done"), ("u", "up", "done")]


def test_a_locked_ledger_is_tried_again(folder: Folder, url: str) -> None:
    """What is written down with a revision waits for locks like the revision itself."""
    folder.set(lock_timeout=0.05, lock_retries=1000)
    folder.revision("s", ADDS)
    with session(url, autocommit=False) as other:
        other.execute("LOCK TABLE trueline_revision IN SHARE MODE")
        deploy = folder.start(url, "upgrade", "head")
        until(lambda: "(2 of 1000)" in deploy.output.read_text(), "another attempt")
        other.commit()
    deploy.end().ok()
    assert rows(url, COLUMNS) == [(1,)]
    assert len(rows(url, "TABLE seen")) == 1


@pytest.mark.parametrize("how", ["SET lock_timeout = 0; SET statement_timeout = 0", "RESET ALL"])
def test_limits_of_a_session_are_given_back(folder: Folder, url: str, how: str) -> None:
    """A revision that takes them away, as what pg_dump writes does, has none; the next one has them, at every try."""
    folder.set(lock_timeout=0.05, lock_retries=1000)
    folder.revision("s", f'op.execute("{how}")')
    folder.revision("u", ADDS)
    with session(url, autocommit=False) as other:
        other.execute("LOCK TABLE t")
        deploy = folder.start(url, "upgrade", "head")
        until(lambda: "(2 of 1000)" in deploy.output.read_text(), "a second attempt")
        other.commit()
    deploy.end().ok()
    assert rows(url, "SELECT what FROM seen")[-1] == ("50ms 15min",)


LIMITED = """
for name, condition in (("free", "= '0'"), ("limited", "<> '0'")):
    op.execute(f'''
        CREATE FUNCTION {name}(integer, setting text) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
        IF NOT current_setting(setting) {condition} THEN RAISE 'it is %', current_setting(setting); END IF;
        RETURN $1; END $$''')
op.execute("INSERT INTO t VALUES (1)")
op.execute("CREATE INDEX ON t (limited(a, 'lock_timeout'), limited(a, 'statement_timeout'))")
op.execute("ALTER TABLE t ADD CONSTRAINT c CHECK (free(a, 'statement_timeout') = 1) NOT VALID")
op.execute("ALTER TABLE t VALIDATE CONSTRAINT c")
op.execute("ALTER TABLE t DROP CONSTRAINT c")
op.execute("ALTER TABLE t ADD CHECK (limited(a, 'statement_timeout') = 1)")
op.execute("ALTER TABLE t DROP CONSTRAINT t_a_check")
with alone():
    op.execute("CREATE INDEX CONCURRENTLY ix ON t (free(a, 'lock_timeout'), free(a, 'statement_timeout'))")
    op.execute("CREATE INDEX ON t (limited(a, 'lock_timeout'), limited(a, 'statement_timeout'))")
op.execute("CREATE INDEX ON t (limited(a, 'lock_timeout'), limited(a, 'statement_timeout'))")
"""


def test_what_waits_by_its_nature_has_no_limits(folder: Folder, url: str) -> None:
    """CREATE INDEX CONCURRENTLY may wait and run for as long as it takes, VALIDATE may run; all else may not."""
    folder.revision("s", LIMITED)
    folder.run(url, "upgrade", "head").ok()
    assert find(url).leftovers == []


def test_the_limit_is_below_the_servers_for_deadlocks(folder: Folder, url: str) -> None:
    """The migration gives way before PostgreSQL chooses somebody; what the project says itself is left to it."""
    with session(url) as person:
        database = sql.Identifier(person.info.dbname)
        person.execute(sql.SQL("ALTER DATABASE {} SET deadlock_timeout = '400ms'").format(database))
    folder.revision("s", ADDS)
    folder.run(url, "upgrade", "head").ok()
    assert rows(url, "TABLE seen") == [("360ms 15min",)]
    assert limits_of(Settings(), {}, 5.0).lock == 1000
    assert limits_of(Settings(lock_timeout=3), {}, 0.4).lock == 3000
    assert limits_of(Settings(lock_timeout=3), {"lock-timeout": "0.25"}, 0.4).lock == 250
