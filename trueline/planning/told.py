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
_Limits = tuple[str | None, str | None]

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
    return {**asdict(plan), "risk": plan.risk, "revisions": [_document(revision) for revision in plan.revisions]}


def _document(revision: PlannedRevision) -> dict[str, Any]:
    statements = [{**asdict(each), "risk": None if each.locks is None else _risk(each)} for each in revision.statements]
    return {**asdict(revision), "risk": revision.risk, "statements": statements}


def lines(plan: Plan) -> Iterator[str]:
    """For people."""
    if not plan.revisions and plan.failure is None:
        yield f"nothing to run: the database is at {', '.join(plan.heads) or 'base'}"
        return
    yield (
        f"{plan.command} from {', '.join(plan.heads) or 'base'}: {_counted(len(plan.revisions), 'revision')}, nothing "
        "was run in the database"
    )
    usual = _usual(plan)
    if usual is not None:
        yield f"{_limits(usual)}, in the revision's transaction, unless it says otherwise"
    for revision in plan.revisions:
        yield ""
        yield from _revision(revision, usual)
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


def _usual(plan: Plan) -> _Limits | None:
    """The limits that most statements have."""
    statements = (each for revision in plan.revisions for each in revision.statements)
    counted = Counter((each.lock_timeout, each.statement_timeout) for each in statements if each.place == "transaction")
    return counted.most_common(1)[0][0] if counted else None


def _revision(revision: PlannedRevision, usual: _Limits | None) -> Iterator[str]:
    risk = f"  ({revision.risk})" if revision.risk else ""
    yield f"revision {revision.revision}  {revision.doc}{risk}".rstrip()
    if not revision.statements:
        yield "  no statements"
    for statement in revision.statements:
        yield f"  {statement.number:>3}. {_cut(statement.statement)}"
        if (conditions := _conditions(statement, usual)) is not None:
            yield f"       {conditions}"
        yield from (f"       {_lock(lock)}" for lock in statement.locks or ())
    if revision.unshown:
        yield f"  … and {_counted(revision.unshown, 'statement')} more"


def _conditions(statement: Planned, usual: _Limits | None) -> str | None:
    if statement.done:
        return "done already, by a run that was interrupted; is passed over"
    limits = (statement.lock_timeout, statement.statement_timeout)
    if limits == usual:
        return _PLACES[statement.place] or None
    return "; ".join(filter(None, (_limits(limits), _PLACES[statement.place])))


def _limits(limits: _Limits) -> str:
    lock, statement = (each or "none" for each in limits)
    return f"lock_timeout {lock}, statement_timeout {statement}"


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


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"
