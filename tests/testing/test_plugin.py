"""The plugin in a project of its own, as pytest finds it there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trueline.testing import Servers
from trueline.testing.databases import connect

_FILES = {
    "pyproject.toml": '[tool.trueline]\nmodels = "shop"\n[tool.pytest.ini_options]\nfilterwarnings = ["error"]\n',
    "alembic.ini": (
        "[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = %(here)s\npath_separator = os\n"
    ),
    "shop.py": (
        "from trueline import Field, Model, metadata\n"
        "class Item(Model, table=True):\n"
        "    __table_args__ = {'schema': 'shop'}\n"
        "    id: int | None = Field(default=None, primary_key=True)\n"
    ),
    "migrations/env.py": (
        "from shop import metadata\nfrom trueline.env import run_migrations\nrun_migrations(metadata)\n"
    ),
    "migrations/versions/one.py": (
        "from alembic import op\n"
        "revision, down_revision = 'one', None\n"
        "def upgrade():\n"
        "    op.execute('CREATE SCHEMA shop')\n"
        "    op.execute('CREATE TABLE shop.item (id integer PRIMARY KEY)')\n"
    ),
    "test_shop.py": (
        "import pytest\n"
        "from shop import Item\n"
        "@pytest.mark.parametrize('turn', range(4))\n"
        "def test_item(session, turn):\n"
        "    session.add(Item(id=1))\n"
        "    session.commit()\n"
        "def test_lite(sqlite_engine):\n"
        "    with sqlite_engine.connect() as connection:\n"
        "        connection.exec_driver_sql('SELECT * FROM shop.item')\n"
    ),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A whole small project, with one model, one revision and five tests."""
    for name, content in _FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Pytest in the project; the plugin comes from the installed entry point."""
    own = ("PYTEST_", "DATABASE_", "TRUELINE_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    env = {**inherited, **environment}
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


def test_a_project_is_tested_on_the_chosen_version(project: Path) -> None:
    """The option decides the version; models, migrations and SQLite need no set-up."""
    (project / "test_version.py").write_text(
        "def test_version(database):\n    assert database.info.server_version // 10000 == 16\n"
    )
    done = run(project, "--trueline-postgres=16")
    assert done.returncode == 0, done.stdout
    assert "6 passed" in done.stdout


def test_parallel_workers_share_a_given_server_and_leave_it_as_it_was(project: Path, trueline_servers: Servers) -> None:
    """With xdist and TRUELINE_TEST_URL each worker has its own databases, and none is left."""
    server = trueline_servers(18)  # this process's own: on a shared one, other workers' databases come and go

    def databases() -> set[str]:
        with connect(server.url("postgres")) as connection:
            return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}

    before = databases()
    done = run(project, "-n", "2", TRUELINE_TEST_URL=server.url("postgres"))
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout
    assert databases() == before


def test_without_migrations_the_error_says_what_to_do(project: Path) -> None:
    """A project that has no alembic.ini is told to make or to name one."""
    (project / "alembic.ini").unlink()
    done = run(project, "-k", "test_item and 0")
    assert done.returncode == 1
    assert "no Alembic configuration" in done.stdout
    assert "trueline_alembic = " in done.stdout


def test_a_version_that_was_asked_for_is_not_skipped(project: Path) -> None:
    """A chosen version that is not on the machine is an error, as skipped tests would look like passed ones."""
    done = run(project, "-k", "test_item and 0", "--trueline-postgres=9")
    assert done.returncode == 1
    assert "there is no PostgreSQL 9 to test on (found: 18, 16" in done.stdout
    assert "TRUELINE_TEST_URL" in done.stdout


def test_the_plugin_costs_nothing_until_it_is_used() -> None:
    """Importing it brings in nothing of what its fixtures need: neither drivers nor models nor servers."""
    code = (
        "import sys, pytest, trueline\n"
        "before = set(sys.modules)\n"
        "import trueline.testing\n"
        "print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['trueline.testing']"
