"""The revisions run in an empty database, from the first to the last."""

from __future__ import annotations

from trueline.gate.outcome import Result
from trueline.gate.work import Work

ABOUT = "the revisions lead from an empty database to head"


def check(work: Work) -> Result:
    """Run them all."""
    work.migrated()
    heads = ", ".join(work.files().get_heads())
    return Result(told=f"to {heads}" if heads else "no revisions")
