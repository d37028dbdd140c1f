"""One table, declared twice."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.reach import reach
from trueline.audit.source.tables import Table
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "two-owners"

#: What is told of differences of one kind before the rest is only counted.
_MOST = 6


def check(context: Context) -> Iterator[Finding]:
    """One finding for each declaration after the first; Python comes before SQL, what env.py sees before the rest."""
    project = context.project
    reached = reach(project)
    known = reached.all if reached else frozenset()
    seen: set[tuple[str, str]] = set()
    for table in project.tables:
        if not table.name or table.identity in seen:
            continue
        seen.add(table.identity)
        first, *others = sorted(
            project.declarations(*table.identity), key=lambda each: (each.kind == "sql", each.module not in known)
        )
        for other in others:
            yield Finding(
                ID,
                f"table {other.label} has two owners: {differences(first, other)}",
                other.place,
                f"keep {first.place}, and take this one out",
                related=(first.place,),
            )


def differences(first: Table, other: Table) -> str:
    """How two declarations of a table differ, the first as the one that is right."""
    told = [
        f"{name} is {_word(first, name)} in {first.place.file} and {_word(other, name)} in {other.place.file}"
        for name in (each.name for each in first.columns)
        if other.column(name) and _word(first, name) != _word(other, name)
    ]
    told = [f"{'; '.join(told[:_MOST])}{_more(told)}"] if told else []
    for verb, one, two in (("lacks", first, other), ("adds", other, first)):
        if names := [each.name for each in one.columns if not two.column(each.name)]:
            told.append(f"{other.place.file} {verb} {', '.join(names[:_MOST])}{_more(names)}")
    return "; ".join(told) or "they say the same"


def _more(told: list[str]) -> str:
    return f" and {len(told) - _MOST} more" if len(told) > _MOST else ""


def _word(table: Table, name: str) -> str:
    column = table.column(name)
    return (column.type if column else "") or "of an unknown type"


RULE = Rule(
    ID,
    "A table has two owners",
    "Two classes, Core tables or files of SQL declare one table of one schema.",
    "Whichever runs first wins; the other then works with columns and types that are not there.",
    "Keep one declaration, import it where the other was used, and let migrations alone create the table.",
    check,
)

EXAMPLES = Examples(
    bad={
        "auth/tables.py": """
from sqlalchemy import Column, Integer, MetaData, String, Table

metadata = MetaData()
users = Table("users", metadata, Column("id", Integer, primary_key=True), Column("email", String(320)))
""",
        "data/sql/001_users.sql": """
CREATE TABLE users (
    id UUID PRIMARY KEY,
    email VARCHAR(320)
);
""",
    },
    good={
        "auth/tables.py": """
from sqlalchemy import Column, Integer, MetaData, String, Table

metadata = MetaData()
users = Table("users", metadata, Column("id", Integer, primary_key=True), Column("email", String(320)))
""",
        "data/sql/002_notes.sql": """
CREATE TABLE notes (id INTEGER PRIMARY KEY);
""",
    },
)
