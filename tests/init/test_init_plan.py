"""What ``trueline init`` plans, writes and says in an empty folder; its templates."""

import stat
import tomllib
from pathlib import Path

import pytest

from tests.init.drive import created, init, tree
from trueline.init.plan import plan
from trueline.init.project import look_at
from trueline.init.report import report
from trueline.init.template import render

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("template", "own"),
    [
        ("alembic.ini", "alembic.ini"),
        ("env.py", "migrations/env.py"),
        ("script.py.mako", "migrations/script.py.mako"),
    ],
)
def test_the_repository_is_set_up_from_the_same_templates(template: str, own: str) -> None:
    """This repository's own files are what init writes for its models."""
    written = render(template, models="app.models", migrations="migrations", source="")
    assert (ROOT / own).read_text() == written, f"change {own} and trueline/init/templates/{template}.in together"


def test_a_template_that_misses_a_value_is_not_written() -> None:
    """A place that no value was given for is an error, not an empty text."""
    with pytest.raises(KeyError, match="models"):
        render("env.py")


def test_an_empty_folder_gets_everything(tmp_path: Path) -> None:
    """Everything that a project needs is created, and nothing is left to be changed by hand."""
    planned = init(tmp_path)
    assert created(planned) == {
        "alembic.ini",
        "migrations/env.py",
        "migrations/script.py.mako",
        "migrations/versions/.gitkeep",
        "app/__init__.py",
        "app/models/__init__.py",
        "app/models/note.py",
        "scripts/check",
        ".github/workflows/trueline.yml",
    }
    assert set(tree(tmp_path)) == created(planned) | {"pyproject.toml", ".gitignore"}
    assert planned.kept == ()
    assert planned.by_hand == ()


def test_a_second_run_does_nothing(tmp_path: Path) -> None:
    """Init is idempotent, also where it created everything itself."""
    init(tmp_path, "shop.models", embedded=True)
    before = tree(tmp_path)
    second = init(tmp_path)
    assert (second.files, second.additions, second.by_hand) == ((), (), ())
    assert tree(tmp_path) == before
    assert "nothing to create" in report(second, cwd=tmp_path)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """What would be done is said and not done."""
    text = report(plan(look_at(tmp_path, None, embedded=False)), dry_run=True, cwd=tmp_path)
    assert "would be created\n  alembic.ini" in text
    assert "would be added to\n  pyproject.toml" in text
    assert tree(tmp_path) == {}


def test_the_gate_can_be_executed(tmp_path: Path) -> None:
    """scripts/check is executable, as far as the umask allows."""
    init(tmp_path)
    assert (tmp_path / "scripts/check").stat().st_mode & stat.S_IXUSR
    assert not (tmp_path / "alembic.ini").stat().st_mode & stat.S_IXUSR


def test_models_can_have_another_name(tmp_path: Path) -> None:
    """The package is named in env.py, in its own discovery and in the settings."""
    init(tmp_path, "shop.db.tables")
    assert (tmp_path / "migrations/env.py").read_text().startswith("from shop.db.tables import metadata\n")
    assert 'discover("shop.db.tables")' in (tmp_path / "shop/db/tables/__init__.py").read_text()
    assert tomllib.loads((tmp_path / "pyproject.toml").read_text()) == {
        "tool": {"trueline": {"models": "shop.db.tables", "embedded": False}}
    }
    assert (tmp_path / "shop/__init__.py").exists()
    assert (tmp_path / "shop/db/__init__.py").exists()


def test_a_single_name_is_a_package_too(tmp_path: Path) -> None:
    """Models need not lie inside another package."""
    planned = init(tmp_path, "tables")
    assert {"tables/__init__.py", "tables/note.py"} <= created(planned)


def test_what_comes_next_is_numbered(tmp_path: Path) -> None:
    """The report ends with commands to type, in order."""
    text = report(init(tmp_path), cwd=tmp_path)
    assert [line.strip() for line in text.partition("next\n")[2].splitlines()] == [
        "1. pip install 'trueline[embedded]'   # and add it to the project's dependencies",
        "2. export DATABASE_URL=postgresql://user:password@host:5432/database",
        "# or set embedded = true in pyproject.toml, [tool.trueline]",
        '3. alembic revision --autogenerate -m "what changes"',
        "4. alembic upgrade head",
        "5. ./scripts/check   # the same gate that CI runs",
    ]


def test_embedded_needs_no_url(tmp_path: Path) -> None:
    """Who chose the embedded server is not asked for DATABASE_URL, and the choice is written down."""
    text = report(init(tmp_path, embedded=True), cwd=tmp_path)
    assert "DATABASE_URL" not in text.partition("next\n")[2]
    assert tomllib.loads((tmp_path / "pyproject.toml").read_text())["tool"]["trueline"]["embedded"] is True


def test_another_folder_comes_first(tmp_path: Path) -> None:
    """From elsewhere the first step is to go there, quoted for the shell."""
    project = tmp_path / "my project"
    project.mkdir()
    assert f"1. cd '{project}'" in report(init(project), cwd=tmp_path)
