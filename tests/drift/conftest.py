"""A whole small project whose models, revisions and database agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.looking.drive import Git, Project, new_project, versioned

ENV = """\
import sqlalchemy as sa
from trueline.declared import origin
from trueline.env import run_migrations

metadata = sa.MetaData()
origin.watch(metadata)
sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Text))
run_migrations(metadata)
"""

TABLE = 'op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Text))'


@pytest.fixture
def project(
    tmp_path: Path, any_empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """One revision, and the database at it."""
    made = new_project(tmp_path, any_empty_url, monkeypatch, capsys)
    (made.root / "migrations" / "env.py").write_text(ENV, "utf-8")
    made.add("r1", TABLE, 'op.drop_table("t")')
    assert made.alembic("upgrade", "head").code == 0
    return made


@pytest.fixture
def git(project: Project) -> Git:
    """Version control of the project, with all that is there in it."""
    return versioned(project)
