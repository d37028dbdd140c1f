"""``trueline init`` in projects that have something already: what is kept, added to, told about."""

import tomllib
from pathlib import Path, PurePosixPath

import pytest

from tests.init.drive import advice, created, init, tree
from trueline.errors import TruelineError
from trueline.init.plan import plan
from trueline.init.project import look_at
from trueline.init.report import report
from trueline.init.template import render

FOREIGN_INI = """\
[alembic]
script_location = %(here)s/db/history
sqlalchemy.url = postgresql://shop:MARKER-SECRET@db/shop

[loggers]
keys = root, alembic

[logger_root]
level = WARNING
handlers =

[logger_alembic]
level = INFO
handlers =
qualname = alembic
"""


def existing(directory: Path) -> dict[str, bytes]:
    """A project that has everything already, each file in a form of its own."""
    files = {
        "alembic.ini": FOREIGN_INI,
        "db/history/env.py": "from alembic import context\n\ncontext.configure()\n",
        "db/history/script.py.mako": "from alembic import op\n",
        "db/history/versions/0001_first.py": "revision = '1'\ndown_revision = None\n",
        "app/__init__.py": "",
        "app/models/__init__.py": "from sqlalchemy import MetaData\n\nmetadata = MetaData()\n",
        "scripts/check": "#!/bin/sh\nexit 0\n",
        ".github/workflows/trueline.yml": "name: mine\n",
        "pyproject.toml": '[project]\nname = "shop"\nversion = "1"',
        ".gitignore": "*.pyc",
    }
    for path, text in files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text)
    return tree(directory)


def test_nothing_that_exists_is_touched(tmp_path: Path) -> None:
    """Files stay byte for byte; two of them get lines at their end, and nothing else is created."""
    before = existing(tmp_path)
    planned = init(tmp_path)
    after = tree(tmp_path)
    assert planned.files == ()
    assert {path for path in before if after[path] != before[path]} == {"pyproject.toml", ".gitignore"}
    assert all(after[path].startswith(text) for path, text in before.items())
    assert set(after) == set(before)
    assert PurePosixPath("db/history/env.py") in planned.kept


def test_migrations_are_looked_for_where_alembic_does(tmp_path: Path) -> None:
    """What is missing goes into the folder that alembic.ini names."""
    existing(tmp_path)
    (tmp_path / "db/history/env.py").unlink()
    assert created(init(tmp_path)) == {"db/history/env.py"}
    assert not (tmp_path / "migrations").exists()


@pytest.mark.parametrize(
    ("written", "folder"),
    [("alembic", "alembic"), ("%(here)s/a/b", "a/b"), ("shop:migrations", "shop/migrations"), ("./m", "m")],
)
def test_every_form_of_script_location_is_understood(tmp_path: Path, written: str, folder: str) -> None:
    """A folder, one below the ini file, and one inside a package."""
    (tmp_path / "alembic.ini").write_text(f"[alembic]\nscript_location = {written}\n")
    assert f"{folder}/env.py" in created(init(tmp_path))


def test_script_location_in_pyproject_counts(tmp_path: Path) -> None:
    """Alembic's own section of pyproject.toml says where the migrations are when there is no alembic.ini."""
    (tmp_path / "pyproject.toml").write_text('[tool.alembic]\nscript_location = "%(here)s/history"\n')
    init(tmp_path)
    assert (tmp_path / "history/env.py").exists()
    assert "script_location = %(here)s/history\n" in (tmp_path / "alembic.ini").read_text()


def test_what_must_be_changed_by_hand_is_ready_to_paste(tmp_path: Path) -> None:
    """Each file with content of its own comes with the lines that it lacks."""
    existing(tmp_path)
    planned = init(tmp_path)
    assert advice(planned, "db/history/env.py") == render("env.py", models="app.models")
    assert "from trueline import op" in advice(planned, "db/history/script.py.mako")
    assert advice(planned, "app/models/__init__.py").splitlines() == [
        "from trueline import discover",
        "",
        'metadata = discover("app.models")',
    ]
    assert advice(planned, "scripts/check") == "trueline gate"
    ini = advice(planned, "alembic.ini")
    assert "[alembic]\nprepend_sys_path = %(here)s\n" in ini
    assert "hooks = trueline\ntrueline.type = trueline" in ini
    assert "keys = root, alembic, trueline" in ini
    assert "[logger_trueline]" in ini
    text = report(planned, cwd=tmp_path)
    assert "to change by hand: alembic.ini" in text
    assert "1. make the changes above" in text


