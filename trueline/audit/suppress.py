"""Findings that are meant to be: by a comment beside them, or by ``allow`` in ``[tool.trueline]``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from trueline.audit.context import Suppression
from trueline.audit.source.facts import Allowed
from trueline.finding import Finding, Place


def suppressions(comments: Iterable[Allowed], settings: Sequence[str], file: str) -> Iterator[Suppression]:
    """All of them, whatever they name.

    Args:
        comments: of the source.
        settings: as ``rule-id:pattern: reason``.
        file: that the settings stand in.
    """
    for each in comments:
        yield Suppression(each.rule, "", each.reason, each.place, each.line)
    for text in settings:
        rule, _, rest = text.partition(":")
        pattern, _, reason = rest.partition(": ")
        yield Suppression(rule.strip(), pattern.strip().rstrip(":") or "*", reason.strip(), Place(file, object=text))


def suppresses(suppression: Suppression, finding: Finding, within: str = "") -> bool:
    """Whether the finding is one that it means. Without a reason it means none."""
    if suppression.rule != finding.rule or not suppression.reason:
        return False
    if suppression.line:
        return (finding.where.file, finding.where.line) == (suppression.place.file, suppression.line)
    where = finding.where
    file = f"{within}{where.file}" if where.file else ""
    named = (file, f"{file}:{where.line}", where.object, where.object.partition(" ")[2])
    return any(fnmatchcase(name, suppression.pattern) for name in named if name)


def divide(
    findings: Iterable[Finding], known: Sequence[Suppression], within: str = ""
) -> tuple[list[Finding], set[Suppression]]:
    """The findings that are left, and the suppressions that were needed."""
    left: list[Finding] = []
    used: set[Suppression] = set()
    for finding in findings:
        meant = [each for each in known if suppresses(each, finding, within)]
        used.update(meant)
        if not meant:
            left.append(finding)
    return left, used
