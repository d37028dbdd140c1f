"""A small project whose commands are run in this process, as somebody would type them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from alembic.config import CommandLine

from trueline.cli import main

_ENV = """\
from sqlalchemy import MetaData
from trueline.env import run_migrations
run_migrations(MetaData(){options})
"""

_REVISION = '''"""{doc}"""
import sqlalchemy as sa
from trueline import op

revision, down_revision, branch_labels, depends_on = {name!r}, {down!r}, None, None


def upgrade():
{up}


def downgrade():
{back}
'''


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Project:
    """A history and a database."""

    root: Path
    url: str
    capture: pytest.CaptureFixture[str]

    def add(self, name: str, up: str, back: str = "pass", *, down: Any = None, doc: str = "") -> Path:
        """Write a revision."""
        file = self.root / "migrations" / "versions" / f"{name}.py"
        bodies = {key: indent(dedent(body).strip(), "    ") for key, body in (("up", up), ("back", back))}
        file.write_text(_REVISION.format(name=name, down=down, doc=doc or f"revision {name}", **bodies), "utf-8")
        return file

    def alembic(self, *arguments: str) -> Said:
        """Run ``alembic``."""
        return self._said(lambda: CommandLine(prog="alembic").main(list(arguments)))

    def trueline(self, *arguments: str) -> Said:
        """Run ``trueline``."""
        return self._said(lambda: main(list(arguments)))

    def settings(self, *lines: str) -> None:
        """Write ``[tool.trueline]``."""
        text = "\n".join(("[tool.trueline]", *lines))
        (self.root / "pyproject.toml").write_text(f'[project]\nname = "x"\nversion = "1.4.2"\n\n{text}\n', "utf-8")

    def env(self, options: str = "") -> None:
        """Write env.py, with options for ``run_migrations``."""
        (self.root / "migrations" / "env.py").write_text(_ENV.format(options=options), "utf-8")

    def run(self, *statements: str) -> None:
        """Run SQL by hand."""
        with self.connect() as connection:
            for statement in statements:
                connection.execute(statement.encode())

    @contextmanager
    def connect(self, **options: Any) -> Iterator[psycopg.Connection[Any]]:
        """A connection of somebody else's, in autocommit mode unless another one is wished for."""
        address = sa.make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, **{"autocommit": True, **options}) as connection:
            yield connection

    def _said(self, run: Any) -> Said:
        self.capture.readouterr()
        code: Any = 0
        try:
            run()
        except SystemExit as ended:
            code = ended.code
        shown = self.capture.readouterr()
        return Said(code if isinstance(code, int) else int(code is not None), shown.out, shown.err)


def new_project(root: Path, url: str, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> Project:
    """An empty history; the commands of this test find it, and the database."""
    (root / "migrations" / "versions").mkdir(parents=True)
    (root / "alembic.ini").write_text(
        "[alembic]\nscript_location = %(here)s/migrations\npath_separator = os\n", "utf-8"
    )
    project = Project(root, url, capture)
    project.settings(f'cache = "{root / "cache"}"', "connect_retries = 0")
    project.env()
    monkeypatch.chdir(root)
    monkeypatch.setenv("DATABASE_URL", url)
    return project


Git = Callable[..., None]


def versioned(project: Project) -> Git:
    """Put all that is there of a project under version control, as ``main``; runs further commands of git."""

    def run(*arguments: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        command = ["git", *who, *arguments]
        subprocess.run(command, cwd=project.root, check=True, capture_output=True)

    run("init", "-q", "-b", "main")
    run("add", "migrations", "alembic.ini", "pyproject.toml")
    run("commit", "-q", "-m", "all")
    return run
