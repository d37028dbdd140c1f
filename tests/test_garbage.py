"""When Python looks for garbage, and when it is left alone."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from trueline import garbage


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    enabled, threshold = gc.isenabled(), gc.get_threshold()
    yield
    (gc.enable if enabled else gc.disable)()
    gc.set_threshold(*threshold)


@pytest.mark.parametrize("enabled", [True, False])
def test_collection_is_on_afterwards_where_it_was_on(enabled: bool) -> None:
    """It rests while the body runs, also when that fails, and is what it was before afterwards."""
    (gc.enable if enabled else gc.disable)()
    during = []

    def fail() -> None:
        with garbage.uncollected():
            during.append(gc.isenabled())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert during == [False]
    assert gc.isenabled() == enabled


@pytest.mark.parametrize(("before", "after"), [(700, 100_000), (200_000, 200_000), (0, 0)])
def test_collect_rarely_never_makes_it_more_frequent(before: int, after: int) -> None:
    """A higher threshold that somebody has set stays, and so does none at all."""
    gc.set_threshold(before, 11, 12)
    garbage.collect_rarely()
    assert gc.get_threshold() == (after, 11, 12)


@pytest.mark.parametrize(
    ("called", "original", "is_it"),
    [
        ("/usr/bin/alembic", [], True),
        (r"alembic.exe", [], True),
        ("-m", ["python", "-m", "alembic", "check"], True),
        ("/x/site-packages/alembic/__main__.py", [], True),
        ("-m", ["python", "-m", "uvicorn", "app"], False),
        ("/usr/bin/gunicorn", [], False),
        ("", [], False),
    ],
)
def test_what_is_the_command(called: str, original: list[str], is_it: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """However alembic is started it is known as such, and a program that imports it is not taken for it."""
    monkeypatch.setattr(sys, "argv", [called])
    monkeypatch.setattr(sys, "orig_argv", original)
    assert garbage.is_command("alembic") == is_it


@pytest.mark.parametrize(("name", "rarely"), [("alembic", True), ("gunicorn", False)])
def test_only_the_command_collects_rarely(name: str, rarely: bool, tmp_path: Path) -> None:
    """An application that imports Alembic keeps its garbage collection as it is."""
    program = tmp_path / name
    program.write_text("import gc\nbefore = gc.get_threshold()\nimport alembic\nprint(before == gc.get_threshold())\n")
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(not rarely)
