"""What a deploy costs: many small revisions from empty, by stock Alembic, by trueline, and as SQL through psql."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from cases import best
from process import Usage, run
from project import Project, environment_of, make_sides

from trueline.embedded import EmbeddedServer, find_servers

#: The three ways, in the order of the columns of the result.
WAYS = ("psql", "stock", "trueline")

_REVISION = """\
import sqlalchemy as sa
from alembic import op

revision = {number!r}
down_revision = {before!r}


def upgrade():
    {body}


def downgrade():
    pass
"""

#: What a revision does, one after the other: the mix of a service that grows.
_BODIES = (
    'op.create_table("t{n}", sa.Column("id", sa.BigInteger, primary_key=True), sa.Column("name", sa.Text))',
    'op.add_column("t{t}", sa.Column("c{n}", sa.Integer))',
    'op.create_index("ix_{n}", "t{t}", ["name"])',
    'op.create_check_constraint("ck_{n}", "t{t}", "id > 0")',
    "op.execute(\"INSERT INTO t{t} (id, name) VALUES ({n} + 1, 'x')\")",
)


@dataclass(frozen=True, slots=True)
class Deployed:
    """How many revisions, and what each way took."""

    revisions: int
    usage: dict[str, Usage]


def measure_deploys(
    home: Path, server: EmbeddedServer, revisions: int, rounds: int, say: Callable[[str], None]
) -> Deployed:
    """Run the history in a new database each time, round by round; the best one counts."""
    # As many models as tables that the history makes: both sides import them before they begin.
    project = make_sides(home, environment_of(home, server, "postgres", revisions // len(_BODIES)))
    for side in (
        "stock",
        "trueline",
    ):  # the metadata of both is SQLModel's, as that of the services is that this is for
        env = home / side / "env.py"
        env.write_text(f"import sqlmodel\n{env.read_text()}")
    _write_history(project.versions, revisions)
    script = home / "history.sql"
    run(project.alembic("stock", "upgrade", "head", "--sql"), project.environment, home, output=script)
    taken: dict[str, list[Usage]] = {way: [] for way in WAYS}
    numbers = count()
    for _ in range(rounds):
        for way in WAYS:
            taken[way].append(_deploy(project, server, f"deploy_{next(numbers)}", way, script))
            say(f"  {revisions} revisions, {way}: {taken[way][-1].seconds:.2f} s")
    return Deployed(revisions, {way: best(usages) for way, usages in taken.items()})


def _deploy(project: Project, server: EmbeddedServer, database: str, way: str, script: Path) -> Usage:
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{database}"'.encode())
    environment = {**project.environment, "DATABASE_URL": server.url(database).render_as_string(hide_password=False)}
    if way == "psql":
        psql = str(find_servers()[max(find_servers())] / "psql")
        return run(
            [psql, "-qX", "-v", "ON_ERROR_STOP=1", "-f", str(script), "-d", server.conninfo(database)],
            environment,
            project.home,
        )
    return run(project.alembic(way, "upgrade", "head"), environment, project.home / way)


def _write_history(folder: Path, revisions: int) -> None:
    folder.mkdir()
    before = None
    for number in range(revisions):
        body = _BODIES[number % len(_BODIES)].format(n=number, t=number - number % len(_BODIES))
        name = f"{number:012}"
        (folder / f"{name}.py").write_text(_REVISION.format(number=name, before=before, body=body))
        before = name


def markdown(row: Deployed) -> str:
    """Seconds, and how many times what stock takes."""
    psql, stock, ours = (row.usage[way] for way in WAYS)
    lines = (
        "| revisions | psql, the same SQL | stock | trueline | trueline to stock | processor: stock | trueline |",
        "|--:|--:|--:|--:|--:|--:|--:|",
        f"| {row.revisions} | {psql.seconds:.2f} s | {stock.seconds:.2f} s | {ours.seconds:.2f} s "
        f"| {ours.seconds / stock.seconds:.2f} | {stock.processor:.2f} s | {ours.processor:.2f} s |",
    )
    return "\n".join(lines)
