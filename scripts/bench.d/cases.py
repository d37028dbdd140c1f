"""What is measured of a project: each a process of its own, on the same server, one after the other."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from itertools import count
from pathlib import Path

from process import Usage, run
from project import Project

#: Names of what is measured, in the order of the columns of the result.
CASES = (
    "queries",
    "read",
    "check, stock",
    "check, cold",
    "check, warm",
    "revision, stock",
    "revision, cold",
    "revision, warm",
)

_CHANGES = count()


@dataclass(frozen=True, slots=True)
class Measured:
    """A project's size and, by the name of the case, what it took."""

    tables: int
    schemas: int
    usage: dict[str, Usage]


def measure_project(project: Project, rounds: int, *, stock: bool, say: Callable[[str], None]) -> Measured:
    """Measure every case, round by round, so that a busy moment of the machine hits all alike; the best one counts."""
    cases = [case for case in CASES if stock or not case.endswith("stock")]
    taken: dict[str, list[Usage]] = {case: [] for case in cases}
    for _ in range(rounds):
        for case in cases:
            taken[case].append(_CASES[case](project))
            say(f"  {case}: {taken[case][-1].seconds:.2f} s, {taken[case][-1].mebibytes:.0f} MiB")
    return Measured(project.tables, project.schemas, {case: best(usages) for case, usages in taken.items()})


def best(usages: Sequence[Usage]) -> Usage:
    """The least of each."""
    return Usage(*(min(values) for values in zip(*map(astuple, usages), strict=True)))


def _queries(project: Project) -> Usage:
    return _child(project, "queries")


def _read(project: Project) -> Usage:
    return _child(project, "read")


def _child(project: Project, what: str) -> Usage:
    child = str(Path(__file__).with_name("child.py"))
    return run([sys.executable, child, what, project.conninfo], project.environment, project.home)


def _check(project: Project, side: str) -> Usage:
    return run(project.alembic(side, "check"), project.environment, project.home / side)


def _cold_check(project: Project) -> Usage:
    _forget(project)
    return _check(project, "trueline")


def _stock_check(project: Project) -> Usage:
    return _check(project, "stock")


def _warm_check(project: Project) -> Usage:
    """After the cold one: nothing has changed since."""
    return _check(project, "trueline")


def _revision(project: Project, side: str) -> Usage:
    """Models that nobody has seen yet, each time: a table, a column and an index more than the history has."""
    environment = {**project.environment, "BENCH_CHANGED": f"added{next(_CHANGES)}"}
    with _as_before(project):
        command = project.alembic(side, "revision", "--autogenerate", "-m", "bench")
        return run(command, environment, project.home / side)


def _cold_revision(project: Project) -> Usage:
    _forget(project)
    return _revision(project, "trueline")


def _stock_revision(project: Project) -> Usage:
    return _revision(project, "stock")


def _warm_revision(project: Project) -> Usage:
    """After the cold one: the history is known, these models are not."""
    return _revision(project, "trueline")


def _forget(project: Project) -> None:
    shutil.rmtree(project.environment["XDG_CACHE_HOME"], ignore_errors=True)


@contextmanager
def _as_before(project: Project) -> Iterator[None]:
    """Remove what a command has written."""
    before = set(project.versions.glob("*.py"))
    try:
        yield
    finally:
        for file in set(project.versions.glob("*.py")) - before:
            file.unlink()


_CASES: dict[str, Callable[[Project], Usage]] = {
    "queries": _queries,
    "read": _read,
    "check, stock": _stock_check,
    "check, cold": _cold_check,
    "check, warm": _warm_check,
    "revision, stock": _stock_revision,
    "revision, cold": _cold_revision,
    "revision, warm": _warm_revision,
}
