"""A key or an index that a table has twice."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.tables import Table
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "same-key-twice"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each key or index after the first."""
    for table in context.project.tables:
        yield from _keys(table)
        yield from _indexes(table)


def _keys(table: Table) -> Iterator[Finding]:
    seen: dict[object, object] = {}
    for key in table.keys:
        same = (key.columns, key.schema, key.table, key.target)
        if same in seen:
            what = f"{table.label} ({', '.join(key.columns)}) has two foreign keys to {key}"
            yield Finding(ID, what, key.place, "take one of them out", "warning")
        seen[same] = key


def _indexes(table: Table) -> Iterator[Finding]:
    """An index does nothing that another index, a unique constraint or the primary key of these columns does not."""
    seen = {table.primary: "the primary key"} if table.primary else {}
    for index in sorted(table.indexes, key=lambda each: not each.unique):
        if index.partial or not index.columns:
            continue
        if index.columns in seen:
            columns = ", ".join(index.columns)
            what = f"{table.label} has an index on ({columns}) beside {seen[index.columns]} of the same columns"
            yield Finding(ID, what, index.place, "take it out", "warning")
        seen.setdefault(index.columns, "a unique one" if index.unique else "another")


RULE = Rule(
    ID,
    "A table has the same key or index twice",
    "Two foreign keys of the same columns lead to the same place, or two indexes without a condition have the same "
    "columns in "
    "the same order; unique constraints and the primary key count as indexes.",
    "Each row is checked or written twice for nothing, and the second one takes space.",
    "Take one of them out.",
    check,
)

EXAMPLES = Examples(
    bad={
        "app/models.py": """
from sqlalchemy import Index
from sqlmodel import Field, SQLModel

class User(SQLModel, table=True):
    __table_args__ = (Index("users_by_email", "email"),)
    id: int = Field(primary_key=True)
    email: str = Field(unique=True)
"""
    },
    good={
        "app/models.py": """
from sqlmodel import Field, SQLModel

class User(SQLModel, table=True):
    id: int = Field(primary_key=True)
    email: str = Field(unique=True)
"""
    },
)
