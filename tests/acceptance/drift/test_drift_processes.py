"""The same with ``alembic`` itself, as somebody types it: exit codes, output, one project from empty to drift."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tests.acceptance.project import ROOT, Project, plain_url
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

MODELS = """
    import enum
    from datetime import date, datetime, time, timedelta
    from decimal import Decimal
    from uuid import UUID

    from sqlmodel import Column, Index, UniqueConstraint
    from sqlalchemy import JSON, CheckConstraint, Computed
    from trueline import Field, Model, Relationship, SoftDelete, Timestamps, UuidKey

    class Kind(enum.StrEnum):
        "What a booking is."
        TABLE = "table"
        ROOM = "the room"

    class Station(Timestamps, Model, table=True):
        "A place that takes bookings."
        __table_args__ = (UniqueConstraint("name", "opened"), {"schema": "identity"})
        id: int | None = Field(default=None, primary_key=True)
        name: str = Field(max_length=40, min_length=1, index=True, description="It's 100% :x")
        slug: str = Field(pattern=r"^[a-z0-9-]+$", unique=True, max_length=20)
        rating: int = Field(ge=1, le=5)
        price: Decimal = Field(max_digits=10, decimal_places=2, gt=0)
        share: float = Field(default=0.5, ge=0, le=1)
        opened: date
        closes: time | None = None
        seen: datetime | None = None
        stay: timedelta | None = None
        active: bool = True
        kind: Kind = Kind.TABLE
        blob: bytes | None = None
        extra: dict | None = Field(default=None, sa_type=JSON)

    class Booking(UuidKey, SoftDelete, Model, table=True):
        "Somebody comes."
        __table_args__ = {"schema": "core"}
        station_id: int = Field(foreign_key="identity.station.id", ondelete="CASCADE", index=True)
        parent_id: UUID | None = Field(default=None, foreign_key="core.booking.id")
        guests: int = Field(gt=0, lt=100)
        kind: Kind
        note: str = ""

"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def project(any_server: Server, make_database: MakeDatabase, tmp_path: Path) -> Project:
    root = tmp_path / "my project"
    (root / "app" / "models").mkdir(parents=True)
    (root / "migrations" / "versions").mkdir(parents=True)
    for name in ("alembic.ini", "migrations/env.py", "migrations/script.py.mako"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    (root / "app" / "__init__.py").touch()
    (root / "app" / "models" / "__init__.py").write_text(
        "from trueline import discover\n\nmetadata = discover(__name__)\n"
    )
    (root / "app" / "models" / "bookings.py").write_text(dedent(MODELS))
    (root / "pyproject.toml").write_text("[tool.trueline]\nembedded = false\n")
    import sqlalchemy as sa

    return Project(root, make_database(any_server), sa.MetaData())


@pytest.fixture
def run(project: Project) -> Run:
    """Runs ``alembic`` in the project, or another program, as a terminal would."""

    def alembic(*arguments: str, fails: bool = False, program: str = "alembic") -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "DATABASE_URL": plain_url(project.url), "PYTHONPATH": ""}
        command = [sys.executable, "-m", program, *arguments]
        done = subprocess.run(command, cwd=project.root, env=env, capture_output=True, text=True, check=False)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return alembic


def test_models_are_clean_after_their_revision(run: Run) -> None:
    """What SQLModel can declare, on every version of PostgreSQL."""
    run("revision", "--autogenerate", "-m", "first")
    run("upgrade", "head")
    assert "No new upgrade operations detected" in run("check").stdout


BY_HAND = """
    CREATE FUNCTION core.doubled(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n * 2';
    CREATE FUNCTION core.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER touched BEFORE INSERT ON core.booking FOR EACH ROW EXECUTE FUNCTION core.touch();
    CREATE VIEW core.seen AS SELECT id, guests FROM core.booking WHERE note <> '100% :x';
    CREATE MATERIALIZED VIEW core.kept AS SELECT guests FROM core.seen;
    CREATE INDEX kept_ix ON core.kept (guests);
    CREATE POLICY own ON core.booking USING (note = current_user);
    ALTER TABLE core.booking ENABLE ROW LEVEL SECURITY;
    CREATE SEQUENCE core.tickets START 7;
    CREATE DOMAIN core.email AS text CHECK (VALUE LIKE '%@%');
    CREATE TYPE core.pair AS (x integer, y text);
    CREATE STATISTICS core.both ON guests, note FROM core.booking;
    CREATE RULE loud AS ON DELETE TO core.booking DO ALSO NOTHING;
    COMMENT ON SCHEMA core IS 'the core';
    COMMENT ON TYPE core.kind IS 'a kind';
    COMMENT ON CONSTRAINT pk_booking ON core.booking IS 'a key';
    COMMENT ON SEQUENCE identity.station_id_seq IS 'a sequence';
    COMMENT ON DOMAIN core.email IS 'a domain';
    COMMENT ON COLUMN core.pair.x IS 'an attribute';
    COMMENT ON COLUMN core.seen.id IS 'a column';
    COMMENT ON INDEX core.kept_ix IS 'an index';
"""


