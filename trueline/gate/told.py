"""The outcome of the gate as text: for a terminal, for programs, for GitHub, and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import Any

from trueline.finding import Finding, Place
from trueline.gate.outcome import Checked, Outcome
from trueline.report.github import github
from trueline.report.sarif import sarif

_MARKS = {"ok": "✓", "failed": "✗", "not run": "-"}


def line(check: Checked) -> str:
    """One check on one line, with what it has looked at; its findings below it."""
    words = f"{_MARKS[check.word]} {check.word:<7}  {check.name:<8}  {check.seconds:6.2f} s  {check.about}"
    told = f" ({check.told})" if check.told and not check.findings else ""
    return "\n".join((words + told, *_below(check)))


def _below(check: Checked) -> Iterator[str]:
    if check.stopped:
        yield from (f"    {each}" for each in check.stopped.splitlines())
    for finding in check.findings:
        yield from (f"    {each}" for each in in_words(finding))


def in_words(finding: Finding) -> Iterator[str]:
    """A finding as errors are printed: what, where, the way out."""
    first, *more = finding.what.splitlines() or [""]
    yield f"{finding.severity}: {first}  [{finding.rule}]"
    yield from (f"  {each}" for each in more)
    for place in (finding.where, *finding.related):
        if place != Place():
            yield f"  at {place}"
    if finding.fix:
        head, *rest = finding.fix.splitlines()
        yield from (f"  fix: {head}", *(f"       {each}" for each in rest))


def last_line(outcome: Outcome) -> str:
    """What came of it all."""
    server = f", PostgreSQL {outcome.postgres}" if outcome.postgres else ""
    return f"{verdict(outcome)} in {outcome.seconds:.1f} s{server}"


def verdict(outcome: Outcome) -> str:
    """In a few words."""
    number = len(outcome.findings)
    if number:
        return f"the gate is shut: {number} finding{'s'[: number != 1]}"
    stopped = [each.name for each in outcome.checks if each.stopped]
    return f"the gate could not run: {', '.join(stopped)}" if stopped else "the gate is open"


def as_json(outcome: Outcome) -> str:
    """Everything, for programs."""
    return json.dumps(document(outcome), indent=2, ensure_ascii=False)


def document(outcome: Outcome) -> dict[str, Any]:
    """Plain values."""
    checks = [{**asdict(each), "seconds": round(each.seconds, 3), "outcome": each.word} for each in outcome.checks]
    return {
        "holds": outcome.exit_code == 0,
        "seconds": round(outcome.seconds, 3),
        "postgres": outcome.postgres,
        "checks": checks,
    }


def markdown(outcome: Outcome) -> str:
    """A table of the checks, and a list of the findings; for a job's summary, or a comment."""
    lines = [
        f"### trueline gate: {verdict(outcome)}",
        "",
        "| | check | what holds | time | looked at |",
        "|---|---|---|--:|---|",
        *map(_row, outcome.checks),
    ]
    for each in outcome.checks:
        if each.findings or each.stopped:
            lines += ["", f"#### {each.name}", "", *_items(each)]
    return "\n".join(lines) + "\n"


def _row(each: Checked) -> str:
    words = (f"{_MARKS[each.word]} {each.word}", each.name, cell(each.about), f"{each.seconds:.2f} s", cell(each.told))
    return f"| {' | '.join(words)} |"


def _items(check: Checked) -> Iterator[str]:
    if check.stopped:
        yield from ("```text", *fenced(check.stopped).splitlines(), "```")
    for finding in check.findings:
        place = "" if finding.where == Place() else f" at `{fenced(str(finding.where))}`"
        yield f"- **{finding.rule}**{place}: {cell(finding.what)}"
        if finding.fix:
            yield from ("", "  ```text", *(f"  {each}" for each in fenced(finding.fix).splitlines()), "  ```")


def cell(text: str) -> str:
    """Text that Markdown and HTML take for nothing else, on one line."""
    for sign in "\\`*_[]|":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())


def fenced(text: str) -> str:
    """Text between backticks, which are the only thing that means something there."""
    return text.replace("`", "'")


def workflow_commands(outcome: Outcome, folder: str = "") -> str:
    """Annotations of GitHub Actions: each finding beside its line.

    Args:
        outcome: of the gate.
        folder: of the project in the repository.
    """
    stopped = [
        Finding(f"gate/{each.name}", each.stopped, Place(object=f"{each.name} could not be run"))
        for each in outcome.checks
        if each.stopped
    ]
    return github([*(_below_folder(each, folder) for each in outcome.findings), *stopped], {})


def as_sarif(outcome: Outcome, folder: str = "") -> str:
    """The findings of all checks, for code hosts; parameters as of `workflow_commands`."""
    return sarif([_below_folder(each, folder) for each in outcome.findings], {})


def _below_folder(finding: Finding, folder: str) -> Finding:
    def moved(place: Place) -> Place:
        return replace(place, file=str(PurePosixPath(folder, place.file))) if place.file else place

    return replace(finding, where=moved(finding.where), related=tuple(map(moved, finding.related)))
