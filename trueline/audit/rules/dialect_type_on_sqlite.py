"""A type of PostgreSQL's alone, where tests run on SQLite."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.engines import sqlite_in_tests
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "dialect-type-on-sqlite"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each column; one that several tables have from a mixin is told once."""
    engine = next(sqlite_in_tests(context.project), None)
    told = set()
    for table in context.project.tables if engine else ():
        for column in table.columns:
            if column.dialect and column.place not in told:
                told.add(column.place)
                what = f"{column.label} is {column.type}, and tests run on SQLite"
                fix = f"from trueline.types import {column.type.upper()}"
                yield Finding(ID, what, column.place, fix, related=(engine,) if engine else ())


RULE = Rule(
    ID,
    "A type of PostgreSQL's alone, and tests on SQLite",
    "A test or conftest.py names an address of SQLite, and a column's type comes from SQLAlchemy's PostgreSQL "
    "dialect, or is "
    "`ARRAY`, without a variant.",
    "SQLite's compiler refuses the type, and no test of the project can run.",
    "Test on PostgreSQL; or use `trueline.types`, native on PostgreSQL and with a fallback on SQLite.",
    check,
)

_TESTS = {
    "tests/conftest.py": 'from sqlalchemy import create_engine\n\nengine = create_engine("sqlite:///:memory:")\n',
}

EXAMPLES = Examples(
    bad={
        **_TESTS,
        "app/models.py": """
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

class Note(SQLModel, table=True):
    id: int = Field(primary_key=True)
    tags: dict = Field(sa_type=JSONB)
""",
    },
    good={
        **_TESTS,
        "app/models.py": """
from sqlmodel import Field, SQLModel
from trueline.types import JSONB

class Note(SQLModel, table=True):
    id: int = Field(primary_key=True)
    tags: dict = Field(sa_type=JSONB)
""",
    },
)