def test_declarations_make_the_check_quiet(project: Project, any_server: Server, run: Run) -> None:
    """What raw SQL made is declared by one command; from then on its drift is seen and written away, too."""
    if any_server.version < 18:
        pytest.skip("one version will do")
    run("revision", "--autogenerate", "-m", "first")
    run("upgrade", "head")
    project.execute(BY_HAND)
    assert "undeclared" in run("check", fails=True).stdout
    run("declare", program="trueline")
    run("check")
    project.execute(
        "DROP MATERIALIZED VIEW core.kept; DROP FUNCTION core.doubled; ALTER VIEW core.seen SET (security_barrier)"
    )
    seen = run("check", fails=True).stdout
    for name in ("core.kept", "core.doubled", "core.seen"):
        assert name in seen
    run("-x", "prove=off", "revision", "--autogenerate", "-m", "second")
    run("upgrade", "head")
    run("check")


RAW = """
from alembic import op

revision = "raw"
down_revision = branch_labels = depends_on = None


def upgrade():
    op.get_bind().exec_driver_sql(
        "CREATE SCHEMA core;"
        "CREATE FUNCTION core.next() RETURNS text LANGUAGE sql AS 'SELECT 1';"
        "COMMENT ON FUNCTION core.next() IS 'by hand';"
        "CREATE DOMAIN core.mail AS text CONSTRAINT has_at CHECK (VALUE LIKE '%%@%%');"
        "CREATE TYPE core.pair AS (x integer, y core.mail); CREATE TABLE core.old (id integer PRIMARY KEY);"
        "CREATE TABLE core.t (id integer NOT NULL CONSTRAINT pk_t PRIMARY KEY, n text DEFAULT core.next(),"
        " m core.mail, p core.pair, old integer CONSTRAINT fk_t_old_old REFERENCES core.old);"
    )


def downgrade():
    op.execute("DROP SCHEMA core CASCADE")
"""

NEEDY = """
    import sqlalchemy as sa
    from trueline import metadata
    from trueline.types import PgType

    sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("n", sa.Text, server_default=sa.text("core.next()")),
        sa.Column("m", PgType("core.mail")),
        sa.Column("p", PgType("core.pair")),
        sa.Column("old", sa.Integer),
        schema="core",
    )
    sa.event.listen(
        metadata.tables["core.t"],
        "after_create",
        sa.DDL("ALTER TABLE core.t ADD CONSTRAINT fk_t_old_old FOREIGN KEY (old) REFERENCES core.old (id)"),
    )
"""


def test_what_models_need_and_only_revisions_define_is_declared_too(
    project: Project, any_server: Server, run: Run
) -> None:
    """After ``trueline declare`` no warning and no difference remains: function, domain, composite type, table."""
    if any_server.version < 18:
        pytest.skip("one version will do")
    (project.root / "app" / "models" / "bookings.py").write_text(dedent(NEEDY))
    (project.root / "migrations" / "versions" / "raw.py").write_text(RAW)
    run("upgrade", "head")
    before = run("check", fails=True)
    assert before.stderr.count("taken over from there") == 4, before.stderr
    assert "? comment on function  core.next()" in before.stdout
    run("declare", program="trueline")
    after = run("check")
    assert "taken over" not in after.stderr
    run("revision", "--autogenerate", "-m", "nothing")


def test_a_project_drifts_and_is_brought_back(project: Project, any_server: Server, run: Run) -> None:
    """Models, revision, upgrade, quiet; a change by hand is seen, written away, and quiet again."""
    if any_server.version < 18:
        pytest.skip("one version will do")
    run("check", fails=True)
    run("revision", "--autogenerate", "-m", "first")
    run("upgrade", "head")
    assert "No new upgrade operations detected" in run("check").stdout
    ((index,),) = project.rows("SELECT indexname FROM pg_indexes WHERE indexdef ~ 'booking .*station_id'")
    project.execute(f"DROP INDEX core.{index}; ALTER TABLE core.booking ALTER note SET DEFAULT 'x'")
    seen = run("check", fails=True)
    assert str(index) in seen.stdout + seen.stderr
    assert "core.booking.note" in seen.stdout + seen.stderr
    run("-x", "prove=off", "revision", "--autogenerate", "-m", "second")
    run("upgrade", "head")
    run("check")
    run("downgrade", "base")
    assert project.rows("SELECT 1 FROM pg_namespace WHERE nspname IN ('core', 'identity')") == []
