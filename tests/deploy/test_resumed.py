"""A revision that was interrupted outside of a transaction, and how it is gone on with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deploy.project import Folder, find, rows, session
from trueline.deploy.ledger import Ledger
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

TABLE = """
op.execute("CREATE TABLE t (a integer)")
with alone():
    op.execute("INSERT INTO t VALUES (1)")
    op.execute("INSERT INTO t VALUES (1)")
    {middle}
    op.execute("CREATE UNIQUE INDEX CONCURRENTLY ix_t ON t (a)")
op.execute("INSERT INTO t VALUES (2)")
"""
NUMBERS = "SELECT a FROM t ORDER BY a"


@pytest.fixture
def url(folder: Folder, empty_database_url: str) -> str:
    """A database in which the revision ``r`` has failed at its fourth statement, for what is in the table."""
    folder.revision("r", TABLE.format(middle=""))
    told = folder.run(empty_database_url, "upgrade", "head").told(255)
    assert "could not create unique index" in told
    assert find(empty_database_url).leftovers == []
    return empty_database_url


def test_a_corrected_statement_is_where_it_goes_on(folder: Folder, url: str) -> None:
    """What is done stays done, and what is put before the statement that failed is run."""
    folder.revision("r", TABLE.format(middle='op.execute("DELETE FROM t WHERE ctid = (SELECT min(ctid) FROM t)")'))
    told = folder.run(url, "upgrade", "head").told(0)
    assert "revision r was interrupted: going on after its statement 3" in told
    assert rows(url, NUMBERS) == [(1,), (2,)]
    assert [row[:4] for row in find(url).ledger] == [("r", "up", "done", 6)]


def test_other_statements_than_those_that_are_done_are_refused(folder: Folder, url: str) -> None:
    """A revision whose beginning was changed is not gone on with; it says which way out there is."""
    folder.revision("r", TABLE.format(middle="").replace("a integer", "a bigint"))
    told = folder.run(url, "upgrade", "head").told(255)
    assert "interrupted after its statement 3, which is committed, and its statements up to there are others" in told
    assert "alembic -x resume=restart upgrade r" in told
    assert rows(url, NUMBERS) == [(1,), (1,)]


def test_fewer_statements_than_are_done_are_refused(folder: Folder, url: str) -> None:
    """A revision that has come to its end before what is done of it did not do what it says."""
    folder.revision("r", 'op.execute("CREATE TABLE t (a integer)")')
    assert "its statements up to there are others now" in folder.run(url, "upgrade", "head").told(255)
    assert rows(url, "TABLE alembic_version") == []


def test_restart_begins_anew(folder: Folder, url: str) -> None:
    """Once the database is as it was before, the revision may be run from its beginning."""
    with session(url) as person:
        person.execute("DROP TABLE t")
    folder.revision("r", 'op.execute("CREATE TABLE t (a bigint)")')
    folder.run(url, "-x", "resume=restart", "upgrade", "head").ok()
    assert rows(url, NUMBERS) == []
    assert [row[:3] for row in find(url).ledger] == [("r", "up", "forgotten"), ("r", "up", "done")]


def test_skip_takes_the_statement_that_was_under_way_for_done(folder: Folder, url: str) -> None:
    """Whoever has done by hand what could not be done goes on after it."""
    told = folder.run(url, "-x", "resume=skip", "upgrade", "head").told(0)
    assert "going on after its statement 3" in told
    assert rows(url, NUMBERS) == [(1,), (1,), (2,)]
    assert rows(url, "SELECT count(*) FROM pg_class WHERE relname = 'ix_t'") == [(0,)]


def test_stamp_says_that_it_was_finished_by_hand(folder: Folder, url: str) -> None:
    """Nothing is in the way of the next revision then."""
    folder.revision("s", 'op.execute("INSERT INTO t VALUES (3)")')
    folder.run(url, "stamp", "r").ok()
    folder.run(url, "upgrade", "head").ok()
    assert rows(url, NUMBERS) == [(1,), (1,), (3,)]
    assert [row[:3] for row in find(url).ledger] == [("r", "up", "forgotten"), ("s", "up", "done")]


def test_another_way_is_refused(folder: Folder, trueline_server: Server, make_database: MakeDatabase) -> None:
    """Taking back what is half taken back is finished first."""
    url = make_database(trueline_server)
    folder.revision("r", 'op.execute("CREATE TABLE t (a integer)")', DOWN)
    folder.run(url, "upgrade", "head").ok()
    folder.run(url, "downgrade", "base").told(255)
    folder.revision("s", 'op.execute("DROP TABLE t")')
    told = folder.run(url, "upgrade", "head").told(255)
    assert "revision r was interrupted on its way down after statement 1" in told
    assert "alembic downgrade -1   # goes on with it" in told


DOWN = """
with alone():
    op.execute("INSERT INTO t VALUES (1)")
    op.execute("VACUUM no_such_table")
