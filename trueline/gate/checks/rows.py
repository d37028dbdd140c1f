"""Reference rows: after the last revision, tables hold what is declared of them."""

from __future__ import annotations

from trueline.autogen import summary
from trueline.finding import Finding, Place
from trueline.gate.outcome import Result
from trueline.gate.work import Work
from trueline.objects import objects_of
from trueline.placing import places_of_tables

ABOUT = "reference rows are as they are declared"


def check(work: Work) -> Result:
    """Look at what the comparison found of them."""
    found, metadata = work.found(), work.project().metadata
    places = places_of_tables(metadata, work.comparing().default_schema, work.root)
    findings = [
        Finding(
            "gate/rows-differ",
            f"rows of {row.name} are not what is declared: {row.what}",
            places.get(change.table) or Place(object=f"table {row.name}"),
            'alembic revision --autogenerate -m "…"',
        )
        for change, row in summary.changed_rows(found)
    ]
    number = len(objects_of(metadata).reference_rows)
    return Result(tuple(findings), f"{number} table{'s'[: number != 1]}")
