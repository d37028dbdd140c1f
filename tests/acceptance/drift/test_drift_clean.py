"""No false positive: what every kind of declaration leads to is what the check takes for right."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.acceptance.drift.everything import SCHEMA, everything
from tests.acceptance.drift.models import NAMING
from tests.acceptance.project import Project, new_project
from trueline.catalog.render.words import name
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server


@pytest.fixture(params=[NAMING, {}], ids=["convention", "names-of-postgresql"])
def naming(request: pytest.FixtureRequest) -> dict[str, str]:
    given: dict[str, str] = request.param
    return given


@pytest.fixture
def project(naming: dict[str, str], empty_database_url: str, tmp_path: Path) -> Project:
    return new_project(tmp_path, empty_database_url, everything(naming))


def test_everything_is_clean_after_its_revision(naming: dict[str, str], any_empty_url: str, tmp_path: Path) -> None:
    """Every type, default, constraint and index that SQLAlchemy can declare: upgraded, the check is quiet."""
    project = new_project(tmp_path, any_empty_url, everything(naming))
    text = project.written()
    checked = project.check()
    assert not checked.failed, checked.text + text
    assert "No new upgrade operations detected" in checked.text


@pytest.fixture
def created(project: Project) -> Project:
    engine = sa.create_engine(project.url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(SCHEMA))
        project.metadata.create_all(connection)
    engine.dispose()
    return project


def test_a_database_that_create_all_made_is_clean(created: Project) -> None:
    """Whatever SQLAlchemy itself makes of the models is no difference."""
    checked = created.check()
    assert not checked.failed, checked.text


def test_everything_comes_by_offline_sql_and_goes(
    project: Project, trueline_server: Server, make_database: MakeDatabase
) -> None:
    """What ``--sql`` writes, run in another database, is clean there too; the way back leaves that database empty."""
    done = project.revision()
    assert not done.failed, done.text
    other = Project(project.root, make_database(trueline_server), project.metadata)
    other.execute(project.sql())
    checked = other.check()
    assert not checked.failed, checked.text
    gone = other.downgrade("base")
    assert not gone.failed, gone.text
    assert (
        other.rows("SELECT relname FROM pg_class WHERE oid >= 16384 AND relname !~ '^(pg_toast|alembic|trueline)'")
        == []
    )
    assert other.rows("SELECT typname FROM pg_type WHERE oid >= 16384 AND typname !~ 'alembic|trueline'") == []


def test_the_schema_is_quoted_in_what_is_said(project: Project) -> None:
    """A name with a space and upper case reads as one writes it in SQL."""
    assert project.check().line(name(SCHEMA), "types") is not None