def test_a_url_in_alembic_ini_is_told_about_and_not_shown(tmp_path: Path) -> None:
    """The line is to be removed; the password in it is not repeated."""
    existing(tmp_path)
    text = report(init(tmp_path), cwd=tmp_path)
    assert "remove sqlalchemy.url" in text
    assert "MARKER-SECRET" not in text


def test_hooks_that_are_there_stay(tmp_path: Path) -> None:
    """The hook is added to the project's own."""
    (tmp_path / "alembic.ini").write_text(
        "[alembic]\nscript_location = m\nprepend_sys_path = .\n[post_write_hooks]\nhooks = black\n"
    )
    lines = advice(init(tmp_path), "alembic.ini")
    assert lines.splitlines()[:2] == ["[post_write_hooks]", "hooks = black, trueline"]
    assert "prepend_sys_path" not in lines


@pytest.mark.parametrize(
    "text",
    [
        "from trueline import metadata\n",
        "from trueline import discover\nmetadata = discover('app.models')\n",
        "from sqlmodel import SQLModel\nmetadata = SQLModel.metadata\n",
        "import trueline\nfrom sqlalchemy import MetaData\nmetadata: MetaData = trueline.metadata\n",
    ],
)
def test_models_that_export_the_one_metadata_are_right(tmp_path: Path, text: str) -> None:
    """Whichever way the package gets at the metadata, nothing is to be changed."""
    (tmp_path / "app/models").mkdir(parents=True)
    (tmp_path / "app/models/__init__.py").write_text(text)
    planned = init(tmp_path)
    assert planned.by_hand == ()
    assert "app/models/note.py" not in created(planned)
    assert (tmp_path / "app/models/__init__.py").read_text() == text


def test_models_in_one_module_are_told_about(tmp_path: Path) -> None:
    """A module app/models.py is kept, and no package is put beside it."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/models.py").write_text("from sqlmodel import SQLModel\n")
    planned = init(tmp_path)
    assert advice(planned, "app/models.py") == "from trueline import metadata"
    assert not (tmp_path / "app/models").exists()


def test_a_folder_of_models_without_init_gets_one(tmp_path: Path) -> None:
    """The folder's modules stay, and its package exports the metadata; no example is put among them."""
    (tmp_path / "app/models").mkdir(parents=True)
    (tmp_path / "app/models/user.py").write_text("x = 1\n")
    planned = init(tmp_path)
    assert "app/models/__init__.py" in created(planned)
    assert "app/models/note.py" not in created(planned)


def test_a_package_below_src_stays_there(tmp_path: Path) -> None:
    """In a src layout models lie below src, and alembic.ini puts src on the path."""
    (tmp_path / "src/shop").mkdir(parents=True)
    (tmp_path / "src/shop/__init__.py").touch()
    planned = init(tmp_path, "shop.models")
    assert "src/shop/models/__init__.py" in created(planned)
    assert "src/__init__.py" not in created(planned)
    assert "prepend_sys_path = %(here)s/src\n" in (tmp_path / "alembic.ini").read_text()


def test_a_module_is_not_hidden_by_a_package(tmp_path: Path) -> None:
    """Where app is a module, a package app would take its place: refused, with another name."""
    (tmp_path / "app.py").write_text("flask = 1\n")
    with pytest.raises(TruelineError, match=r"app\.py is a module") as caught:
        init(tmp_path)
    assert "trueline init --models models" in str(caught.value)
    assert set(tree(tmp_path)) == {"app.py"}


