"""How commands end that cannot go on: in words, with nothing left behind, and never with a traceback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import psycopg
import pytest
import sqlalchemy as sa
from alembic.config import Config

from tests.acceptance.drift.models import NAMING
from tests.acceptance.drift.stories import number
from tests.acceptance.project import ROOT, Project, new_project, plain_url
from trueline.catalog import snapshot
from trueline.ending import ending, told_by
from trueline.errors import LostError
from trueline.failure import lost
from trueline.objects import ReferenceRows, Statement
from trueline.scratch import database

DIE = "SELECT pg_terminate_backend(pg_backend_pid())"
#: Waits in scratch databases alone.
WAIT = "SELECT pg_sleep(CASE WHEN current_database() LIKE 'trueline_scratch%' THEN 60 ELSE 0 END)"
MODELS = """
    import sqlalchemy as sa
    from trueline import metadata
    from trueline.objects import Statement

    sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True))
"""
REVISION = """
    from alembic import op

    revision = "{name}"
    down_revision = {before!r}


    def upgrade() -> None:
        op.execute("{sql}")


    def downgrade() -> None:
        pass
"""


#: What the server says of a session that it ends; older drivers may not hear it any longer.
ENDED = r"(terminating connection due to administrator command|the connection is lost)"


def scratches(url: str) -> frozenset[object]:
    """The scratch databases that there are; others who use the server may have left some, for the next sweep."""
    with psycopg.connect(plain_url(url)) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'trueline_scratch%'")
        return frozenset(row[0] for row in rows)


@dataclass(frozen=True, slots=True)
class Folder:
    """A project that `alembic` is run in by somebody who loses patience."""

    root: Path
    url: str
    others: frozenset[object]

    def models(self, *more: str) -> None:
        (self.root / "models.py").write_text("\n".join([dedent(MODELS), *more]) + "\n")

    def history(self, *statements: str) -> None:
        """A revision for each statement."""
        before = None
        for count, sql in enumerate(statements, 1):
            text = dedent(REVISION).format(name=f"r{count}", before=before, sql=sql)
            (self.root / "migrations" / "versions" / f"r{count}.py").write_text(text)
            before = f"r{count}"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        env = {**os.environ, "DATABASE_URL": plain_url(self.url), "PYTHONPATH": "", "TRUELINE_CACHE": "off"}
        return subprocess.Popen(
            # Not `python -m`: there CPython forgets the exit code if Ctrl-C came in an exec of text, as of dataclasses.
            [Path(sys.executable).with_name("alembic"), *arguments],
            cwd=self.root,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def interrupted(self, *arguments: str, when: str) -> str:
        """Ctrl-C as soon as some session is in a state; the last line that the command prints."""
        started = self.start(*arguments)
        try:
            self.until(when, started)
            started.send_signal(signal.SIGINT)
            out, err = started.communicate(timeout=60)
        finally:
            started.kill()
        assert "Traceback" not in err
        assert started.returncode == 130, out + err
        assert scratches(self.url) <= self.others
        return out.splitlines()[-1]

    def until(self, when: str, started: subprocess.Popen[str]) -> None:
        for _ in range(1200):
            if self.rows(f"SELECT 1 FROM pg_stat_activity WHERE {when} AND pid <> pg_backend_pid()"):  # noqa: S608 - ours
                return
            assert started.poll() is None, started.communicate()
            time.sleep(0.05)
        raise AssertionError(f"never: {when}")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(plain_url(self.url)) as connection:
            return connection.execute(query.encode()).fetchall()


@pytest.fixture
def folder(tmp_path: Path, empty_database_url: str) -> Folder:
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    for name in ("alembic.ini", "migrations/script.py.mako"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "migrations" / "env.py").write_text(
        "from models import metadata\nfrom trueline.env import run_migrations\nrun_migrations(metadata)\n"
    )
    (tmp_path / "pyproject.toml").write_text("[tool.trueline]\nembedded = false\n")
    made = Folder(tmp_path, empty_database_url, scratches(empty_database_url))
    made.models()
    return made


SLEEPS = "state = 'active' AND query LIKE '%pg_sleep%'"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("check",), "interrupted: nothing can be said of the database, which was only read"),
        (("revision", "--autogenerate", "-m", "x"), "interrupted: no revision is written"),
    ],
)
def test_an_interrupted_reading_of_the_models_leaves_nothing(
    folder: Folder, command: tuple[str, ...], said: str
) -> None:
    """One line, exit code 130, no scratch database, no file."""
    folder.models(f'Statement({WAIT!r}, name="waits", metadata=metadata)')
    assert folder.interrupted(*command, when=SLEEPS) == said
    assert list((folder.root / "migrations" / "versions").glob("*.py")) == []


def test_an_interrupted_proof_leaves_the_revision_and_says_so(folder: Folder) -> None:
    """On the terminal, and in the file."""
    folder.history(WAIT)
    upgrade = folder.start("upgrade", "head")
    upgrade.communicate(timeout=60)
    assert upgrade.returncode == 0
    said = folder.interrupted("revision", "--autogenerate", "-m", "x", when=SLEEPS)
    (written,) = (file for file in (folder.root / "migrations" / "versions").glob("*_x_*.py"))
    assert said == f"interrupted: {written} is written, but not proved"
    assert "Not proved: interrupted." in written.read_text(encoding="utf-8")


def test_an_interrupted_upgrade_says_how_far_it_came(folder: Folder) -> None:
    """What was applied stays, what was under way is rolled back."""
    folder.history("CREATE TABLE one ()", "CREATE TABLE two (); SELECT pg_sleep(60)")
    said = folder.interrupted("upgrade", "head", when=SLEEPS)
    assert said == "interrupted: r1 is applied, and the transaction that was under way is rolled back"
    assert folder.rows("SELECT to_regclass('one')::text, to_regclass('two')::text") == [("one", None)]
    assert folder.rows("SELECT version_num FROM alembic_version") == [("r1",)]


def test_nobody_waits_for_a_reading_that_hangs(folder: Folder) -> None:
    """Somebody has locked a part of the catalog; Ctrl-C ends the command all the same."""
    with psycopg.connect(plain_url(folder.url)) as connection:
        connection.execute("LOCK TABLE pg_catalog.pg_policy IN ACCESS EXCLUSIVE MODE")
        said = folder.interrupted("check", when="wait_event_type = 'Lock'")
    assert said.startswith("interrupted: nothing can be said of the database")


def test_a_program_is_interrupted_as_it_likes() -> None:
    """Only a command line ends in a line; whoever calls Alembic himself gets his own exception."""
    with pytest.raises(KeyboardInterrupt), ending(lambda: "nothing", told_by(Config())):
        raise KeyboardInterrupt


def project_with(root: Path, url: str, *statements: str) -> Project:
    metadata = sa.MetaData(naming_convention=NAMING)
    table = sa.Table("t", metadata, number())
    ReferenceRows(table, key=("id",), rows=[{"id": 1}])
    for each in statements:
        Statement(each, name="dies", metadata=metadata)
    return new_project(root, url, metadata, 'cache = "off"\nconnect_retries = 0\n')


@contextmanager
def quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.clear()
    yield
    assert "Traceback" not in caplog.text
    assert "Exception during reset" not in caplog.text


@pytest.mark.parametrize("command", ["check", "revision"])
def test_a_connection_that_goes_while_models_are_built(
    tmp_path: Path, empty_database_url: str, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The command fails with the server's words, and advice that fits."""
    project = project_with(tmp_path, empty_database_url, DIE)
    with quiet_log(caplog):
        said = project.check() if command == "check" else project.revision()
    assert said.failed
    assert re.search(f"the connection to PostgreSQL was lost: {ENDED}", said.text), said.text
    assert "fix: run the command again" in said.text
    assert "correct the revision" not in said.text
    assert project.revisions == []


