"""Tables that are created unless something of that name is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueline.audit.context import Context
from trueline.audit.source.ddl import read_ddl
from trueline.finding import Finding, Place
from trueline.rule import Examples, Rule

ID = "create-if-not-exists"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each file of SQL, and for each text of Python."""
    for ddl in context.project.sql:
        if ddl.conditional:
            yield _finding(ddl.conditional, Place(ddl.file, ddl.conditional[0][1]))
    for module in context.project.modules:
        for each in module.sql if module.role in {"code", "env"} else ():
            found = read_ddl(each.text, module.file, first_line=each.line).conditional
            if found:
                yield _finding(found, module.place(each.line))


def _finding(conditional: Sequence[tuple[str, int]], place: Place) -> Finding:
    names = ", ".join(name for name, _ in conditional)
    what = f"CREATE TABLE IF NOT EXISTS takes whatever is there for {names}"
    return Finding(ID, what, place, 'alembic revision --autogenerate -m "…"')


RULE = Rule(
    ID,
    "Tables are created unless they are there",
    "`CREATE TABLE IF NOT EXISTS` stands in a file of SQL, or in a text of the application's code.",
    "A table of that name, with whatever columns, is taken for the right one; nothing records what ran, and no "
    "later change "
    "of the file reaches a database that has the table.",
    "Let revisions create tables, each once.",
    check,
)

EXAMPLES = Examples(
    bad={"sql/001_users.sql": "CREATE TABLE IF NOT EXISTS users (\n    id INTEGER PRIMARY KEY\n);\n"},
    good={"sql/001_users.sql": "CREATE TABLE users (\n    id INTEGER PRIMARY KEY\n);\n"},
)
