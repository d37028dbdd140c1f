"""A deploy whose schema, table and columns have names that a driver could misread."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.looking.drive import new_project

ASKS = """
with op.get_context().autocommit_block():
    op.execute("CREATE TABLE gate (id int)")
    row = op.get_bind().execute(sa.text('SELECT 7 AS "a%b\\\\:c"')).one()
    op.execute("SELECT 1 / (SELECT count(*) FROM gate)")
    op.execute(f"INSERT INTO gate VALUES ({row[0]})")
"""


def test_a_percent_sign_is_one(
    tmp_path: Path, any_empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the schema of the ledger, the name of the version table, and a column that a revision asked for."""
    project = new_project(tmp_path, any_empty_url, monkeypatch, capsys)
    project.settings('version_schema = "100 %s"')
    project.env(', version_table="versions %"')
    project.add("r1", ASKS)
    assert "division by zero" in project.alembic("upgrade", "head").out
    project.run("INSERT INTO gate VALUES (1)")
    said = project.alembic("upgrade", "head")
    assert said.code == 0, said.out + said.err
    with project.connect() as connection:
        assert connection.execute("SELECT array_agg(id ORDER BY id) FROM gate").fetchone() == ([1, 7],)
        assert connection.execute('SELECT version_num FROM "100 %s"."versions %"').fetchone() == ("r1",)
    assert project.alembic("downgrade", "base").code == 0
    assert len(project.trueline("history").out.splitlines()) == 4
