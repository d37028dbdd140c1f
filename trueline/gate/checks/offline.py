"""What ``alembic upgrade head --sql`` writes leads to the same place as the upgrade itself."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.autogen.summary import keyed
from trueline.catalog.diff import diff
from trueline.finding import Finding, Place
from trueline.gate.outcome import Result
from trueline.gate.work import Work
from trueline.placing import near
from trueline.proof.offline import run_offline

ABOUT = "what --sql writes leads to the same place"


def check(work: Work) -> Result:
    """Run the script in a database of its own."""
    made, statements = work.migrated().catalog, 0
    if not work.project().script.get_heads():
        return Result(told="no revisions")
    replay = work.empty()
    written = replay.offline_statements("base", "heads")
    statements = len(written)
    left = keyed(diff(made.own(), run_offline(replay, "base", written).own()).essential())
    return Result(tuple(_findings(work, [str(row) for _, row in left])), f"{statements} statements")


def _findings(work: Work, rows: list[str]) -> Iterator[Finding]:
    script = work.project().script
    head = script.get_revision(script.get_heads()[0])
    for row in rows:
        what = f"what --sql writes does not lead to where the upgrade leads: {row}"
        fix = "what a revision does must not depend on what it reads from the database"
        yield Finding("gate/offline-leads-elsewhere", what, Place(near(str(head.path), work.root), 1), fix)
