"""A small project in a folder of its own, driven by Alembic's own commands in this process."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError

ROOT = Path(__file__).parent.parent.parent

#: The contract's three lines, but for where the metadata comes from.
_ENV = """\
from alembic import context
from trueline.env import run_migrations
run_migrations(context.config.attributes["metadata"])
"""

_INI = """\
[alembic]
script_location = %(here)s/migrations
path_separator = os
"""

_SETTINGS = """\
[tool.trueline]
embedded = false
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and whether it failed."""

    text: str
    failed: bool

    def line(self, *words: str) -> str | None:
        """The first line that has all these words."""
        lines = (line for line in self.text.splitlines() if all(word in line for word in words))
        return next(lines, None)


@dataclass(frozen=True, slots=True)
class Project:
    """Models, a database and a history."""

    root: Path
    url: str
    metadata: sa.MetaData

    @property
    def revisions(self) -> list[Path]:
        """The files of the history, oldest first."""
        return sorted(self.root.glob("migrations/versions/*.py"))

    def check(self, *options: str) -> Said:
        """``alembic check``, with ``-x`` options."""
        return self._said(command.check, command.check, options)

    def revision(self, *options: str) -> Said:
        """``alembic revision --autogenerate``."""
        number = len(self.revisions) + 1
        return self._said(
            command.revision,
            lambda config: command.revision(config, "change", autogenerate=True, rev_id=f"r{number:03}"),
            options,
        )

    def upgrade(self, *options: str) -> Said:
        """``alembic upgrade head``."""
        return self._said(command.upgrade, lambda config: command.upgrade(config, "head"), options)

    def downgrade(self, to: str = "-1") -> Said:
        """``alembic downgrade``."""
        return self._said(command.downgrade, lambda config: command.downgrade(config, to), ())

    def stamp(self, at: str) -> Said:
        """``alembic stamp``."""
        return self._said(command.stamp, lambda config: command.stamp(config, at), ())

    def withdraw(self) -> Said:
        """``alembic downgrade -1``, and forget the revision."""
        done = self.downgrade()
        if not done.failed:
            self.revisions[-1].unlink()
        return done

    def sql(self, *, down_from: str | None = None) -> str:
        """``alembic upgrade head --sql``, or ``alembic downgrade revision:base --sql``."""

        def run(config: Config) -> None:
            if down_from is None:
                command.upgrade(config, "head", sql=True)
            else:
                command.downgrade(config, f"{down_from}:base", sql=True)

        said = self._said(command.upgrade, run, ())
        assert not said.failed, said.text
        return said.text

    def written(self, *options: str) -> str:
        """Write a revision and apply it; its text."""
        done = self.revision(*options)
        text = self.revisions[-1].read_text(encoding="utf-8") if self.revisions else ""
        assert not done.failed, done.text + text
        applied = self.upgrade()
        assert not applied.failed, applied.text + text
        return text

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What somebody sees in psql."""
        with psycopg.connect(plain_url(self.url)) as connection:
            return connection.execute(query.encode()).fetchall()

    def execute(self, sql: str) -> None:
        """Statements that somebody types in psql."""
        with psycopg.connect(plain_url(self.url), autocommit=True) as connection:
            connection.execute(sql.encode())

    def _said(self, typed: object, run: Callable[[Config], object], options: tuple[str, ...]) -> Said:
        out = io.StringIO()
        config = Config(str(self.root / "alembic.ini"), stdout=out, output_buffer=out)
        config.attributes["metadata"] = self.metadata
        config.cmd_opts = argparse.Namespace(x=list(options), cmd=(typed, [], []))
        with self._surroundings(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                run(config)
            except CommandError as error:
                return Said(f"{out.getvalue()}\n{error}", failed=True)
            except SystemExit as stop:
                return Said(out.getvalue(), failed=bool(stop.code))
            finally:
                gc.unfreeze()  # a command leaves its garbage to the end of its process, which this one is not
        return Said(out.getvalue(), failed=False)

    @contextlib.contextmanager
    def _surroundings(self) -> Iterator[None]:
        with mock.patch.dict(os.environ, {"DATABASE_URL": self.url}), contextlib.chdir(self.root):
            yield


def plain_url(url: str) -> str:
    """The URL as PostgreSQL's own programs read it."""
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def new_project(root: Path, url: str, metadata: sa.MetaData, settings: str = "") -> Project:
    """An empty history beside these models."""
    (root / "migrations" / "versions").mkdir(parents=True)
    (root / "migrations" / "env.py").write_text(_ENV, encoding="utf-8")
    template = (ROOT / "migrations" / "script.py.mako").read_bytes()
    (root / "migrations" / "script.py.mako").write_bytes(template)
    (root / "alembic.ini").write_text(_INI, encoding="utf-8")
    (root / "pyproject.toml").write_text(_SETTINGS + settings, encoding="utf-8")
    return Project(root, url, metadata)
