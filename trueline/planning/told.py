"""A plan in words: lines of text, a table on a terminal, plain values for programs."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from trueline.planning.locking import risk_of, words_of
from trueline.planning.plan import Lock, Plan, Planned, PlannedRevision

_PLACES = {
    "transaction": "",
    "own": "in a transaction of its own",
    "outside": "outside of a transaction",
}
#: Characters of a statement that people are shown; programs get all that is kept.
_MOST = 300
_COLORS = {"blocks reads": "red", "blocks writes": "yellow", "harmless": "green"}


def show_plan(plan: Plan) -> None:
    """Print it on standard output."""
    if not sys.stdout.isatty():
        print("\n".join(lines(plan)))  # noqa: T201 - its output
        return
    # Only here, because it costs a tenth of a second.
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for line in lines(plan):
        risk = next((risk for risk in _COLORS if f"({risk})" in line or line.endswith(risk)), None)
        style = "bold" if line.startswith("revision ") else _COLORS.get(risk or "", "")
        console.print(Text(line, style=style), soft_wrap=True)


def document(plan: Plan) -> dict[str, Any]:
    """Plain values, the risks among them."""
    revisions = [{**asdict(revision), "risk": revision.risk} for revision in plan.revisions]
    return {**asdict(plan), "risk": plan.risk, "revisions": revisions}


def lines(plan: Plan) -> Iterator[str]:
    """For people."""
    if not plan.revisions and plan.failure is None:
        yield f"nothing to run: the database is at {', '.join(plan.heads) or 'base'}"
        return
    yield (
        f"{plan.command} from {', '.join(plan.heads) or 'base'}: {_counted(len(plan.revisions), 'revision')}, nothing "
        "was run in the database"
    )
    for revision in plan.revisions:
        yield ""
        yield from _revision(revision)
    yield ""
    yield from summary(plan)


def summary(plan: Plan) -> Iterator[str]:
    """The last lines: how risky it is, and what is not known."""
    if plan.unknown is not None:
        yield "locks are not known, as there was no rehearsal in a scratch database:"
        yield from (f"  {line}" for line in plan.unknown.splitlines())
    else:
        statements = [each for revision in plan.revisions for each in revision.statements if not each.done]
        risks = Counter(risk for each in statements if each.locks for risk in [_risk(each)])
        told = [f"{risk}: {_counted(risks[risk], 'statement')}" for risk in _COLORS if risks[risk]]
        yield ", ".join(told) or "no statement takes a lock that others could wait for"
    if plan.failure is not None:
        yield "the rehearsal did not come to its end:"
        yield from (f"  {line}" for line in plan.failure.splitlines())


def _revision(revision: PlannedRevision) -> Iterator[str]:
    risk = f"  ({revision.risk})" if revision.risk else ""
    yield f"revision {revision.revision}  {revision.doc}{risk}".rstrip()
    if not revision.statements:
        yield "  no statements"
    for statement in revision.statements:
        yield f"  {statement.number:>3}. {_cut(statement.statement)}"
        yield f"       {_conditions(statement)}"
        yield from (f"       {_lock(lock)}" for lock in statement.locks or ())
    if revision.unshown:
        yield f"  … and {_counted(revision.unshown, 'statement')} more"


def _conditions(statement: Planned) -> str:
    if statement.done:
        return "done already, by a run that was interrupted; is passed over"
    limits = f"lock_timeout {_limit(statement.lock_timeout)}, statement_timeout {_limit(statement.statement_timeout)}"
    return "; ".join(filter(None, (limits, _PLACES[statement.place])))


def _lock(lock: Lock) -> str:
    where = lock.relation or "what it names"
    by_manual = ", by the manual" if lock.by_manual else ""
    return f"{words_of(lock.mode)} on {where}{by_manual} ({_risk_of(lock)})"


def _risk(statement: Planned) -> str:
    return risk_of(lock.mode for lock in statement.locks or ())


def _risk_of(lock: Lock) -> str:
    return risk_of([lock.mode])


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def _limit(words: str | None) -> str:
    return words or "none"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"