"""

ANSWERS = """
op.execute("CREATE TABLE t (id integer, what text, at timestamptz, tags text[], amount numeric, data jsonb, raw bytea)")
values = "1, 'it''s', '2026-01-02 03:04:05+06', '{a,NULL}', 1.50, '{\\"k\\": [1]}', '\\\\x00ff'"
bind.execute(text(f"INSERT INTO t VALUES ({values})"))
row = bind.execute(text("SELECT *, id AS id, NULL AS nothing FROM t")).one()
made = bind.execute(text("INSERT INTO t (id) VALUES (2), (3) RETURNING id, what")).all()
updated = bind.execute(text("UPDATE t SET what = 'none' WHERE id > 1")).rowcount
none = bind.execute(text("SELECT id FROM t WHERE id = 99")).all()
try:
    with bind.begin_nested():
        bind.execute(text("SELECT 1 / (id - id) FROM t"))
except sa.exc.DataError as error:
    refused = error.orig.sqlstate
with alone():
    op.execute("DELETE FROM t")
    told = repr((tuple(row), list(row._fields), [tuple(each) for each in made], updated, none, refused))
    open({file!r}, "a").write(told + "\\n")
    op.execute("VACUUM {table}")
"""


def test_a_revision_is_told_again_what_it_was_told(folder: Folder, empty_database_url: str, tmp_path: Path) -> None:
    """Rows with their types, numbers of rows, and refusals are those of the first run, though all is gone meanwhile."""
    file = tmp_path / "told"
    folder.revision("r", ANSWERS.replace("{file!r}", repr(str(file))).replace("{table}", "missing"))
    folder.run(empty_database_url, "upgrade", "head").told(255)
    folder.revision("r", ANSWERS.replace("{file!r}", repr(str(file))).replace("{table}", "t"))
    folder.run(empty_database_url, "upgrade", "head").ok()
    first, second = file.read_text().splitlines()
    assert first == second
    assert "Decimal('1.50')" in first
    assert "'22012'" in first
    assert rows(empty_database_url, "TABLE trueline_answer") == []


COMMITS = """
op.execute("CREATE TABLE t (a integer)")
op.execute("INSERT INTO t VALUES (1)")
op.execute("COMMIT")
op.execute("INSERT INTO t VALUES (2)")
op.execute("BEGIN; INSERT INTO t VALUES (3); COMMIT")
op.execute("INSERT INTO {table} VALUES (4)")
"""


def test_a_commit_among_the_statements(folder: Folder, empty_database_url: str) -> None:
    """A revision that ends its transaction itself is gone on with after that."""
    folder.revision("r", COMMITS.replace("{table}", "missing"))
    folder.run(empty_database_url, "upgrade", "head").told(255)
    assert rows(empty_database_url, "SELECT finished FROM trueline_revision") == [(5,)]
    folder.revision("r", COMMITS.replace("{table}", "t"))
    for at in ([1, 6, 0], [1, 6, 1]):
        folder.run(empty_database_url, "upgrade", "head", fault=folder.fault("kill", "upgrade", at=at))
    folder.run(empty_database_url, "upgrade", "head").ok()
    assert rows(empty_database_url, NUMBERS) == [(1,), (2,), (3,), (4,)]


STREAMED = """
op.execute("CREATE TABLE t AS SELECT g AS a FROM generate_series(1, 3) g")
found = bind.execution_options(stream_results=True).execute(text("SELECT a FROM t")).scalars().all()
bind.execution_options(stream_results=False)
with alone():
    for number in found:
        bind.execute(text("UPDATE t SET a = a + 10 WHERE a = :number"), {"number": number})
    op.execute("VACUUM {table}")
