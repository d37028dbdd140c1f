"""Nothing is left that autogenerate would write: what the revisions lead to is what the models say, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from trueline.autogen import summary
from trueline.autogen.comparison import Comparison
from trueline.catalog.describe import Difference
from trueline.catalog.objects import Key, Name
from trueline.finding import Finding, Place
from trueline.gate.outcome import Result
from trueline.gate.work import Work
from trueline.placing import place_of, places_of_tables, table_in
from trueline.readings.finding import Finding as ReadingFinding

ABOUT = "the revisions lead to what the models say, exactly"

_WRITE_IT = 'alembic revision --autogenerate -m "…"'
_DECLARE_IT = "trueline declare   # writes the declarations; or let a revision drop it"


def check(work: Work) -> Result:
    """Compare."""
    found = work.found()
    places = places_of_tables(work.project().metadata, work.comparing().default_schema, work.root)
    refused = [_refused(each, work.root) for each in found.declared.left_out]
    return Result((*_differences(found, places), *refused), f"{len(found.compared.new)} objects")


def _differences(found: Comparison, places: Mapping[Name, Place]) -> Iterator[Finding]:
    for key, row in summary.keyed_differences(found):
        yield _finding("gate/pending-difference", row, _place(key, row, places), _WRITE_IT)
    for thing, row in zip(found.compared.undeclared, summary.undeclared(found), strict=True):
        yield _finding("gate/undeclared", row, _place(thing.key, row, places), _DECLARE_IT)


def _refused(each: ReadingFinding, root: Path) -> Finding:
    place = next((place_of(words, root) for words in each.where), Place())
    return Finding("gate/refused-model", each.what, place, each.fix or "")


def _finding(rule: str, row: Difference, place: Place, fix: str) -> Finding:
    words = {"+": "no revision adds", "-": "no revision drops", "~": "no revision changes", "?": "no model declares"}
    return Finding(rule, f"{words[row.sign]} {row.kind} {row.name}{f': {row.what}' if row.what else ''}", place, fix)


def _place(key: Key, row: Difference, places: Mapping[Name, Place]) -> Place:
    table = table_in(key)
    known = places.get(table) if table is not None else None
    return known or Place(object=f"{row.kind} {row.name}")
