"""What ``trueline init`` refuses, and what it then leaves behind."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.init.drive import init, tree
from trueline.errors import TruelineError


@pytest.mark.parametrize("name", ["app models", "app..models", "1app", ".models", "app.class", "app/models", "app-x"])
def test_a_name_that_cannot_be_imported_is_refused(tmp_path: Path, name: str) -> None:
    """The models' name must be identifiers with dots between them."""
    with pytest.raises(TruelineError, match="not the dotted name") as caught:
        init(tmp_path, name)
    assert "--models app.models" in str(caught.value)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("name", ["platform.models", "trueline.models", "alembic"])
def test_a_name_that_hides_another_package_is_refused(tmp_path: Path, name: str) -> None:
    """Alembic puts the project first on the path: a package of such a name would break Python or Alembic."""
    with pytest.raises(TruelineError, match="would hide"):
        init(tmp_path, name)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    """Init does not create the project's folder: a typing error would."""
    with pytest.raises(TruelineError, match="no such folder") as caught:
        init(tmp_path / "typo")
    assert f"mkdir -p '{tmp_path / 'typo'}'" in str(caught.value)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A file in the place of the project's folder is named."""
    (tmp_path / "file").touch()
    with pytest.raises(TruelineError, match="a file, not a folder"):
        init(tmp_path / "file")


def test_a_file_in_the_place_of_a_folder_stops_everything(tmp_path: Path) -> None:
    """Where scripts is a file, nothing at all is written."""
    (tmp_path / "scripts").write_text("mine")
    with pytest.raises(TruelineError, match="scripts is a file"):
        init(tmp_path)
    assert tree(tmp_path) == {"scripts": b"mine"}


@pytest.mark.parametrize(
    ("name", "text", "match"),
    [
        ("pyproject.toml", b"[tool", "not TOML"),
        ("pyproject.toml", b"\xff", "not UTF-8"),
        ("alembic.ini", b"script_location = x\n", "not an ini file"),
        ("alembic.ini", b"[alembic]\nscript_location = ../elsewhere\n", "leads out of the project"),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_written(tmp_path: Path, name: str, text: bytes, match: str) -> None:
    """Init does not build on what Alembic or trueline cannot read."""
    (tmp_path / name).write_bytes(text)
    with pytest.raises(TruelineError, match=match) as caught:
        init(tmp_path)
    assert str(tmp_path / name) in str(caught.value)
    assert tree(tmp_path) == {name: text}


@contextmanager
def somebody_without_permission(mode: int) -> Iterator[Path]:
    """A folder of that mode, seen by a user who does not own it or is no administrator."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(mode)
    administrator = os.geteuid() == 0
    try:
        if administrator:
            os.seteuid(65534)
        yield folder
    finally:
        if administrator:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.parametrize(("mode", "match"), [(0o555, "cannot be written"), (0o000, "cannot be looked into")])
def test_no_permission_is_an_error_with_the_place(mode: int, match: str) -> None:
    """A folder that may not be written to or read is named, without a traceback."""
    with somebody_without_permission(mode) as folder, pytest.raises(TruelineError, match=match) as caught:
        init(folder)
    assert str(folder) in str(caught.value)
    assert "Permission denied" in str(caught.value)


def test_what_the_file_system_refuses_is_an_error(tmp_path: Path) -> None:
    """A name that is too long for the file system is reported as such."""
    with pytest.raises(TruelineError, match="too long"):
        init(tmp_path, "a" * 300)