"""


def test_what_a_servers_cursor_gave_is_not_known(folder: Folder, empty_database_url: str) -> None:
    """Rows that nobody has heard of cannot be given a second time, and none are made up."""
    folder.revision("r", STREAMED.replace("{table}", "missing"))
    folder.run(empty_database_url, "upgrade", "head").told(255)
    folder.revision("r", STREAMED.replace("{table}", "t"))
    told = folder.run(empty_database_url, "upgrade", "head").told(255)
    assert "its statement 2 is done and committed, and what it gave back was not kept" in told
    assert rows(empty_database_url, NUMBERS) == [(11,), (12,), (13,)]


@pytest.mark.parametrize("per_migration", [True, False])
def test_a_revision_that_lives_with_an_error(folder: Folder, empty_database_url: str, *, per_migration: bool) -> None:
    """Savepoints keep what was done before them, and are counted like every other statement."""
    env = folder.root / "migrations" / "env.py"
    env.write_text(env.read_text().replace("(metadata)", f"(metadata, transaction_per_migration={per_migration})"))
    folder.revision("r", LIVES)
    folder.revision("s", 'op.execute("INSERT INTO t VALUES (4)")')
    folder.run(empty_database_url, "upgrade", "head").ok()
    assert rows(empty_database_url, NUMBERS) == [(1,), (3,), (4,)]
    ledger = [(*row[:4], row[5]) for row in find(empty_database_url).ledger]
    assert ledger == [("r", "up", "done", 8, 7), ("s", "up", "done", 1, 1)]


LIVES = """
op.execute("CREATE TABLE t (a integer UNIQUE)")
op.execute("INSERT INTO t VALUES (1)")
try:
    with bind.begin_nested():
        op.execute("INSERT INTO t VALUES (1)")
except sa.exc.IntegrityError:
    with bind.begin_nested():
        op.execute("INSERT INTO t VALUES (3)")
"""


def test_who_only_looks_needs_no_answers(url: str) -> None:
    """How far a revision has come is known without what its statements gave back."""
    with session(url, autocommit=False) as person:
        person.execute("CREATE ROLE looker; GRANT SELECT ON trueline_revision, trueline_deploy TO looker")
        person.execute("SET ROLE looker")
        assert [(each.revision, each.finished) for each in Ledger("public").begun(person)] == [("r", 3)]
        person.rollback()


UNHEARD = """
op.execute("CREATE TABLE t (a integer)")
bind.connection.cursor().execute("INSERT INTO t VALUES (1)")
with alone():
    op.execute("VACUUM {table}")
"""


def test_what_nobody_has_heard_of_is_not_done_twice(folder: Folder, empty_database_url: str) -> None:
    """A statement on the driver's own cursor cannot be passed over, so that the revision is not gone on with."""
    folder.revision("r", UNHEARD.format(table="missing"))
    folder.run(empty_database_url, "upgrade", "head").told(255)
    folder.revision("r", UNHEARD.format(table="t"))
    told = folder.run(empty_database_url, "upgrade", "head").told(255)
    assert "on the driver's own cursor" in told
    assert rows(empty_database_url, "TABLE t") == [(1,)]
