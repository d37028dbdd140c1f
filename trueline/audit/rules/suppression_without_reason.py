"""A suppression that says no reason, or names no rule."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from trueline.audit.context import Context
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "suppression-without-reason"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each."""
    for each in context.suppressions:
        if each.rule not in context.rules:
            near = get_close_matches(each.rule, context.rules, n=1)
            fix = f"did you mean {near[0]}?" if near else "trueline rules"
            yield Finding(ID, f"there is no rule {each.rule}", each.place, fix)
        elif not each.reason:
            fix = f"# trueline: allow {each.rule}: why this is meant to be so"
            yield Finding(ID, f"{each.rule} is allowed here without a reason", each.place, fix)


RULE = Rule(
    ID,
    "A suppression has no reason",
    "A comment `# trueline: allow rule-id: reason`, or an entry of `allow` in `[tool.trueline]`, has no reason, or "
    "names a "
    "rule that there is not.",
    "Nobody can tell later whether it still holds.",
    "Write the reason.",
    check,
)

_SQL = "CREATE TABLE events (what TEXT);"

EXAMPLES = Examples(
    bad={"sql/001.sql": f"-- trueline: allow table-without-primary-key\n{_SQL}\n"},
    good={"sql/001.sql": f"-- trueline: allow table-without-primary-key: a log, read by nobody\n{_SQL}\n"},
)