@pytest.mark.parametrize(
    "before", ["[project]\nname = 'x'\n", "[project]\nname = 'x'", "# only this\r\n[a]\r\nb = 1\r\n"]
)
def test_pyproject_keeps_its_text_and_line_ends(tmp_path: Path, before: str) -> None:
    """The section comes after what was there, which stays byte for byte."""
    file = tmp_path / "pyproject.toml"
    file.write_bytes(before.encode())
    init(tmp_path)
    after = file.read_bytes().decode()
    assert after.startswith(before)
    assert tomllib.loads(after)["tool"]["trueline"] == {"embedded": False}
    added = after.removeprefix(before)
    assert ("\r\n" in before) == ("\r\n" in added)
    assert added.count("\n") == added.count("\r\n") or "\r\n" not in before


def test_a_section_that_is_there_stays(tmp_path: Path) -> None:
    """An existing [tool.trueline] is kept, names the models, and what it lacks is told."""
    text = '[tool.trueline]\nmodels = "shop.models"\n'
    (tmp_path / "pyproject.toml").write_text(text)
    assert "shop/models/__init__.py" in created(init(tmp_path))
    assert (tmp_path / "pyproject.toml").read_text() == text
    again = plan(look_at(tmp_path, "other", embedded=True))
    assert advice(again, "pyproject.toml") == 'models = "other"\nembedded = true'


def test_a_tool_table_that_cannot_be_appended_to_is_left_to_the_user(tmp_path: Path) -> None:
    """An inline table allows no further section: the lines are printed instead of breaking the file."""
    text = "tool = { black = { line-length = 100 } }\n"
    (tmp_path / "pyproject.toml").write_text(text)
    planned = init(tmp_path)
    assert (tmp_path / "pyproject.toml").read_text() == text
    assert advice(planned, "pyproject.toml") == 'trueline = { models = "app.models", embedded = false }'


@pytest.mark.parametrize("line", [".trueline", ".trueline/", "/.trueline/", "/.trueline"])
def test_an_ignored_folder_is_not_ignored_twice(tmp_path: Path, line: str) -> None:
    """Every spelling of the line is known."""
    (tmp_path / ".gitignore").write_text(f"*.pyc\n{line}\n")
    init(tmp_path)
    assert (tmp_path / ".gitignore").read_text() == f"*.pyc\n{line}\n"


def test_a_dangling_link_is_kept(tmp_path: Path) -> None:
    """A link that leads nowhere is somebody's: nothing is written through it."""
    (tmp_path / "alembic.ini").symlink_to(tmp_path / "elsewhere" / "alembic.ini")
    assert "alembic.ini" not in created(init(tmp_path))
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    ("file", "text", "command"),
    [
        ("requirements.txt", "", 'pip install "trueline[embedded]" -r requirements.txt\n'),
        ("setup.py", "", 'pip install "trueline[embedded]" -e .\n'),
        ("pyproject.toml", '[project]\nname = "x"\n', 'pip install "trueline[embedded]" -e .\n'),
        ("pyproject.toml", "[tool.black]\n", 'pip install "trueline[embedded]"\n'),
    ],
)
def test_the_workflow_installs_what_the_project_has(tmp_path: Path, file: str, text: str, command: str) -> None:
    """Requirements and the project itself are installed where there are such."""
    (tmp_path / file).write_text(text)
    init(tmp_path)
    assert command in (tmp_path / ".github/workflows/trueline.yml").read_text()


def test_a_part_of_a_larger_repository_is_told_where_its_workflow_belongs(tmp_path: Path) -> None:
    """GitHub reads workflows at the root only, so the file is to be moved there."""
    (tmp_path / ".git").mkdir()
    part = tmp_path / "services" / "billing"
    part.mkdir(parents=True)
    lines = advice(init(part), ".github/workflows/trueline.yml")
    assert "working-directory: services/billing" in lines


def test_revisions_that_are_there_are_applied_first(tmp_path: Path) -> None:
    """Autogenerate refuses a database behind head, so the upgrade comes before the next revision too."""
    existing(tmp_path)
    text = report(init(tmp_path), cwd=tmp_path).partition("next\n")[2]
    assert text.index("alembic upgrade head") < text.index("alembic revision")
