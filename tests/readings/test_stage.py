"""The history that all share during one command."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.readings.histories import History, history
from tests.readings.test_migrated import names, table
from trueline.catalog.snapshot import FRAMEWORK
from trueline.errors import TruelineError
from trueline.readings import beginning, read_migrated, stage
from trueline.readings.beginning import Beginning
from trueline.readings.failed import ReplayError
from trueline.readings.replay import Seen
from trueline.readings.stage import Stage
from trueline.scratch import scratch_database
from trueline.scratch.session import driver_of
from trueline.settings import Settings

COUNT = "SELECT count(*) FROM pg_database WHERE datname ~ '^trueline_scratch_'"


@pytest.fixture
def past(tmp_path: Path) -> History:
    made = history(tmp_path / "migrations")
    made.add("r1", "\n".join((table("one"), "op.execute('INSERT INTO one VALUES (7)')")), "op.drop_table('one')")
    made.add("r2", table("two"), "op.drop_table('two')", down="r1")
    return made


@pytest.fixture
def staged(past: History, live: Connection, settings: Settings) -> Iterator[Stage]:
    made = Stage(past.config, past.script, live, settings, {}, frozenset(), FRAMEWORK)
    yield made
    made.close()
    assert live.exec_driver_sql(COUNT).scalar_one() == 0
    live.rollback()


@pytest.fixture
def databases(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows with every scratch database that a stage makes."""
    made: list[object] = []

    def counted(*given: object, **options: object) -> object:
        made.append(given)
        return scratch_database(*given, **options)  # type: ignore[arg-type] # passed on as given

    monkeypatch.setattr(stage, "scratch_database", counted)
    return made


@pytest.fixture
def kept(past: History, live: Connection, settings: Settings) -> None:
    """An earlier command has kept the history."""
    read_migrated(past.config, past.script, live, settings, {})


def test_one_history_for_all(staged: Stage, databases: list[object]) -> None:
    """Who asks what revisions lead to, and who leads them on, get the same replay in one database."""
    assert names(staged.migrated().catalog) == {"one", "two"}
    replay = staged.replay(("r2",))
    assert not replay.resumed
    assert names(replay.read()) == {"one", "two"}
    replay.downgrade("r1")
    assert names(replay.read()) == {"one"}
    assert len(databases) == 1


@pytest.mark.usefixtures("kept")
def test_restored_aside(staged: Stage, databases: list[object]) -> None:
    """What is kept is restored in another thread, with its rows; no revision is run, and nothing is read twice."""
    staged.prepare()
    assert names(staged.migrated().catalog) == {"one", "two"}
    replay = staged.replay(("r2",))
    assert replay.resumed
    assert replay.began is not None
    assert replay.began.catalog.own() == replay.read().own()
    assert replay.began.rows.tell_the_same(replay.rows())
    assert replay.connection.exec_driver_sql("SELECT id FROM one").scalar_one() == 7
    replay.downgrade("base")
    assert names(replay.read()) == set()
    assert len(databases) == 1


@pytest.mark.usefixtures("kept")
def test_other_heads_than_were_prepared(staged: Stage, databases: list[object]) -> None:
    """A replay up to elsewhere is made anew, and what was begun is taken away."""
    staged.prepare()
    assert names(staged.replay(("r1",)).read()) == {"one"}
    assert len(databases) == 2
    assert names(staged.replay(()).read()) == set()
    assert staged.live.exec_driver_sql(COUNT).scalar_one() == 1


def test_nothing_is_kept_yet(staged: Stage) -> None:
    """Preparing runs no revision: they wait for the thread that Alembic belongs to."""
    staged.prepare()
    assert not staged.replay(("r2",)).resumed


@pytest.mark.usefixtures("kept")
def test_closed_under_the_hands_of_who_restores(staged: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stage that is closed early drops its database at once, whatever is still going on in it."""
    at_work = threading.Event()

    def slowly(self: Beginning) -> Seen | None:
        at_work.set()
        self.replay.connection.exec_driver_sql("SELECT pg_sleep(3600)")
        return None

    monkeypatch.setattr(Beginning, "restored", slowly)
    staged.prepare()
    assert at_work.wait(60)
    staged.close()
    assert staged.live.exec_driver_sql(COUNT).scalar_one() == 0


@pytest.mark.usefixtures("kept")
def test_the_connection_is_lost_meanwhile(staged: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the restoring server process ends, the history is restored once more."""
    restored = Beginning.restored
    tried: list[Beginning] = []

    def lost(self: Beginning) -> Seen | None:
        tried.append(self)
        if len(tried) == 1:
            driver_of(self.replay.connection).execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return restored(self)

    monkeypatch.setattr(Beginning, "restored", lost)
    staged.prepare()
    assert names(staged.replay(("r2",)).read()) == {"one", "two"}
    assert len(tried) == 2


def test_there_is_no_place(staged: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Preparing is silent about it; who really needs the history is told."""

    def nowhere(*_: object, **__: object) -> None:
        raise TruelineError("there is no place")

    monkeypatch.setattr(stage, "scratch_database", nowhere)
    staged.prepare()
    with pytest.raises(TruelineError, match="there is no place"):
        staged.replay(("r2",))


def test_a_revision_that_fails(staged: Stage, past: History, databases: list[object]) -> None:
    """It fails for everybody who asks, each time from the beginning, and leaves nothing behind."""
    past.add("r3", "op.execute('SELECT 1/0')", down="r2")
    staged.script = past.script
    for _ in range(2):
        with pytest.raises(ReplayError, match="division by zero"):
            staged.migrated()
    assert len(databases) == 2
    assert staged.live.exec_driver_sql(COUNT).scalar_one() == 0


def test_a_version_table_elsewhere(past: History, live: Connection, settings: Settings) -> None:
    """The schema of a version table that no revision makes is there, also where what was kept cannot be restored."""
    options = {"version_table_schema": "history"}
    for wrong in (False, False, True):
        made = Stage(past.config, past.script, live, settings, options, frozenset(), FRAMEWORK)
        try:
            made.prepare()
            with pytest.MonkeyPatch.context() as patch:
                if wrong:
                    patch.setattr(beginning, "diff", lambda *_: ["a difference"])
                replay = made.replay(("r2",))
            assert ("table", "history", "alembic_version") in replay.read()
            assert names(replay.read()) == {"one", "two"}
        finally:
            made.close()
