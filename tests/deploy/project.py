"""Small projects whose deploys are disturbed, and what is left in their databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from trueline.catalog.codec import digest
from trueline.catalog.snapshot import read_catalog

ROOT = Path(__file__).parents[2]

REVISION = """\
\"\"\"{name}\"\"\"

from time import sleep

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy import text

revision = "{name}"
down_revision = {before!r}


def upgrade() -> None:
    bind = op.get_bind()
    alone = op.get_context().autocommit_block
{up}


def downgrade() -> None:
    bind = op.get_bind()
    alone = op.get_context().autocommit_block
{down}
"""

SETTINGS = {"embedded": False, "lock_wait": 0.05, "lock_wait_max": 0.1, "connect_retries": 0, "connect_wait": 0.05}


class Forker:
    """Starts ``alembic`` in no time; see `tests.deploy.forker`."""

    def __init__(self) -> None:
        script = str(Path(__file__).with_name("forker.py"))
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, script], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answer()

    def start(self, **order: Any) -> int:
        """The number of the process."""
        return int(self._ask({"start": order})["pid"])

    def wait(self, pid: int) -> int:
        """Its exit code; the signal's number below 0."""
        return int(self._ask({"wait": pid})["code"])

    def close(self) -> None:
        """It ends with its standard input."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _ask(self, what: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        return dict(json.loads(self._process.stdout.readline()))


@dataclass(frozen=True, slots=True)
class Started:
    """A command that runs.

    Attributes:
        output: file that gets what it prints.
    """

    pid: int
    output: Path
    forker: Forker

    def end(self) -> Done:
        """Wait for it."""
        code = self.forker.wait(self.pid)
        return Done(code, self.output.read_text())

    def signal(self, number: int) -> None:
        """Send it one."""
        os.kill(self.pid, number)


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended."""

    code: int
    output: str

    def ok(self) -> Done:
        """Itself, where it went well."""
        assert self.code == 0, self.output
        return self

    def told(self, code: int) -> str:
        """What it printed, where it ended with this code and in words."""
        assert self.code == code, f"{self.code}\n{self.output}"
        assert "Traceback" not in self.output, self.output
        return self.output


@dataclass(frozen=True, slots=True)
class Message:
    """One to the server.

    Attributes:
        place: number of the revision, of its statement, and of the message.
    """

    place: list[int]
    text: str


@dataclass(slots=True)
class Folder:
    """A project in a folder of its own."""

    root: Path
    forker: Forker
    settings: dict[str, Any] = field(default_factory=lambda: dict(SETTINGS))
    _count: int = 0
    _revisions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.root / "migrations" / "versions").mkdir(parents=True)
        for name in ("alembic.ini", "migrations/script.py.mako"):
            (self.root / name).write_bytes((ROOT / name).read_bytes())
        (self.root / "models.py").write_text("import sqlalchemy as sa\n\nmetadata = sa.MetaData()\n")
        (self.root / "migrations" / "env.py").write_text(
            "from models import metadata\nfrom trueline.env import run_migrations\nrun_migrations(metadata)\n"
        )
        self.set()

    def set(self, **settings: Any) -> None:
        """Change settings."""
        self.settings |= settings
        lines = [f"{name} = {json.dumps(value)}" for name, value in self.settings.items()]
        (self.root / "pyproject.toml").write_text("\n".join(["[tool.trueline]", *lines]) + "\n")

    def revision(self, name: str, up: str, down: str = "pass", *, before: str | None = "") -> Path:
        """Write one; it comes after the one that was written before it, unless something else is said."""
        last = self._revisions[-1] if self._revisions else None
        path = self.root / "migrations" / "versions" / f"{name}.py"
        bodies = {key: indent(dedent(body).strip(), "    ") for key, body in (("up", up), ("down", down))}
        if name in self._revisions:
            place = self._revisions.index(name)
            last = self._revisions[place - 1] if place else None
        else:
            self._revisions.append(name)
        path.write_text(REVISION.format(name=name, before=last if before == "" else before, **bodies))
        return path

    def start(self, url: str, *arguments: str, fault: dict[str, Any] | None = None, **environ: str) -> Started:
        """Start ``alembic``."""
        self._count += 1
        output = self.root / f"output-{self._count}"
        output.touch()
        pid = self.forker.start(
            arguments=list(arguments),
            folder=str(self.root),
            environ={"DATABASE_URL": url, "TEST_ADMIN": plain(url), **environ},
            output=str(output),
            fault=fault or {},
        )
        return Started(pid, output, self.forker)

    def run(self, url: str, *arguments: str, fault: dict[str, Any] | None = None, **environ: str) -> Done:
        """Start ``alembic``, and wait for it."""
        return self.start(url, *arguments, fault=fault, **environ).end()

    def fault(self, does: str, command: str, **more: Any) -> dict[str, Any]:
        """What is to happen in a run of a command."""
        order = self._revisions if command == "upgrade" else self._revisions[::-1]
        return {"does": does, "order": order, **more}

    def messages(self, url: str, *arguments: str) -> list[Message]:
        """What a run sends to the server, one after the other."""
        to = self.root / "messages"
        to.unlink(missing_ok=True)
        self.run(url, *arguments, fault=self.fault("list", arguments[0], to=str(to))).ok()
        return [Message(*json.loads(line)) for line in to.read_text().splitlines()]


def plain(url: str) -> str:
    """The address for psycopg."""
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def session(url: str, *, application: str = "the application", autocommit: bool = True) -> Iterator[psycopg.Connection]:
    """Somebody else in the database."""
    with psycopg.connect(plain(url), autocommit=autocommit, application_name=application) as connection:
        yield connection


def rows(url: str, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with session(url) as connection:
        return connection.execute(query.encode(), parameters or None).fetchall()


def until(holds: Callable[[], object], what: str = "it") -> None:
    """Wait until something holds."""
    for _ in range(3000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError(f"never: {what}")


@dataclass(frozen=True, slots=True)
class Found:
    """All that a deploy leaves: two of these are equal, or one of them was disturbed.

    Attributes:
        catalog: digest.
        contents: rows of each table.
        leftovers: indexes that nobody uses, and partitions that are half detached.
        ledger: revisions with their direction, outcome, number of statements and digest of these.
        outcome: of the last deploy.
    """

    catalog: str
    contents: dict[str, list[tuple[Any, ...]]]
    leftovers: list[str]
    ledger: list[tuple[Any, ...]]
    outcome: str


_LEFTOVERS = """
SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR indexrelid::regclass::text ~ '_cc(new|old)'
UNION ALL SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhdetachpending
"""
_LEDGER = """
SELECT revision, direction, outcome, finished, chain, jsonb_array_length(statements), running
FROM trueline_revision ORDER BY id
"""


def find(url: str) -> Found:
    """What there is in a database now."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        catalog = read_catalog(connection)
        tables = connection.scalars(
            sa.text(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname !~ '^pg_|^information' "
                "AND tablename !~ '^trueline_' ORDER BY 1"
            )
        ).all()
        contents = {
            table: [tuple(row) for row in connection.execute(sa.text(f"TABLE {table} ORDER BY 1"))] for table in tables
        }
        leftovers = list(connection.scalars(sa.text(_LEFTOVERS)))
        ledger = [tuple(row) for row in connection.execute(sa.text(_LEDGER))]
        outcome = connection.scalar(sa.text("SELECT outcome FROM trueline_deploy ORDER BY id DESC LIMIT 1"))
    engine.dispose()
    return Found(digest(catalog.own()), contents, leftovers, ledger, str(outcome))
