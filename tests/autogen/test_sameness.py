"""That nothing differs is remembered, and never once too often."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.acceptance.project import Project, new_project
from trueline.catalog.snapshot import catalog_of
from trueline.objects import ReferenceRows


@pytest.fixture
def metadata() -> sa.MetaData:
    metadata = sa.MetaData()
    plans = sa.Table("plans", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
    sa.Index("ix", plans.c.name)
    return metadata


@pytest.fixture
def project(metadata: sa.MetaData, tmp_path: Path, empty_database_url: str) -> Project:
    return new_project(tmp_path, empty_database_url, metadata, f'cache = "{tmp_path / "cache"}"\n')


@pytest.fixture
def catalogs(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows with every catalog that a comparison makes of the live database."""
    made: list[object] = []

    def counted(*given: object) -> object:
        made.append(given)
        return catalog_of(*given)  # type: ignore[arg-type] # passed on as given

    monkeypatch.setattr("trueline.autogen.compare.catalog_of", counted)
    return made


def test_a_second_check_makes_no_catalog(project: Project, catalogs: list[object]) -> None:
    """Of a database and models that were the same a moment ago only the rows are fetched."""
    project.written()
    assert not project.check().failed
    catalogs.clear()
    assert not project.check().failed
    assert not catalogs


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("ALTER TABLE plans ADD COLUMN x integer", "ALTER TABLE plans DROP COLUMN x"),
        ("ALTER INDEX ix SET (fillfactor = 70)", "ALTER INDEX ix RESET (fillfactor)"),
        ("COMMENT ON COLUMN plans.name IS 'x'", "COMMENT ON COLUMN plans.name IS NULL"),
        ("CREATE VIEW v AS SELECT 1 AS x", "DROP VIEW v"),
    ],
)
def test_a_change_by_hand_is_seen_after_all(project: Project, there: str, back: str) -> None:
    """What differs after a quiet check is reported, each time, until it is gone."""
    project.written()
    for _ in range(2):
        assert not project.check().failed
        project.execute(there)
        assert project.check().failed
        assert project.check().failed
        project.execute(back)
        assert not project.check().failed


def test_models_that_change_are_seen(project: Project, metadata: sa.MetaData) -> None:
    """A column that the models have gained since the last check is reported."""
    project.written()
    assert not project.check().failed
    metadata.tables["plans"].append_column(sa.Column("new", sa.Text))
    assert project.check().failed


def test_reference_rows_are_looked_at_each_time(project: Project, metadata: sa.MetaData) -> None:
    """A row that somebody changes is seen though every catalog is the same; put back, it is quiet again."""
    ReferenceRows(metadata.tables["plans"], ("id",), [{"id": 1, "name": "one"}])
    project.written()
    assert not project.check().failed
    project.execute("UPDATE plans SET name = 'two'")
    assert "rows" in project.check().text
    project.execute("UPDATE plans SET name = 'one'")
    assert not project.check().failed


def test_findings_are_told_each_time(project: Project, metadata: sa.MetaData, caplog: pytest.LogCaptureFixture) -> None:
    """What is wrong with the models is said by every check, though nothing differs."""
    sa.Index("ix_again", metadata.tables["plans"].c.name)
    sa.Index("ix_again", metadata.tables["plans"].c.name)
    project.written()
    for _ in range(3):
        caplog.clear()
        assert not project.check().failed
        assert "declared twice" in caplog.text


def test_it_is_kept_nowhere_where_nothing_is_kept(
    metadata: sa.MetaData, tmp_path: Path, empty_database_url: str, catalogs: list[object]
) -> None:
    """Without a cache the database is made a catalog of each time."""
    project = new_project(tmp_path, empty_database_url, metadata, 'cache = "off"\n')
    project.written()
    assert not project.check().failed
    catalogs.clear()
    assert not project.check().failed
    assert catalogs
