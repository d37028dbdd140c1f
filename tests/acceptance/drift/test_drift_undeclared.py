"""What raw SQL made and no model can declare: named, left alone, and dropped only when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.acceptance.drift.cells import Cell, metadata_of, read_cells
from tests.acceptance.project import Project, Said, new_project
from trueline.catalog.render.words import name
from trueline.testing.databases import new_database
from trueline.testing.servers import Server

CELLS = read_cells("undeclared")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The check, what a revision said, the check after it; then the same with leave to drop."""

    checked: Said
    written: str
    again: Said
    dropping: str
    dropped: Said
    back: Said


@pytest.fixture(scope="session")
def outcome(any_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    with new_database(any_server) as url:
        project = new_project(tmp_path_factory.mktemp("undeclared"), url, metadata_of(CELLS))
        project.written()
        project.execute("".join(cell.sql for cell in CELLS))
        yield tried(project)


def tried(project: Project) -> Outcome:
    checked = project.check()
    written = project.written("prove=off")
    again = project.check()
    dropping = project.written("drop-undeclared=all", "allow-destructive=all", "prove=off")
    dropped = project.check("drop-undeclared=all")
    gone = project.withdraw()
    return Outcome(checked, written, again, dropping, dropped, gone if gone.failed else project.check())


@pytest.mark.parametrize("given", CELLS, ids=lambda given: given.name)
def test_it_is_named_and_left_alone(outcome: Outcome, given: Cell) -> None:
    """The check fails and names it as undeclared; a revision does not touch it, so that it is still there."""
    assert outcome.checked.failed
    assert outcome.checked.line(*given.words) is not None, outcome.checked.text
    assert given.schema not in outcome.written
    assert outcome.again.line(*given.words) is not None


@pytest.mark.parametrize("given", CELLS, ids=lambda given: given.name)
def test_it_is_dropped_on_request(outcome: Outcome, given: Cell) -> None:
    """``-x drop-undeclared=all`` writes what drops it, and then there is nothing more to say."""
    assert given.schema in outcome.dropping
    assert outcome.dropped.line(name(given.schema)) is None, outcome.dropped.text


def test_the_check_says_that_it_is_undeclared(outcome: Outcome) -> None:
    """The word is there, and the option that drops it, and the command that declares it."""
    assert "undeclared" in outcome.checked.text.lower()
    assert "drop-undeclared" in outcome.checked.text


def test_nothing_is_left_to_drop(outcome: Outcome) -> None:
    """After all of them went, the check succeeds."""
    assert not outcome.dropped.failed, outcome.dropped.text


def test_the_drops_can_be_taken_back(outcome: Outcome) -> None:
    """The downgrade of that revision brings every one of them back."""
    assert outcome.back.text == outcome.again.text
