"""A whole small project whose history is in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.looking.drive import Git, Project, new_project, versioned

ENV = """\
import sqlalchemy as sa
from trueline import ReferenceRows
from trueline.env import run_migrations

metadata = sa.MetaData()
kinds = sa.Table("kinds", metadata, sa.Column("code", sa.Text, primary_key=True), sa.Column("label", sa.Text))
ReferenceRows(kinds, key=("code",), rows=[{"code": "a", "label": "A"}])
sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Text))
run_migrations(metadata)
"""

KINDS = """
op.create_table("kinds", sa.Column("code", sa.Text, primary_key=True), sa.Column("label", sa.Text))
op.execute("INSERT INTO kinds VALUES ('a', 'A')")
"""
TABLE = 'op.create_table("t", sa.Column("id", sa.Integer, primary_key=True))'
COLUMN = 'op.add_column("t", sa.Column("a", sa.Text))'


@pytest.fixture
def project(
    tmp_path: Path, any_empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """Three revisions that lead to the models, and back."""
    made = new_project(tmp_path, any_empty_url, monkeypatch, capsys)
    made.settings('cache = "off"', "connect_retries = 0", 'models = "shop.models"')
    (made.root / "migrations" / "env.py").write_text(ENV, "utf-8")
    made.add("r1", KINDS, 'op.drop_table("kinds")')
    made.add("r2", TABLE, 'op.drop_table("t")', down="r1")
    made.add("r3", COLUMN, 'op.drop_column("t", "a")', down="r2")
    return made


@pytest.fixture
def git(project: Project) -> Git:
    """Version control of the project, with all that is there as its main."""
    return versioned(project)
