"""A suppression that suppresses nothing."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "unused-suppression"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each that no finding needed; those of rules that could not run are not judged."""
    for each in context.unused:
        yield Finding(ID, f"nothing needs the suppression of {each.rule}", each.place, "take it out", "warning")


RULE = Rule(
    ID,
    "A suppression suppresses nothing",
    "The rule that a comment or a setting allows finds nothing there. A rule that needs a database is not judged "
    "without one.",
    "It will hide the next defect of that kind in that place.",
    "Take it out.",
    check,
)

EXAMPLES = Examples(
    bad={
        "sql/001.sql": "-- trueline: allow table-without-primary-key: a log\n"
        "CREATE TABLE events (id BIGINT PRIMARY KEY, what TEXT);\n"
    },
    good={"sql/001.sql": "CREATE TABLE events (id BIGINT PRIMARY KEY, what TEXT);\n"},
)
