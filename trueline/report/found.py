"""Findings as text: for a terminal, for programs, for code hosts, for a page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from trueline.finding import Finding, Place
from trueline.report.github import github
from trueline.report.sarif import sarif


class Format(StrEnum):
    """How findings are written."""

    terminal = "terminal"
    json = "json"
    sarif = "sarif"
    github = "github"
    markdown = "markdown"


def render(findings: Sequence[Finding], format_: Format, names: Mapping[str, str]) -> str:
    """Findings as text that ends with a line break, or is empty.

    Args:
        findings: in the order in which they are told.
        format_: how.
        names: rule id -> the defect as a sentence.
    """
    return _RENDERERS[format_](findings, names)


def counted(findings: Sequence[Finding]) -> str:
    """``3 errors, 1 warning``."""
    number = Counter(finding.severity for finding in findings)
    words = [
        f"{number[each]} {each}{'s' if number[each] != 1 else ''}" for each in ("error", "warning") if number[each]
    ]
    return ", ".join(words) or "no findings"


def _terminal(findings: Sequence[Finding], _names: Mapping[str, str]) -> str:
    return "".join(f"{_block(finding)}\n" for finding in findings)


def _block(finding: Finding) -> str:
    lines = [_plain(str(finding.where)), f"  {finding.severity}: {_plain(finding.what)} [{finding.rule}]"]
    lines += [f"  see {_plain(str(place))}" for place in finding.related]
    fix = [_plain(line) for line in finding.fix.splitlines()]
    lines += [f"  fix: {fix[0]}"] if len(fix) == 1 else ["  fix:", *(f"    {line}" for line in fix)] if fix else []
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Without what would move a terminal's cursor: names of files and tables are not ours to trust."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)


def _json(findings: Sequence[Finding], _names: Mapping[str, str]) -> str:
    found = [
        {
            "rule": each.rule,
            "severity": each.severity,
            "what": each.what,
            "where": _place(each.where),
            "fix": each.fix,
            "related": [_place(place) for place in each.related],
        }
        for each in findings
    ]
    return json.dumps({"findings": found}, indent=1) + "\n"


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file or None, "line": place.line or None, "object": place.object or None}


def _markdown(findings: Sequence[Finding], names: Mapping[str, str]) -> str:
    """A heading for each rule, below it a table."""
    if not findings:
        return "No findings.\n"
    text = f"{counted(findings).capitalize()}.\n"
    for rule in sorted({each.rule for each in findings}):
        text += f"\n## {names.get(rule, rule)}\n\n| Where | What | Way out |\n|---|---|---|\n"
        for each in (each for each in findings if each.rule == rule):
            text += f"| {_cell(str(each.where))} | {_cell(each.what)} | {_cell(each.fix)} |\n"
    return text


def _cell(text: str) -> str:
    """Text that is nothing but text in a table of Markdown, whatever stands in it."""
    for mark, word in {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "`": "&#96;", "*": "&#42;"}.items():
        text = text.replace(mark, word)
    text = text.replace("[", "&#91;").replace("_", "&#95;").replace("\\", "&#92;")
    return "<br>".join(_plain(line) for line in text.splitlines())


_RENDERERS: dict[Format, Callable[[Sequence[Finding], Mapping[str, str]], str]] = {
    Format.terminal: _terminal,
    Format.json: _json,
    Format.sarif: sarif,
    Format.github: github,
    Format.markdown: _markdown,
}
