"""Whole projects that ``trueline init`` has set up, driven by stock ``alembic`` commands in processes of their own."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

STATION = '''
from enum import Enum

from trueline import Field, Model


class Kind(Enum):
    """What a station offers."""

    karaoke = "karaoke"
    arcade = "arcade"


class Station(Model, table=True):
    """A place that can be booked."""

    __tablename__ = "stations"
    __table_args__ = {"schema": "identity"}

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    kind: Kind
'''


@pytest.fixture
def run(empty_database_url: str) -> Run:
    """Run a module of the environment in a project; its output when it succeeds."""
    own = ("TRUELINE_", "DATABASE_URL", "POSTGRES_", "PG", "KUBERNETES_")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    surroundings["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))

    def start(
        project: Path, *command: str, code: int = 0, variables: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        variables = {"DATABASE_URL": empty_database_url} if variables is None else variables
        done = subprocess.run(
            command, cwd=project, env={**surroundings, **variables}, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, f"{done.stdout}\n{done.stderr}"
        return done

    return start


def alembic(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "alembic", *arguments)


def trueline(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "trueline", *arguments)


def goes_up_and_down(run: Run, project: Path) -> str:
    """Every stock command of a revision's life; the revision's text."""
    run(project, *alembic("revision", "--autogenerate", "-m", "first tables"))
    (revision,) = project.rglob("*first_tables*.py")
    assert "applied 1 revision" in run(project, *alembic("upgrade", "head")).stderr
    run(project, *alembic("check"))
    assert "(head)" in run(project, *alembic("current")).stdout
    run(project, *alembic("downgrade", "base"))
    assert run(project, *alembic("current")).stdout.strip() == ""
    run(project, *alembic("upgrade", "head"))
    return revision.read_text()


def test_a_new_project_goes_up_and_down(tmp_path: Path, run: Run) -> None:
    """In an empty folder, whose name has a space, init and a model are all that the stock commands need."""
    project = tmp_path / "my project"
    project.mkdir()
    said = run(project, *trueline("init")).stdout
    assert "alembic revision --autogenerate" in said
    (project / "app/models/station.py").write_text(STATION)
    revision = goes_up_and_down(run, project)
    assert 'op.create_schema("identity")' in revision
    assert 'op.create_enum("kind", ["karaoke", "arcade"]' in revision
    assert '"notes"' in revision
    again = run(project, *trueline("init")).stdout
    assert "nothing to create" in again


def test_the_gate_script_holds_and_breaks(tmp_path: Path, run: Run) -> None:
    """scripts/check passes when the revisions lead to the models, and fails when a model has none."""
    run(tmp_path, *trueline("init"))
    run(tmp_path, *alembic("revision", "--autogenerate", "-m", "notes"))
    elsewhere = tmp_path / "migrations"
    assert "the gate is open" in run(elsewhere, "../scripts/check").stdout
    (tmp_path / "app/models/station.py").write_text(STATION)
    assert "no revision adds table identity.stations" in run(elsewhere, "../scripts/check", code=1).stdout


def test_an_embedded_project_needs_no_url(tmp_path: Path, run: Run) -> None:
    """With --embedded the commands start a PostgreSQL of the project's own, in a folder that git ignores."""
    run(tmp_path, *trueline("init", "--embedded"), variables={})
    run(tmp_path, *alembic("upgrade", "head"), variables={})
    assert (tmp_path / ".trueline").is_dir()
    assert ".trueline/" in (tmp_path / ".gitignore").read_text().splitlines()


@pytest.fixture
def stock_project(tmp_path: Path, run: Run) -> Path:
    """A project as ``alembic init`` leaves it, with a package of SQLModel classes."""
    run(tmp_path, *alembic("init", "alembic"))
    models = tmp_path / "shop" / "models"
    models.mkdir(parents=True)
    (tmp_path / "shop/__init__.py").touch()
    (models / "__init__.py").write_text('"""Models."""\n')
    (models / "item.py").write_text(
        "from sqlmodel import Field, SQLModel\n\n\n"
        "class Item(SQLModel, table=True):\n    id: int | None = Field(default=None, primary_key=True)\n"
    )
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n')
    return tmp_path


