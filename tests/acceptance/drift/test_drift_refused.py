"""Models of which PostgreSQL refuses a part, or has only another form."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.acceptance.drift.models import NAMING
from tests.acceptance.drift.stories import number, quiet
from tests.acceptance.project import Project, new_project
from trueline.testing import MakeDatabase, Servers


def project_with(root: Path, url: str, *items: sa.schema.SchemaItem) -> Project:
    metadata = sa.MetaData(naming_convention=NAMING)
    sa.Table("t %", metadata, number(), *items)
    return new_project(root, url, metadata)


@pytest.mark.parametrize("option", ["prove=on", "prove=off"])
def test_a_revision_without_what_is_refused_is_not_complete(
    tmp_path: Path, empty_database_url: str, option: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is told that it is proved: the command fails, and says with the file what is missing, where, and why."""
    project = project_with(tmp_path, empty_database_url, sa.CheckConstraint("unknown(id) > 0", name="c"))
    with caplog.at_level(logging.INFO):
        said = project.revision(option)
    assert said.failed
    assert "proved" not in caplog.text
    refusal = "function unknown(integer) does not exist"
    for text in (said.text, project.revisions[0].read_text(encoding="utf-8")):
        assert text.count(refusal) == 1
        assert 'check constraint "ck_t %_c"' in text or "ck_t %_c" in text
    assert refusal not in caplog.text
    assert "remove the revision and write it again" in said.text
    project.upgrade()
    checked = project.check()
    assert checked.failed
    assert checked.line("! model", refusal) is not None, checked.text


def test_what_is_virtual_is_stored_where_nothing_else_is_known(
    tmp_path: Path,
    trueline_servers: Servers,
    make_database: MakeDatabase,
    caplog: pytest.LogCaptureFixture,
    recwarn: pytest.WarningsRecorder,
) -> None:
    """Once in each command, with the way out; the models stay what they are."""
    column = sa.Column("v", sa.Integer, sa.Computed("id * 2", persisted=False))
    unsaid = sa.Column("w", sa.Integer, sa.Computed("id * 3"))
    project = project_with(tmp_path, make_database(trueline_servers(16)), column, unsaid)
    done = project.revision()
    assert not done.failed, done.text
    assert caplog.text.count('column public."t %".v is declared as VIRTUAL, which PostgreSQL 16 has not got') == 1
    assert "fix: Computed(…, persisted=True)" in caplog.text
    assert "public.w" not in caplog.text
    assert not project.upgrade().failed
    caplog.clear()
    assert quiet(project)
    assert caplog.text.count("is declared as VIRTUAL") == 1
    assert column.computed is not None
    assert column.computed.persisted is False
    assert project.rows("SELECT attgenerated::text FROM pg_attribute WHERE attname IN ('v', 'w')") == [("s",), ("s",)]
    assert not recwarn.list
