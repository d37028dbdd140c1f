"""A table that no model declares."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.rules._catalog import models, own_tables
from trueline.audit.rules._targets import all_named
from trueline.catalog.render.words import name
from trueline.finding import Finding, Place
from trueline.rule import Examples, Rule

ID = "table-without-model"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each table, where the project has models and all of their names are known."""
    declared = models(context)
    if context.live is None or not declared or not all_named(context.project):
        return
    known = {table.identity for table in declared}
    for table in own_tables(context.live.catalog):
        if (table.schema, table.name) not in known:
            label = f"{table.schema}.{table.name}"
            fix = f"declare it; or: DROP TABLE {name(table.schema)}.{name(table.name)};"
            yield Finding(ID, f"no model declares table {label}", Place(object=f"table {label}"), fix, "warning")


RULE = Rule(
    ID,
    "A table has no model",
    "The database has a table that no class and no Core table declares. Partitions, tables of extensions, Alembic's "
    "own and "
    "trueline's do not count.",
    "Nobody keeps it in step: autogenerate proposes to drop it, or a filter hides it and everything like it.",
    "Declare it, `trueline declare` helps; drop it; or name it in `[tool.trueline] ignore` and allow it here.",
    check,
    frozenset({"database"}),
)

_MODELS = """
from sqlmodel import Field, SQLModel

class Invoice(SQLModel, table=True):
    __tablename__ = "invoices"
    id: int = Field(primary_key=True)
"""

EXAMPLES = Examples(
    bad={
        "app/models.py": _MODELS,
        "database.sql": """
CREATE TABLE invoices (id integer PRIMARY KEY);
CREATE TABLE invoices_backup_2023 (id integer);
""",
    },
    good={"app/models.py": _MODELS, "database.sql": "CREATE TABLE invoices (id integer PRIMARY KEY);"},
)
