"""What the gate costs: a long history of many small revisions, each taken back and run again."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from process import Usage, run
from project import environment_of

from trueline.embedded import EmbeddedServer

_INI = "[alembic]\nscript_location = %(here)s/migrations\npath_separator = os\n"

#: The models are what the revisions lead to: the same numbers, declared.
_ENV = """\
import sqlalchemy as sa
from trueline.env import run_migrations

metadata = sa.MetaData()
for n in range({tables}):
    more = [sa.Column("note", sa.Text)] if n < {columns} else []
    parent = [sa.Column("parent_id", sa.BigInteger, sa.ForeignKey(f"t{{n - 1}}.id", name=f"fk_{{n}}"))] if n else []
    sa.Table(
        f"t{{n}}",
        metadata,
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()")),
        *parent,
        *more,
        sa.CheckConstraint("length(name) > 1", name=f"ck_{{n}}"),
        sa.Index(f"ix_{{n}}", "name"),
    )
run_migrations(metadata)
"""

_REVISION = """\
import sqlalchemy as sa
from alembic import op

revision = {number!r}
down_revision = {before!r}


def upgrade():
    {up}


def downgrade():
    {down}
"""

_TABLE = """op.create_table(
        "t{n}",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()")),
        {parent}sa.CheckConstraint("length(name) > 1", name="ck_{n}"),
    )
    op.create_index("ix_{n}", "t{n}", ["name"])"""
_PARENT = 'sa.Column("parent_id", sa.BigInteger, sa.ForeignKey("t{p}.id", name="fk_{n}")),\n        '


@dataclass(frozen=True, slots=True)
class Gated:
    """A history's size, and what the gate took, with the seconds of each check."""

    revisions: int
    tables: int
    usage: Usage
    checks: dict[str, float]


def measure_gate(home: Path, server: EmbeddedServer, revisions: int, tables: int, say: Callable[[str], None]) -> Gated:
    """Run the gate once, as a process of its own, with nothing kept of an earlier run."""
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute('CREATE DATABASE "gate"')
    _write(home, revisions, tables)
    output = home / "outcome.json"
    command = [sys.executable, "-m", "trueline", "gate", "--format", "json"]
    usage = run(command, environment_of(home, server, "gate"), home, output=output)
    told = json.loads(output.read_text())
    if not told["holds"]:
        raise SystemExit(output.read_text())
    checks = {each["name"]: each["seconds"] for each in told["checks"]}
    say(f"  {revisions} revisions, {tables} tables: {usage.seconds:.1f} s")
    return Gated(revisions, tables, usage, checks)


def _write(home: Path, revisions: int, tables: int) -> None:
    """One table in a revision, and then a column in each."""
    versions = home / "migrations" / "versions"
    versions.mkdir(parents=True)
    (home / "alembic.ini").write_text(_INI)
    (home / "pyproject.toml").write_text('[tool.trueline]\ncache = "off"\n')
    (home / "migrations" / "env.py").write_text(_ENV.format(tables=tables, columns=revisions - tables))
    before = None
    for number in range(revisions):
        name = f"{number:012}"
        up, down = _table(number) if number < tables else _column(number - tables)
        (versions / f"{name}.py").write_text(_REVISION.format(number=name, before=before, up=up, down=down))
        before = name


def _table(number: int) -> tuple[str, str]:
    parent = _PARENT.format(n=number, p=number - 1) if number else ""
    return _TABLE.format(n=number, parent=parent), f'op.drop_table("t{number}")'


def _column(number: int) -> tuple[str, str]:
    return f'op.add_column("t{number}", sa.Column("note", sa.Text))', f'op.drop_column("t{number}", "note")'


def markdown(row: Gated) -> str:
    """Seconds: of the whole command, and of each check."""
    names = list(row.checks)
    lines = (
        f"| revisions | tables | whole command | {' | '.join(names)} |",
        "|--:" * (len(names) + 3) + "|",
        f"| {row.revisions} | {row.tables} | {row.usage.seconds:.1f} s "
        f"| {' | '.join(f'{row.checks[name]:.1f} s' for name in names)} |",
    )
    return "\n".join(lines)
