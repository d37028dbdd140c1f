"""A foreign key to a table or a column that nobody declares."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from trueline.audit.context import Context
from trueline.audit.rules._targets import all_named, elsewhere, target_of
from trueline.audit.source.project import Project
from trueline.audit.source.tables import ForeignKey, Table
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "key-to-nothing"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each key whose table nobody declares, in whatever schema, or whose column is missing there."""
    project = context.project
    for table in project.tables:
        for key in table.keys:
            target = target_of(project, table, key)
            if target is not None:
                yield from _missing_column(table, key, target)
            elif not elsewhere(project, key) and all_named(project):
                yield _nowhere(project, table, key)


def _nowhere(project: Project, table: Table, key: ForeignKey) -> Finding:
    near = get_close_matches(key.table, {each.name for each in project.tables}, n=1, cutoff=0.75)
    fix = f"did you mean {near[0]}?" if near else f"declare table {key.table}, or take the key out"
    return Finding(ID, f"{table.label} points at {key}, and no table {key.table} is declared", key.place, fix)


def _missing_column(table: Table, key: ForeignKey, target: Table) -> Iterator[Finding]:
    for name in key.target:
        if name and target.whole and target.columns and target.column(name) is None:
            near = get_close_matches(name, [each.name for each in target.columns], n=1)
            fix = f"did you mean {near[0]}?" if near else f"point at a column of {target.label}"
            what = f"{table.label} points at {key}, and {target.label} has no column {name}"
            yield Finding(ID, what, key.place, fix, related=(target.place,))


RULE = Rule(
    ID,
    "A foreign key points at a table that is not declared",
    "No class, Core table or file of SQL in the project has a table of that name, or the table has no such column. "
    "Silent "
    "where a table's name is computed.",
    "The mappers or the migration fail: “could not find table”, “relation does not exist”.",
    "Name the table as it is declared, or declare it.",
    check,
)

EXAMPLES = Examples(
    bad={
        "app/models.py": """
from sqlmodel import Field, SQLModel

class Payment(SQLModel, table=True):
    id: int = Field(primary_key=True)
    order_id: int = Field(foreign_key="orders.id", index=True)
"""
    },
    good={
        "app/models.py": """
from sqlmodel import Field, SQLModel

class Order(SQLModel, table=True):
    __tablename__ = "orders"
    id: int = Field(primary_key=True)

class Payment(SQLModel, table=True):
    id: int = Field(primary_key=True)
    order_id: int = Field(foreign_key="orders.id", index=True)
"""
    },
)
