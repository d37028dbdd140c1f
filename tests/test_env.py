"""Stock ``alembic`` commands, typed in a terminal, on a small project that nobody has touched but its owner."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import psycopg
import pytest
import sqlalchemy as sa

from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

ROOT = Path(__file__).parent.parent
MODELS = """
    from trueline import Field, Model, discover

    class Station(Model, table=True):
        "A place that takes bookings."
        __table_args__ = {"schema": "identity"}
        id: int | None = Field(default=None, primary_key=True)
        name: str = Field(max_length=40, min_length=1)

    metadata = Station.metadata
"""

COMMENT = "SELECT obj_description('identity.station'::regclass)"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a folder whose name has a space: models, the contract's env.py, the template."""
    root = tmp_path / "my project"
    (root / "app" / "models").mkdir(parents=True)
    (root / "migrations" / "versions").mkdir(parents=True)
    for name in ("alembic.ini", "migrations/env.py", "migrations/script.py.mako"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    (root / "app" / "__init__.py").touch()
    (root / "app" / "models" / "__init__.py").write_text(dedent(MODELS))
    (root / "pyproject.toml").write_text("[tool.trueline]\nembedded = false\n")
    return root


@pytest.fixture
def run(project: Path, empty_database_url: str) -> Run:
    """Runs ``alembic`` in the project, as a terminal would."""

    def alembic(*arguments: str, fails: bool = False, **environ: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "DATABASE_URL": empty_database_url, "PYTHONPATH": "", **environ}
        command = [sys.executable, "-m", "alembic", *arguments]
        done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return alembic


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


def test_a_project_goes_through_every_stock_command(run: Run, empty_database_url: str) -> None:
    """Autogenerate, upgrade, check, current, history, downgrade, and offline SQL: stock spelling, stock meaning."""
    assert "New upgrade operations" in run("check", fails=True).stdout
    run("revision", "--autogenerate", "-m", "stations")
    upgraded = run("upgrade", "head")
    assert "applied 1 revision, now at" in upgraded.stderr
    assert "nothing to apply, already at" in run("upgrade", "head").stderr
    assert "No new upgrade operations detected" in run("check").stdout
    assert "(head)" in run("current").stdout
    assert "stations" in run("history").stdout
    with connect(empty_database_url) as connection:
        assert connection.execute(COMMENT).fetchone() == ("A place that takes bookings.",)
    assert "CREATE SCHEMA IF NOT EXISTS identity" in run("upgrade", "head", "--sql", DATABASE_URL="").stdout
    run("downgrade", "-1")
    with connect(empty_database_url) as connection:
        assert connection.execute("SELECT to_regclass('identity.station')").fetchone() == (None,)


def test_a_revision_needs_no_hand(run: Run, project: Path) -> None:
    """The written file is formatted, has its imports and nothing it does not use."""
    run("revision", "--autogenerate", "-m", "stations")
    (path,) = (project / "migrations" / "versions").glob("*.py")
    text = path.read_text()
    assert 'sa.Column("name", sa.String(length=40), nullable=False)' in text
    assert "import sqlmodel" not in text
    check = [sys.executable, "-m", "ruff", "format", "--check", str(path)]
    assert subprocess.run(check, capture_output=True, check=False, cwd=project).returncode == 0


def test_an_empty_revision_keeps_its_imports(run: Run, project: Path) -> None:
    """Somebody is about to write into it, and needs op, sa, sqlmodel and trueline's types."""
    run("revision", "-m", "by hand")
    (path,) = (project / "migrations" / "versions").glob("*.py")
    for line in ("import sqlalchemy as sa", "import sqlmodel", "import trueline.types", "from trueline import op"):
        assert line in path.read_text()


def test_a_refused_statement_is_shown_with_its_line(run: Run, project: Path) -> None:
    """The error has the server's words, the revision's line and the statement, and no traceback."""
    run("revision", "-m", "broken")
    (path,) = (project / "migrations" / "versions").glob("*.py")
    body = 'op.execute("CREATE TABLE t (a no_such_type)")'
    path.write_text(path.read_text().replace("pass", body, 1))
    error = run("upgrade", "head", fails=True)
    shown = error.stdout + error.stderr
    assert 'type "no_such_type" does not exist' in shown
    assert f"{path}:" in shown
    assert "CREATE TABLE t (a no_such_type)" in shown


def test_a_missing_extension_names_the_way_out(run: Run, project: Path) -> None:
    """The embedded build has no contrib extensions: the error says which server to give instead."""
    run("revision", "-m", "ext")
    (path,) = (project / "migrations" / "versions").glob("*.py")
    body = 'op.execute("CREATE EXTENSION no_such_extension")'
    path.write_text(path.read_text().replace("pass", body, 1))
    error = run("upgrade", "head", fails=True)
    assert "no_such_extension" in error.stdout + error.stderr
    assert "DATABASE_URL" in error.stdout + error.stderr


def test_without_a_database_the_error_says_both_ways_out(run: Run) -> None:
    """Neither DATABASE_URL nor the embedded server: nothing is guessed."""
    error = run("upgrade", "head", DATABASE_URL="", fails=True)
    assert "export DATABASE_URL=" in error.stdout + error.stderr
    assert "embedded = true" in error.stdout + error.stderr


TWO_OWNERS = """
    class Again(Model, table=True):
        __tablename__ = "station"
        __table_args__ = {"schema": "identity"}
        id: int = Field(primary_key=True)
"""
WRONG_TYPE = """
    class Slot(Model, table=True):
        id: int = Field(primary_key=True)
        station_id: str = Field(foreign_key="identity.station.id")
"""


@pytest.mark.parametrize(
    ("models", "message"),
    [
        (MODELS + TWO_OWNERS, "station"),
        (MODELS + WRONG_TYPE, "station_id"),
        ("import no_such_module", "no_such_module"),
    ],
    ids=["two owners", "type of a key", "import error"],
)
def test_models_that_contradict_each_other_are_named(run: Run, project: Path, models: str, message: str) -> None:
    """What a guard rail refuses shows up in the stock command, with file and line."""
    (project / "app" / "models" / "tables.py").write_text(dedent(models))
    (project / "app" / "models" / "__init__.py").write_text(
        "from trueline import discover\n\nmetadata = discover(__name__)\n"
    )
    error = run("check", fails=True)
    assert message in error.stdout + error.stderr
    assert "tables.py:" in error.stdout + error.stderr


def test_a_connection_that_is_handed_over_is_used(database_url: str) -> None:
    """A program may put an open connection into the configuration; it stays open."""
    from alembic import command
    from alembic.config import Config

    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        command.check(Config(str(ROOT / "alembic.ini"), attributes={"connection": connection}))
        assert connection.scalar(sa.text("SELECT 1")) == 1
    engine.dispose()


def test_a_scratch_database_is_empty_and_goes(trueline_server: Server, make_database: MakeDatabase) -> None:
    """`trueline scratch` gives a command an empty database and drops it, also when the command fails."""
    url = make_database(trueline_server)
    code = "import os, psycopg; c = psycopg.connect(os.environ['DATABASE_URL'].replace('+psycopg', '')); "
    code += "print(c.info.dbname); c.execute('CREATE TABLE t ()'); c.commit(); raise SystemExit(7)"
    command = [sys.executable, "-m", "trueline", "scratch", "--", sys.executable, "-c", code]
    done = subprocess.run(
        command, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 7, done.stderr
    name = done.stdout.strip()
    assert name.startswith("trueline_scratch_")
    with connect(url) as connection:
        assert connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None