def pasted(said: str) -> dict[str, list[str]]:
    """The lines to paste that a report has for each file."""
    found: dict[str, list[str]] = {}
    for path, lines in re.findall(r"to change by hand: (\S+)\n  [^\n]+:\n\n((?:(?:    [^\n]*)?\n)+)", f"{said}\n"):
        found.setdefault(path, []).append(re.sub(r"(?m)^    ", "", lines).strip() + "\n")
    return found


def set_values(ini: Path, lines: str) -> None:
    """Do as a person does who sets values in sections that are there or not."""
    for section, body in re.findall(r"(?m)^\[(\w+)\]\n((?:[^\[\n].*\n)+)", lines):
        text = ini.read_text()
        if f"[{section}]" not in text:
            ini.write_text(f"{text}\n[{section}]\n{body}")
            continue
        for line in body.splitlines():
            before, header, after = text.partition(f"[{section}]\n")
            own, bracket, rest = after.partition("\n[")
            kept = re.sub(rf"(?m)^{re.escape(line.split(' =')[0])} *=.*\n", "", own)
            text = f"{before}{header}{line}\n{kept}{bracket}{rest}"
        ini.write_text(text)


def test_a_stock_project_works_once_the_lines_are_pasted(stock_project: Path, run: Run) -> None:
    """What init prints for files that are there is all that has to be changed in them."""
    kept = {path: (stock_project / path).read_bytes() for path in ("alembic.ini", "alembic/env.py")}
    said = run(stock_project, *trueline("init", "--models", "shop.models")).stdout
    assert {path: (stock_project / path).read_bytes() for path in kept} == kept
    lines = pasted(said)
    assert set(lines) == {"alembic.ini", "alembic/env.py", "alembic/script.py.mako", "shop/models/__init__.py"}
    (stock_project / "alembic/env.py").write_text(lines["alembic/env.py"][0])
    template = stock_project / "alembic/script.py.mako"
    template.write_text(template.read_text().replace("from alembic import op\n", lines["alembic/script.py.mako"][0]))
    with (stock_project / "shop/models/__init__.py").open("a") as package:
        package.write(lines["shop/models/__init__.py"][0])
    set_values(stock_project / "alembic.ini", lines["alembic.ini"][0])
    (stock_project / "shop/models/station.py").write_text(STATION)
    revision = goes_up_and_down(run, stock_project)
    assert 'op.create_schema("identity")' in revision
    assert "from trueline import op" in revision
    assert "to change by hand: alembic/env.py" not in run(stock_project, *trueline("init")).stdout


def test_a_src_project_works(tmp_path: Path, run: Run) -> None:
    """Models below src are found without installing the project."""
    (tmp_path / "src/shop").mkdir(parents=True)
    (tmp_path / "src/shop/__init__.py").touch()
    run(tmp_path, *trueline("init", "--models", "shop.models"))
    assert '"notes"' in goes_up_and_down(run, tmp_path)


def test_an_error_is_no_traceback(tmp_path: Path, run: Run) -> None:
    """The command exits with 2 and says what is wrong and the way out."""
    done = run(tmp_path, *trueline("init", "--models", "app models"), code=2)
    assert done.stderr.startswith("error: 'app models' is not the dotted name of a package")
    assert "Traceback" not in done.stderr
    done = run(tmp_path, *trueline("init", "--directory", "missing"), code=2)
    assert "fix: mkdir -p" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_changes_nothing(tmp_path: Path, run: Run) -> None:
    """--dry-run says what would be created and leaves the folder empty."""
    assert "would be created" in run(tmp_path, *trueline("init", "--dry-run")).stdout
    assert list(tmp_path.iterdir()) == []


def test_the_gate_script_is_executable(tmp_path: Path, run: Run) -> None:
    """The gate can be started by its path, and is plain POSIX shell."""
    run(tmp_path, *trueline("init"))
    script = tmp_path / "scripts/check"
    assert script.stat().st_mode & stat.S_IXUSR
    run(tmp_path, "sh", "-n", str(script))
