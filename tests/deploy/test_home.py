"""A schema of the project's choice for what Alembic and trueline keep."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.project import Project
from tests.deploy.small import TABLE, history, write

SETTINGS = "version_schema = 'Odd \"one\"'\n"

KEPT = """
SELECT relnamespace::regnamespace::text, relname FROM pg_class WHERE relname ~ '^(alembic|trueline)_' AND relkind = 'r'
"""


def homes(project: Project) -> set[object]:
    """Schemas of the tables that are kept."""
    return {schema for schema, _ in project.rows(KEPT)}


def test_it_is_made_where_it_is_missing(any_empty_url: str, tmp_path: Path) -> None:
    """The first deploy makes the schema; the check sees none of it, nor a difference."""
    project = history(tmp_path, any_empty_url, ("pass", "pass"), settings=SETTINGS)
    assert not (done := project.upgrade()).failed, done.text
    assert homes(project) == {'"Odd ""one"""'}
    assert not (checked := project.check()).failed, checked.text
    assert not (gone := project.downgrade("base")).failed, gone.text
    assert homes(project) == {'"Odd ""one"""'}


def test_what_was_kept_elsewhere_is_moved(any_empty_url: str, tmp_path: Path) -> None:
    """A project that chooses later loses nothing: until the next deploy the old place is read."""
    project = history(tmp_path, any_empty_url, TABLE)
    assert not project.upgrade().failed
    (tmp_path / "pyproject.toml").write_text(f"[tool.trueline]\nembedded = false\n{SETTINGS}", encoding="utf-8")
    checked = project.check("drop-undeclared=all")
    assert checked.line("table", "public.t") is not None, checked.text
    assert homes(project) == {"public"}
    write(project, "r002", "r001", 'op.drop_table("t")')
    assert not (done := project.upgrade()).failed, done.text
    assert homes(project) == {'"Odd ""one"""'}
    assert project.rows('SELECT version_num FROM "Odd ""one""".alembic_version') == [("r002",)]
    assert project.rows('SELECT revision FROM "Odd ""one""".trueline_revision ORDER BY id') == [("r001",), ("r002",)]


def test_a_script_makes_it(any_empty_url: str, tmp_path: Path) -> None:
    """--sql from an empty database makes the schema before it uses it."""
    project = history(tmp_path, any_empty_url, TABLE, settings=SETTINGS)
    for statement in project.sql().split(";\n"):
        project.execute(statement)
    assert homes(project) == {'"Odd ""one"""'}
