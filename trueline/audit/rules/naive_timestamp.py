"""A moment without a time zone."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "naive-timestamp"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each column; one that several tables have from a mixin is told once."""
    told = set()
    for table in context.project.tables:
        for column in table.columns:
            if column.type == "timestamp" and column.place not in told:
                told.add(column.place)
                fix = f"{column.name} TIMESTAMPTZ" if table.kind == "sql" else "DateTime(timezone=True)"
                what = f"{column.label} is a timestamp without time zone"
                yield Finding(ID, what, column.place, fix, "warning")


RULE = Rule(
    ID,
    "A timestamp has no time zone",
    "A column is `timestamp without time zone`: in SQL, as `DateTime()`, or as `datetime` in a class whose base "
    "does not map "
    "it to another type.",
    "The same value is another moment for each client, and comparing it with an aware `datetime` is an error.",
    "Use `timestamptz`; `trueline.Model` does for every `datetime`.",
    check,
)

EXAMPLES = Examples(
    bad={
        "app/models.py": """
from datetime import datetime
from sqlmodel import Field, SQLModel

class Note(SQLModel, table=True):
    id: int = Field(primary_key=True)
    written_at: datetime
"""
    },
    good={
        "app/models.py": """
from datetime import datetime
from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel

class Note(SQLModel, table=True):
    id: int = Field(primary_key=True)
    written_at: datetime = Field(sa_type=DateTime(timezone=True))
"""
    },
)
