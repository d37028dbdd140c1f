"""What drift was found as text: for a terminal, for programs, for GitHub, and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any

from trueline.catalog.describe import Difference
from trueline.drift.culprit import MEANINGS, Drift, Drifted
from trueline.finding import Finding, Place
from trueline.report.found import Format, render
from trueline.report.github import github

#: Names of culprits as rules, with what each means.
NAMES = {f"drift/{culprit.replace(' ', '-')}": meaning for culprit, meaning in MEANINGS.items()}


def lines(drift: Drift) -> Iterator[str]:
    """For a terminal: by culprit, what differs and what resolves it; a single line where all is well."""
    if drift.is_well:
        yield f"no drift: models, revisions and database agree{_at(drift)}"
        return
    for culprit, group in groupby(drift.found, key=lambda each: each.culprit):
        yield f"{culprit}: {MEANINGS[culprit]}"
        for each in group:
            yield f"  {words(each.row)}"
            yield from (f"      {line}" for line in _beside(each))
    yield f"{len(drift.found)} difference{'s'[: len(drift.found) != 1]}{_at(drift)}"
    yield from (f"note: {each}" for each in drift.notes)


def _at(drift: Drift) -> str:
    return f", at {', '.join(drift.heads) or 'base'}"


def words(row: Difference) -> str:
    """One difference on one line."""
    return f"{row.sign} {row.kind} {row.name}{f': {row.what}' if row.what else ''}"


def _beside(each: Drifted) -> Iterator[str]:
    if each.where.file:
        yield f"at {each.where}"
    if each.why:
        yield f"because {each.why}" if each.culprit != "failed deploy" else each.why
    first, *more = each.resolved_by.splitlines()
    yield from (f"fix: {first}", *(f"     {line}" for line in more))


def document(drift: Drift) -> dict[str, Any]:
    """Plain values."""
    return {
        "is_well": drift.is_well,
        "database": drift.database,
        "heads": list(drift.heads),
        "differences": [
            {
                "culprit": each.culprit,
                **asdict(each.row),
                "where": asdict(each.where),
                "why": each.why,
                "fix": each.resolved_by,
            }
            for each in drift.found
        ],
        "notes": list(drift.notes),
    }


def text_of(drift: Drift, format_: str) -> str:
    """In one of the formats of the command."""
    if format_ == "json":
        return json.dumps(document(drift), indent=2, ensure_ascii=False)
    findings = [_finding(each) for each in drift.found]
    if format_ == "markdown":
        return render(findings, Format.markdown, NAMES).rstrip("\n")
    if format_ == "github":
        return f"{github(findings, NAMES)}{chr(10).join(lines(drift))}"
    return "\n".join(lines(drift))


def _finding(each: Drifted) -> Finding:
    where = each.where if each.where != Place() else Place(object=f"{each.row.kind} {each.row.name}")
    rule = f"drift/{each.culprit.replace(' ', '-')}"
    return Finding(rule, words(each.row), where, each.resolved_by)
