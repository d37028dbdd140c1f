"""The audit's rules over the project's source: one metadata that makes sense."""

from __future__ import annotations

from trueline.gate.outcome import Result
from trueline.gate.work import Work

ABOUT = "one metadata, by the rules of the audit"

#: Rules about revisions, which the check of the history tells of.
OF_HISTORY = frozenset({"broken-chain", "revision-imports-models"})


def check(work: Work) -> Result:
    """Read the source; nothing of it is executed."""
    done = work.audit()
    allowed = f", {done.suppressed} allowed" if done.suppressed else ""
    found = tuple(each for each in done.findings if each.rule not in OF_HISTORY)
    return Result(found, f"{done.files} files{allowed}")
