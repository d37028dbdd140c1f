"""The benchmark: it runs, it measures what it says, and it writes where it may."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BENCH = ROOT / "scripts" / "bench.d"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its modules can be imported, as when its folder is executed, and are forgotten afterwards."""
    monkeypatch.syspath_prepend(str(BENCH))
    for name in ("cases", "models", "process", "project", "stock"):
        monkeypatch.delitem(sys.modules, name, raising=False)


def test_it_measures_every_case() -> None:
    """A small run ends, and each of its tables has a line for the size."""
    command = [sys.executable, str(BENCH), "--tables", "3", "--schemas", "2", "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("| 3 | 2 |") == 5
    for case in ("queries", "read", "check, stock", "check, cold", "revision, warm"):
        assert done.stderr.count(f"  {case}: ") == 1


@pytest.mark.usefixtures("bench")
def test_only_the_part_between_the_marks_is_written() -> None:
    """The rest of the page stays as it is, and writing twice is like writing once."""
    inserted = runpy.run_path(str(BENCH / "report.py"))["inserted"]
    page = "# A\n\n<!-- bench -->\n<!-- /bench -->\n\n## B \\1\n"
    once = inserted(page, "x \\1")
    assert once == "# A\n\n<!-- bench -->\n\nx \\1\n\n<!-- /bench -->\n\n## B \\1\n"
    assert inserted(once, "x \\1") == once


@pytest.mark.usefixtures("bench")
def test_a_failing_command_shows_what_it_said(tmp_path: Path) -> None:
    """A number is never that of a command that failed."""
    run = runpy.run_path(str(BENCH / "process.py"))["run"]
    with pytest.raises(SystemExit, match="exited 3\nno database"):
        run([sys.executable, "-c", "print('no database'); raise SystemExit(3)"], {}, tmp_path)


@pytest.mark.usefixtures("bench")
def test_the_stock_side_is_without_trueline(tmp_path: Path) -> None:
    """Its environment has what this one has, but for trueline and its plugin of Alembic's."""
    python = runpy.run_path(str(BENCH / "stock.py"))["make_environment"](tmp_path / "environment")
    code = "import alembic.config, psycopg, sys, importlib.util; print(importlib.util.find_spec('trueline'))"
    done = subprocess.run([python, "-c", code], cwd=tmp_path, env={}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "None"
