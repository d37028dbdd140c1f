"""Findings as annotations of GitHub Actions, on the lines that they are about.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trueline.finding import Finding


def github(findings: Sequence[Finding], names: Mapping[str, str]) -> str:
    """A command for each finding."""
    return "".join(f"{_command(each, names.get(each.rule, each.rule))}\n" for each in findings)


def _command(finding: Finding, name: str) -> str:
    where = finding.where
    properties = {"file": where.file, "line": str(where.line or "" if where.file else ""), "title": name}
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    subject = "" if where.file else f"{where.object}: "
    fix = f"\nfix: {finding.fix}" if finding.fix else ""
    return f"::{finding.severity} {told}::{_data(f'{subject}{finding.what} [{finding.rule}]{fix}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
