"""Stories of schemas and extensions that somebody made before a revision could."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tests.acceptance.drift.stories import Declare, Tell, number, quiet
from tests.acceptance.project import Project, plain_url
from trueline.objects import Extension
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

SCHEMA = 'by "hand" %s'
THERE = (
    "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'by%' "
    "UNION SELECT extname FROM pg_extension WHERE extname = 'vector'"
)


def needing() -> Declare:
    def declare(metadata: sa.MetaData) -> None:
        sa.Table("t", metadata, number(), schema=SCHEMA)
        Extension("vector", metadata=metadata)

    return declare


@pytest.fixture
def make_by_hand() -> str:
    quoted = '"' + SCHEMA.replace('"', '""') + '"'
    return f"CREATE SCHEMA {quoted}; CREATE EXTENSION vector"


def test_what_was_there_before_stays_after_the_downgrade(told: Tell, make_by_hand: str) -> None:
    """The revision makes it elsewhere, says that it stays, and is proved."""
    project = told(needing())
    project.execute(make_by_hand)
    text = project.written()
    assert "op.create_schema(" in text
    assert "op.create_extension('vector'" in text
    assert "stays: it was there before this revision" in text
    assert quiet(project)
    assert not project.downgrade("base").failed
    assert sorted(project.rows(THERE)) == [(SCHEMA,), ("vector",)]


def test_what_a_revision_made_goes(told: Tell) -> None:
    """Nothing of it is left."""
    project = told(needing())
    assert "if_made=True" in project.written()
    assert not project.downgrade("base").failed
    assert project.rows(THERE) == []


@pytest.mark.parametrize("by", ["alembic", "sql"])
def test_in_another_database_it_was_there_before(
    told: Tell, trueline_server: Server, make_database: MakeDatabase, make_by_hand: str, by: str
) -> None:
    """The same revision leaves it alone where a DBA has made it before the first upgrade."""
    project = told(needing())
    project.written()
    other = replace(project, url=make_database(trueline_server))
    other.execute(make_by_hand)
    assert not other.upgrade().failed
    back(other, by)
    assert sorted(other.rows(THERE)) == [(SCHEMA,), ("vector",)]
    assert other.rows("SELECT 1 FROM pg_class WHERE relname = 't' AND relkind = 'r'") == []
    back(project, by)
    assert project.rows(THERE) == []


def back(project: Project, by: str) -> None:
    if by == "alembic":
        said = project.downgrade("base")
        assert not said.failed, said.text
    else:
        project.execute(project.sql(down_from="r001"))


def test_what_belongs_to_somebody_else_stays(
    told: Tell, tmp_path: Path, trueline_server: Server, make_database: MakeDatabase
) -> None:
    """Even when it was made after Alembic's table: the role could not drop it."""
    told(needing()).written()
    url = make_database(trueline_server)
    with psycopg.connect(plain_url(url), autocommit=True) as connection:
        database = connection.info.dbname
        connection.execute("DROP ROLE IF EXISTS trueline_deployer")
        connection.execute("CREATE ROLE trueline_deployer LOGIN")
        connection.execute(f'GRANT CREATE ON DATABASE "{database}" TO trueline_deployer'.encode())
        connection.execute("GRANT CREATE ON SCHEMA public TO trueline_deployer")
    try:
        own = sa.make_url(url).set(username="trueline_deployer").render_as_string(hide_password=False)
        project = Project(tmp_path, own, told(needing()).metadata)
        admin = replace(project, url=url)
        admin.execute("SET ROLE trueline_deployer; CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        quoted = '"' + SCHEMA.replace('"', '""') + '"'
        admin.execute(
            f"CREATE SCHEMA {quoted}; GRANT ALL ON SCHEMA {quoted} TO trueline_deployer; CREATE EXTENSION vector"
        )
        assert not project.upgrade().failed
        said = project.downgrade("base")
        assert not said.failed, said.text
        assert sorted(project.rows(THERE)) == [(SCHEMA,), ("vector",)]
    finally:
        with psycopg.connect(plain_url(url), autocommit=True) as connection:
            connection.execute("DROP OWNED BY trueline_deployer")
            connection.execute("DROP ROLE trueline_deployer")
