"""The audit: every rule over everything there is to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from trueline.audit.context import Context, Live, Suppression
from trueline.audit.rules import all_rules
from trueline.audit.source.project import read_project
from trueline.audit.suppress import divide, suppressions
from trueline.finding import Finding
from trueline.rule import Rule

_UNUSED = "unused-suppression"


@dataclass(frozen=True, slots=True)
class Audit:
    """What came of it.

    Attributes:
        findings: sorted by place.
        suppressed: how many were left out, because somebody gave a reason.
        files: how many there are, of Python and SQL.
    """

    findings: tuple[Finding, ...]
    suppressed: int
    files: int


def audit(
    root: Path,
    *,
    live: Live | None = None,
    allow: Sequence[str] = (),
    exclude: Sequence[str] = (),
    within: str = "",
) -> Audit:
    """Look at a project's source, and at its database where one is given.

    Args:
        root: folder of the project.
        live: what was read of the database.
        allow: suppressions by settings: ``rule-id:pattern: reason``.
        exclude: patterns of paths that are left out.
        within: the way from the folder that patterns begin at to the root, as ``services/billing/``.

    Raises:
        TruelineError: there is no such folder.
    """
    project = read_project(root, exclude, within)
    ids = frozenset(rule.id for rule in all_rules())
    known = tuple(suppressions(project.allowed, allow, "pyproject.toml"))
    return judge(Context(project, live, known, rules=ids, within=within))


def judge(context: Context) -> Audit:
    """What all rules find, without what is suppressed."""
    every = [finding for rule in all_rules() for finding in rule.check(context)]
    left, used = divide(every, context.suppressions, context.within)
    unused = tuple(each for each in context.suppressions if each not in used and _judged(each, context))
    after = [f for rule in all_rules() if rule.id == _UNUSED for f in rule.check(replace(context, unused=unused))]
    remaining, _ = divide(after, context.suppressions, context.within)
    findings = sorted({*left, *remaining}, key=lambda finding: finding.rank)
    suppressed = len(every) + len(after) - len(left) - len(remaining)
    return Audit(tuple(findings), suppressed, context.project.files)


def _judged(suppression: Suppression, context: Context) -> bool:
    """Whether its rule could have found something; what has another fault is told that way."""
    rule = next((each for each in all_rules() if each.id == suppression.rule), None)
    return rule is not None and bool(suppression.reason) and rule.id != _UNUSED and _runs(rule, context)


def _runs(rule: Rule[Context], context: Context) -> bool:
    return "database" not in rule.needs or context.live is not None