def test_a_connection_that_goes_while_a_scratch_database_is_made(
    tmp_path: Path, empty_database_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else is tried on it, and the places that were tried are named."""
    monkeypatch.setattr(database, "verbatim", lambda connection, _: connection.exec_driver_sql(DIE))
    with quiet_log(caplog):
        said = project_with(tmp_path, empty_database_url).check()
    assert said.failed
    assert re.search(f"a scratch database could not be created: .*{ENDED}", said.text), said.text


@pytest.mark.parametrize("kind", ["extension", "policy", "comment"])
def test_a_connection_that_goes_while_the_catalog_is_read(
    tmp_path: Path,
    empty_database_url: str,
    kind: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There is never half a catalog, whichever database it is of."""

    project = project_with(tmp_path, empty_database_url)
    query = snapshot.query
    monkeypatch.setattr(snapshot, "query", lambda each, major: DIE.encode() if each == kind else query(each, major))
    with quiet_log(caplog):
        said = project.check()
    assert said.failed
    assert "the connection was lost while the catalog was read" in said.text


def test_a_connection_that_goes_during_the_proof(
    tmp_path: Path, empty_database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The revision is written, and neither it nor the history is to be corrected for that."""
    project = project_with(tmp_path, empty_database_url)
    project.written()
    file = project.revisions[0]
    die = f"op.execute(\"{DIE} WHERE current_database() LIKE 'trueline_scratch%'\")\n    op."
    file.write_text(file.read_text(encoding="utf-8").replace("op.", die, 1), encoding="utf-8")
    sa.Table("u", project.metadata, number())
    with quiet_log(caplog):
        said = project.revision()
    assert said.failed
    assert "the revision is written, but not proved: the connection to PostgreSQL was lost" in said.text
    assert f"rm {project.revisions[1]}; alembic revision --autogenerate" in said.text
    assert "correct" not in said.text
    assert "Not proved:" in project.revisions[1].read_text(encoding="utf-8")


def test_a_connection_that_goes_in_an_upgrade(
    tmp_path: Path, empty_database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The revision's line is named, and nobody is told to correct it."""
    project = project_with(tmp_path, empty_database_url)
    project.revision()
    file = project.revisions[0]
    file.write_text(
        file.read_text(encoding="utf-8").replace("op.", f'op.execute("{DIE}")\n    op.', 1), encoding="utf-8"
    )
    with quiet_log(caplog):
        said = project.upgrade()
    assert said.failed
    assert f"{file}:" in said.text
    assert "fix: run the command again when the server is back" in said.text


def test_what_is_not_a_lost_connection_is_none() -> None:
    """A refused statement is told by others, also where nothing can be done after it."""
    syntax = psycopg.errors.SyntaxError("x")
    assert lost(syntax) is None
    assert lost(sa.exc.DBAPIError("SELECT", {}, syntax)) is None
    assert lost(sa.exc.PendingRollbackError("inactive")) is None
    assert lost(None) is None
    later = sa.exc.PendingRollbackError("Can't reconnect", code="8s2b")
    assert isinstance(lost(later), LostError)
    assert isinstance(lost(psycopg.errors.IdleInTransactionSessionTimeout("x")), LostError)
