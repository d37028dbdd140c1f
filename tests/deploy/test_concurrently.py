"""Statements that wait for other transactions in their middle, interrupted while they do."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa

from tests.deploy.project import Folder, find, rows, session, until
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

TABLES = """
    op.execute("CREATE TABLE t (id integer PRIMARY KEY, a text)")
    op.execute("INSERT INTO t SELECT g, g FROM generate_series(1, 10) g")
    op.execute("CREATE INDEX ix_there ON t (a)")
    op.execute("CREATE TABLE p (id integer) PARTITION BY LIST (id)")
    op.execute("CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1)")
    op.execute("INSERT INTO p VALUES (1)")
"""

#: Who is in the way: a snapshot makes a build wait, a mere lock what takes something away.
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT FROM pg_class"
WRITER = "INSERT INTO t VALUES (100, 'by the application')"
READER = "SELECT FROM t"


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, and what another session has run that it waits for."""

    statement: str
    other: str


CASES = {
    "create, waiting for a writer": Case("CREATE INDEX CONCURRENTLY ix_new ON t (a, id)", WRITER),
    "create, waiting for a snapshot": Case("CREATE INDEX CONCURRENTLY ix_new ON t (a, id)", SNAPSHOT),
    "create if not exists": Case("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_new ON t (a, id)", SNAPSHOT),
    "drop": Case("DROP INDEX CONCURRENTLY ix_there", READER),
    "reindex, before the swap": Case("REINDEX INDEX CONCURRENTLY ix_there", SNAPSHOT),
    "reindex, after the swap": Case("REINDEX INDEX CONCURRENTLY ix_there", READER),
    "reindex of a table": Case("REINDEX TABLE CONCURRENTLY t", READER),
    "detach": Case("ALTER TABLE p DETACH PARTITION p_1 CONCURRENTLY", "SELECT FROM p"),
}

WAITS = "SELECT pid FROM pg_stat_activity WHERE query LIKE %s AND wait_event_type = 'Lock' AND datname = %s"


@pytest.mark.parametrize("ends_with", ["kill -9 of the command", "pg_terminate_backend"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_interrupted_while_it_waits(
    folder: Folder, trueline_server: Server, make_database: MakeDatabase, case: Case, ends_with: str
) -> None:
    """A second run takes away what was left, and ends where an undisturbed one does."""
    folder.revision("tables", TABLES)
    body = ["with alone():", '    op.execute("INSERT INTO t VALUES (0)")', f'    op.execute("{case.statement}")']
    folder.revision("alone", "\n".join(body))
    url = make_database(trueline_server)
    folder.run(url, "upgrade", "tables").ok()
    undisturbed = make_database(trueline_server, str(sa.make_url(url).database))
    with session(url, autocommit=False) as other:
        other.execute(case.other.encode())
        deploy = folder.start(url, "upgrade", "head")
        waiting = (f"{case.statement}%", sa.make_url(url).database)
        until(lambda: rows(url, WAITS, *waiting), "waiting")
        if ends_with.startswith("kill"):
            deploy.signal(signal.SIGKILL)
            assert deploy.end().code == -signal.SIGKILL
        else:
            rows(url, "SELECT pg_terminate_backend(%s)", rows(url, WAITS, *waiting)[0][0])
            assert "FAILED: the connection to PostgreSQL was lost" in deploy.end().told(255)
        other.commit()
    folder.run(url, "upgrade", "head").ok()
    with session(undisturbed) as other:
        other.execute(case.other.encode())
    folder.run(undisturbed, "upgrade", "head").ok()
    assert compared(url) == compared(undisturbed)
    assert find(url).leftovers == []


def compared(url: str) -> object:
    """What is left, without how often a statement was written down."""
    found = find(url)
    return replace(found, ledger=[row[:5] for row in found.ledger])


def test_what_others_build_is_left_to_them(folder: Folder, empty_database_url: str) -> None:
    """An index that somebody else began meanwhile is waited for, and not taken away with a failed statement's own."""
    url = empty_database_url
    folder.revision("tables", TABLES + '\n    op.execute("CREATE TABLE u (a text)")')
    folder.revision(
        "alone", 'with alone():\n    op.execute("CREATE UNIQUE INDEX CONCURRENTLY ix_new ON t (length(a))")'
    )
    folder.run(url, "upgrade", "tables").ok()
    database = sa.make_url(url).database
    with (
        session(url, autocommit=False) as in_our_way,
        session(url, autocommit=False) as in_their_way,
        session(url) as they,
        ThreadPoolExecutor(1) as thread,
    ):
        in_our_way.execute(WRITER)
        in_their_way.execute("INSERT INTO u VALUES ('x')")
        deploy = folder.start(url, "upgrade", "head")
        until(lambda: rows(url, WAITS, "CREATE UNIQUE%", database), "waiting for the writer")
        build = thread.submit(they.execute, "CREATE INDEX CONCURRENTLY ix_theirs ON u (a)")
        until(lambda: rows(url, WAITS, "CREATE INDEX%", database), "waiting for the other writer")
        in_our_way.commit()
        until(lambda: rows(url, WAITS, "LOCK TABLE%", database), "waiting for them")
        in_their_way.commit()
        build.result()
    assert "could not create unique index" in deploy.end().told(255)
    assert rows(url, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_theirs'::regclass") == [(True,)]
    assert find(url).leftovers == []
