"""A project with a history and a database at its head: one folder for stock Alembic, one for trueline."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa
from alembic.autogenerate import render_python_code
from alembic.operations.ops import CreateIndexOp, CreateTableOp, MigrateOperation, UpgradeOps
from models import make_metadata
from stock import make_environment

from trueline.embedded import EmbeddedServer

#: Tables that one revision of the history creates.
_IN_A_REVISION = 50

#: Neither side may run with another project's settings, nor compile its own modules anew each time.
_LEFT_OUT = ("TRUELINE_", "PYTHONDONTWRITEBYTECODE")

_INI = """\
[alembic]
script_location = %(here)s
version_locations = %(here)s/../versions
path_separator = os
"""

_STOCK = """\
from alembic import context
from models import from_environment
import os, sqlalchemy

engine = sqlalchemy.create_engine(os.environ["DATABASE_URL"], poolclass=sqlalchemy.NullPool)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=from_environment(),
        compare_type=True,
        compare_server_default=True,
        include_schemas=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
"""

_TRUELINE = """\
from models import from_environment
from trueline.env import run_migrations

run_migrations(from_environment())
"""

_REVISION = """\
import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = {number!r}
down_revision = {before!r}


def upgrade():
    {body}


def downgrade():
    pass
"""

_TEMPLATE = """\
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade():
    ${upgrades if upgrades else "pass"}


def downgrade():
    ${downgrades if downgrades else "pass"}
"""


#: What a revision of trueline's may need beside.
_OURS = "import trueline.types\nfrom trueline import op\n"


@dataclass(frozen=True, slots=True)
class Project:
    """Where everything is.

    Attributes:
        home: holds ``stock/``, ``trueline/`` and their common ``versions/``.
        stock: the interpreter of an environment without trueline.
        environment: what commands need to know, with ``DATABASE_URL``.
        conninfo: the database for libpq.
    """

    home: Path
    stock: str
    tables: int
    schemas: int
    environment: dict[str, str]
    conninfo: str

    def alembic(self, side: str, *arguments: str) -> list[str]:
        """A command of one side."""
        python = self.stock if side == "stock" else sys.executable
        return [python, "-m", "alembic", "-c", str(self.home / side / "alembic.ini"), *arguments]

    @property
    def versions(self) -> Path:
        """The revisions of both sides."""
        return self.home / "versions"


def make_project(home: Path, server: EmbeddedServer, tables: int, schemas: int) -> Project:
    """Write the project, and bring a new database to its head with stock Alembic."""
    database = f"bench_{tables}_{schemas}"
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{database}"'.encode())
    environment = environment_of(home, server, database, tables, schemas)
    project = make_sides(home, environment, tables, schemas, server.conninfo(database))
    _write_history(project)
    command = project.alembic("stock", "upgrade", "head")
    subprocess.run(command, env=environment, cwd=home, check=True, capture_output=True)
    return project


def environment_of(
    home: Path, server: EmbeddedServer, database: str, tables: int = 0, schemas: int = 1
) -> dict[str, str]:
    """What commands need to know."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)},
        "DATABASE_URL": server.url(database).render_as_string(hide_password=False),
        "BENCH_TABLES": str(tables),
        "BENCH_SCHEMAS": str(schemas),
        "PYTHONPATH": str(Path(__file__).parent),
        "XDG_CACHE_HOME": str(home / "cache"),
    }


def make_sides(
    home: Path, environment: dict[str, str], tables: int = 0, schemas: int = 1, conninfo: str = ""
) -> Project:
    """Write both folders, without a history."""
    project = Project(home, make_environment(home / "environment"), tables, schemas, environment, conninfo)
    _write_side(home / "stock", _STOCK, _TEMPLATE)
    _write_side(home / "trueline", _TRUELINE, _OURS + _TEMPLATE)
    return project


def _write_side(folder: Path, env: str, template: str) -> None:
    folder.mkdir()
    (folder / "alembic.ini").write_text(_INI)
    (folder / "env.py").write_text(env)
    (folder / "script.py.mako").write_text(template)
    (folder / "pyproject.toml").write_text("[tool.trueline]\n")


def _write_history(project: Project) -> None:
    project.versions.mkdir()
    metadata = make_metadata(project.tables, project.schemas)
    tables = list(metadata.tables.values())
    schemas = sorted({table.schema for table in tables if table.schema})
    before = None
    for number, start in enumerate(range(0, len(tables), _IN_A_REVISION)):
        made = schemas if start == 0 else []
        body = "\n    ".join(_lines(made, tables[start : start + _IN_A_REVISION]))
        text = _REVISION.format(number=f"{number:012}", before=before, body=body)
        (project.versions / f"{number:012}.py").write_text(text)
        before = f"{number:012}"


def _lines(schemas: Sequence[str], tables: Sequence[sa.Table]) -> Iterator[str]:
    yield from (f"op.execute('CREATE SCHEMA {schema}')" for schema in schemas)
    yield render_python_code(UpgradeOps(list(_operations(tables))))


def _operations(tables: Sequence[sa.Table]) -> Iterator[MigrateOperation]:
    for table in tables:
        yield CreateTableOp.from_table(table)
        yield from (CreateIndexOp.from_index(index) for index in sorted(table.indexes, key=lambda each: str(each.name)))
