"""``trueline declare``: where it writes, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import trueline.autogen.undeclared
from tests.catalog.test_copies import run
from tests.objects.drive import read
from tests.objects.test_write import SHOP, chosen
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject
from trueline.cli import main

Found = tuple[tuple[CatalogObject, ...], Catalog]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a package of models."""
    (tmp_path / "app" / "models").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def undeclared(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A database with things that no model declares, and what was in the module when they were looked for."""
    run(empty_database_url, SHOP)
    catalog = read(empty_database_url)
    seen: list[str] = []

    def find(_settings: object) -> Found:
        module = Path("app/models/undeclared.py")
        seen.append(module.read_text(encoding="utf-8") if module.exists() else "")
        return tuple(chosen(catalog)), catalog

    monkeypatch.setattr(trueline.autogen.undeclared, "find_undeclared", find, raising=False)
    return seen


def declare(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        main(["declare", *arguments])
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.mark.usefixtures("undeclared")
def test_module_is_written_among_the_models(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what it wrote, and what to do next."""
    code, out, _ = declare(capsys)
    assert code == 0
    assert "wrote app/models/undeclared.py: 9 declarations\n  1 composite\n  1 domain\n" in out
    assert "\n  1 row security\n" in out
    assert "discover('app.models') imports it\nthen: alembic check\n" in out
    assert "Trigger.from_sql(" in (project / "app/models/undeclared.py").read_text(encoding="utf-8")


@pytest.mark.usefixtures("undeclared")
def test_module_elsewhere_has_to_be_imported(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line to import is printed."""
    _, out, _ = declare(capsys, "--output", "app/legacy.py")
    assert "import it with the models: import app.legacy  # noqa: F401" in out
    assert (project / "app/legacy.py").is_file()


@pytest.mark.usefixtures("undeclared")
def test_module_can_be_printed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written then."""
    _, out, _ = declare(capsys, "--output", "-")
    assert out.startswith('"""What the database has and no model declares')
    assert list((project / "app/models").iterdir()) == []


def test_nothing_is_overwritten(project: Path, undeclared: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What is there stays, and the database is not even asked."""
    file = project / "app/models/undeclared.py"
    file.write_text("mine = True\n", encoding="utf-8")
    code, _, err = declare(capsys)
    assert code == 2
    assert "the module is there already\n  at app/models/undeclared.py" in err
    assert "trueline declare --output app/models/undeclared_2.py" in err
    assert file.read_text(encoding="utf-8") == "mine = True\n"
    assert undeclared == []


def test_force_writes_anew(project: Path, undeclared: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What the module declares is looked for as if it were not declared, so that nothing of it is lost."""
    file = project / "app/models/undeclared.py"
    file.write_text("mine = True\n", encoding="utf-8")
    code, _, _ = declare(capsys, "--force")
    assert code == 0
    assert "mine" not in undeclared[0]
    assert "mine" not in file.read_text(encoding="utf-8")


def test_force_gives_back_what_it_could_not_replace(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where looking fails, or finds nothing, the module is as it was."""
    file = project / "app/models/undeclared.py"
    file.write_bytes(b"mine = True\r\n")

    def fail(_settings: object) -> Found:
        raise trueline.TruelineError("no database")

    monkeypatch.setattr(trueline.autogen.undeclared, "find_undeclared", fail, raising=False)
    assert declare(capsys, "--force")[0] == 2
    monkeypatch.setattr(
        trueline.autogen.undeclared, "find_undeclared", lambda _: ((), Catalog((), 180000)), raising=False
    )
    assert declare(capsys, "--force")[1] == "nothing is undeclared\n"
    assert file.read_bytes() == b"mine = True\r\n"


@pytest.mark.usefixtures("project")
def test_folder_must_be_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is not made up."""
    code, _, err = declare(capsys, "--output", "nowhere/undeclared.py")
    assert code == 2
    assert "there is no folder for the module" in err


def test_models_in_one_module(project: Path, capsys: pytest.CaptureFixture[str], undeclared: list[str]) -> None:
    """Beside a module of models there is a place as well."""
    (project / "app/models").rmdir()
    (project / "app/models.py").write_text("", encoding="utf-8")
    _, out, _ = declare(capsys)
    assert "wrote app/undeclared.py" in out
    assert "import app.undeclared" in out
    assert undeclared == [""]
