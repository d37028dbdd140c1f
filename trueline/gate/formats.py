"""How the gate writes what it has found."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trueline.gate.outcome import Outcome


class GateFormat(StrEnum):
    """For people, for programs, for code hosts, for GitHub Actions, for a comment."""

    terminal = "terminal"
    json = "json"
    sarif = "sarif"
    github = "github"
    markdown = "markdown"


def text_of(outcome: Outcome, format_: GateFormat, folder: str = "") -> str:
    """The outcome; for a terminal only the last line, as the checks are printed when they are made.

    Args:
        outcome: of the gate.
        format_: how to write it.
        folder: of the project in its repository.
    """
    from trueline.gate import told

    if format_ is GateFormat.json:
        return told.as_json(outcome)
    if format_ is GateFormat.sarif:
        return told.as_sarif(outcome, folder).rstrip("\n")
    if format_ is GateFormat.markdown:
        return told.markdown(outcome).rstrip("\n")
    if format_ is GateFormat.github:
        lines = "\n".join((*map(told.line, outcome.checks), told.last_line(outcome)))
        return told.workflow_commands(outcome, folder) + lines
    return told.last_line(outcome)


def folder_in(root: Path, environ: Mapping[str, str]) -> str:
    """Where a project is in the repository that GitHub Actions has checked out; empty for its top, and elsewhere."""
    workspace = Path(environ.get("GITHUB_WORKSPACE") or root)
    return root.relative_to(workspace).as_posix() if root.is_relative_to(workspace) else ""


def summarize(outcome: Outcome, environ: Mapping[str, str]) -> None:
    """Add to the summary of a job of GitHub Actions, where there is one."""
    from trueline.gate import told

    if file := environ.get("GITHUB_STEP_SUMMARY"):
        with Path(file).open("a", encoding="utf-8") as opened:
            opened.write(told.markdown(outcome))
