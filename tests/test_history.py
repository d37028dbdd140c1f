"""The reference application's history: every revision goes up, down and up again, on every PostgreSQL here."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.pool import NullPool

from app.models import metadata
from trueline.embedded import find_servers
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

ROOT = Path(__file__).parent.parent
REVISIONS = [
    script.revision for script in ScriptDirectory.from_config(Config(str(ROOT / "alembic.ini"))).walk_revisions()
][::-1]


@contextmanager
def alembic(url: str) -> Iterator[Config]:
    """A configuration for one database; commands print into ``config.stdout``."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        yield Config(str(ROOT / "alembic.ini"), stdout=StringIO(), attributes={"connection": connection})
    engine.dispose()


def dump(server: Server, url: str) -> str:
    """The schema in pg_dump's words, without what differs from run to run, and what trueline keeps for itself."""
    program = find_servers()[server.version] / "pg_dump"
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    arguments = ["-s", "-T", "*.trueline_*", "-d", address]
    done = subprocess.run([program, *arguments], check=True, capture_output=True, text=True)
    return "\n".join(line for line in done.stdout.splitlines() if not line.startswith("\\"))


def test_there_are_several_revisions_in_one_line() -> None:
    """A team wrote them one after the other: one head, no branch."""
    scripts = ScriptDirectory.from_config(Config(str(ROOT / "alembic.ini")))
    assert len(REVISIONS) >= 5
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1


def test_every_revision_goes_up_down_and_up_again(any_server: Server, make_database: MakeDatabase) -> None:
    """Each downgrade leads back to exactly what was there before, each second upgrade to what the first had made."""
    url = make_database(any_server)
    with alembic(url) as config:
        # The version table is there before the first revision and after the last downgrade.
        command.ensure_version(config)
        before = dump(any_server, url)
        for revision in REVISIONS:
            command.upgrade(config, revision)
            after = dump(any_server, url)
            command.downgrade(config, "-1")
            assert dump(any_server, url) == before, f"the downgrade of {revision} leaves a difference"
            command.upgrade(config, revision)
            assert dump(any_server, url) == after, f"the second upgrade to {revision} makes a difference"
            before = after
        command.check(config)


def test_downgrade_base_leaves_nothing_behind(any_server: Server, make_database: MakeDatabase) -> None:
    """No schema, table, type or function is left but Alembic's table and trueline's: what was done is not forgotten."""
    url = make_database(any_server)
    with alembic(url) as config:
        command.upgrade(config, "head")
        command.downgrade(config, "base")
    with psycopg.connect(sa.make_url(url).set(drivername="postgresql").render_as_string(False)) as connection:
        left = connection.execute(
            "SELECT relname FROM pg_class WHERE oid >= 16384 AND relkind <> 't' AND relnamespace <> 99"
            " UNION SELECT nspname FROM pg_namespace WHERE oid >= 16384"
            " UNION SELECT typname FROM pg_type WHERE oid >= 16384 AND typtype <> 'c' AND typcategory <> 'A'"
        ).fetchall()
    assert {name for (name,) in left if not name.startswith("trueline_")} == {"alembic_version", "alembic_version_pkc"}


def test_offline_sql_leads_to_the_same_place(any_server: Server, make_database: MakeDatabase) -> None:
    """`alembic upgrade head --sql`, run by psql, makes the schema that the online upgrade makes, and the rows."""
    online, offline = make_database(any_server), make_database(any_server)
    with alembic(online) as config:
        command.upgrade(config, "head")
    output = StringIO()
    command.upgrade(Config(str(ROOT / "alembic.ini"), output_buffer=output), "head", sql=True)
    address = sa.make_url(offline).set(drivername="postgresql").render_as_string(hide_password=False)
    psql = find_servers()[any_server.version] / "psql"
    subprocess.run([psql, "-q", "-v", "ON_ERROR_STOP=1", address], input=output.getvalue(), check=True, text=True)
    assert dump(any_server, online) == dump(any_server, offline)
    with alembic(offline) as config:
        command.check(config)


def test_the_reference_rows_arrive(database: psycopg.Connection) -> None:
    """The four packages are there with their prices, once."""
    packages = database.execute(
        "SELECT slug, price_monthly::text, display_order FROM billing.subscription_packages ORDER BY display_order"
    ).fetchall()
    assert packages == [
        ("free", "0.00", 1),
        ("standard", "29.99", 2),
        ("premium", "79.99", 3),
        ("enterprise", "299.99", 4),
    ]


def test_every_model_has_its_table(database: psycopg.Connection) -> None:
    """The history creates each table of the metadata, in its schema, and none besides but declared partitions."""
    tables = database.execute(
        "SELECT table_schema || '.' || table_name FROM information_schema.tables"
        " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'public')"
    ).fetchall()
    partitions = database.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhrelid::regclass::text !~ 'pkey|ix_'"
    )
    assert {name for (name,) in tables} - {name for (name,) in partitions} == set(metadata.tables)


def test_no_revision_imports_the_application() -> None:
    """A revision outlives the models of its day."""
    for path in (ROOT / "migrations" / "versions").glob("*.py"):
        assert "import app" not in path.read_text()
        assert "from app" not in path.read_text()


@pytest.mark.parametrize("path", sorted((ROOT / "migrations" / "versions").glob("*.py")), ids=lambda path: path.stem)
def test_a_revision_says_what_it_is(path: Path) -> None:
    """File names sort by time, and each revision has a docstring and both directions."""
    assert path.stem[:8].isdecimal()
    text = path.read_text()
    assert text.startswith('"""')
    assert "def upgrade()" in text
    assert "def downgrade()" in text
