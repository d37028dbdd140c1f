"""Every difference that somebody makes by hand is seen, named, and written away again.

All cells are one project and one database: one check has to name them all. Where the revision for all of them fails,
each cell is tried alone, so that one defect shows as one failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance.drift.cells import Cell, metadata_of, read_cells
from tests.acceptance.project import Project, Said, new_project
from trueline.catalog.render.words import name
from trueline.testing.databases import new_database
from trueline.testing.servers import Server

FILES = ("check", "key", "foreign_key", "exclusion", "index", "enum", "sequence", "column", "table", "objects")
CELLS = read_cells(*FILES)

WATCH = 'watch = ["owner", "grant"]\n'


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said about some cells, before their revision and after it."""

    clean: Said
    drifted: Said
    error: str
    written: str
    after: Said | None


def outcome(project: Project, cells: list[Cell]) -> Outcome:
    """Bring a database to the models, change it by hand, check, write, upgrade, check again."""
    project.written("prove=off")
    clean = project.check()
    project.execute("SET allow_system_table_mods = on;" + "".join(cell.sql for cell in cells))
    drifted = project.check()
    before = set(project.revisions)
    written = project.revision("allow-destructive=all", "prove=off")
    text = "".join(path.read_text(encoding="utf-8") for path in sorted({*project.revisions} - before))
    if written.failed:
        return Outcome(clean, drifted, written.text, text, None)
    upgraded = project.upgrade()
    if upgraded.failed:
        return Outcome(clean, drifted, upgraded.text, text, None)
    return Outcome(clean, drifted, "", text, project.check())


@pytest.fixture(scope="session")
def together(any_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    cells = of_version(any_server)
    with new_database(any_server) as url:
        yield outcome(new_project(tmp_path_factory.mktemp("cells"), url, metadata_of(cells), WATCH), cells)


@pytest.fixture
def result(together: Outcome, any_server: Server, tmp_path: Path, given: Cell) -> Iterator[Outcome]:
    """What was said about all of them, or about this one where all of them failed."""
    if given.since > any_server.version:
        pytest.skip(f"PostgreSQL {any_server.version} does not have this")
    if together.after is not None:
        yield together
        return
    with new_database(any_server) as url:
        yield outcome(new_project(tmp_path, url, metadata_of([given]), WATCH), [given])


def of_version(server: Server) -> list[Cell]:
    return [cell for cell in CELLS if cell.since <= server.version]


@pytest.mark.parametrize("given", CELLS, ids=lambda given: given.name)
def test_a_difference_is_seen_and_written_away(result: Outcome, given: Cell) -> None:
    """Clean after its own revision; then the check fails and names the object; then a revision makes it quiet."""
    assert result.clean.line(name(given.schema)) is None
    assert result.drifted.failed
    assert result.drifted.line(*given.words) is not None, lines_of(result.drifted, given)
    assert result.after is not None, result.error + result.written
    assert lines_of(result.after, given) == ""


def test_a_database_is_clean_after_its_own_revision(together: Outcome) -> None:
    """Before anybody touches it, the check says so and succeeds."""
    assert not together.clean.failed, together.clean.text
    assert "No new upgrade operations detected" in together.clean.text


def test_a_database_is_clean_after_its_drift_was_written_away(together: Outcome) -> None:
    """One revision for all differences at once leaves nothing to say."""
    assert together.after is not None, together.error
    assert not together.after.failed, together.after.text


def lines_of(said: Said, given: Cell) -> str:
    return "\n".join(line for line in said.text.splitlines() if name(given.schema) in line)
