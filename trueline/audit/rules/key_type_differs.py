"""A foreign key of another type than what it points at."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.rules._targets import target_of
from trueline.audit.source.tables import alike
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "key-type-differs"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each column of a key whose type is another than its target's."""
    for table in context.project.tables:
        for key in table.keys:
            target = target_of(context.project, table, key)
            for mine, theirs in zip(key.columns, key.target, strict=False):
                column, aim = table.column(mine), target.column(theirs) if target else None
                if target is None or column is None or aim is None or not column.type or not aim.type:
                    continue
                if column.type != aim.type and not (alike(column.type, aim.type) and column.type in _TEXTS):
                    yield Finding(
                        ID,
                        f"{table.label}.{mine} is {column.type}, and {target.label}.{theirs}, "
                        f"which it points at, is {aim.type}",
                        key.place,
                        f"make {table.label}.{mine} {aim.type}",
                        "warning" if alike(column.type, aim.type) else "error",
                        (aim.place,),
                    )


_TEXTS = frozenset({"text", "varchar", "char", "citext"})

RULE = Rule(
    ID,
    "A foreign key has another type than what it points at",
    "Both columns' types are written down and differ. Numbers of other widths are a warning, texts of other lengths "
    "are "
    "none. Where the target is declared twice, the declaration in Python counts.",
    "PostgreSQL refuses the key (“Key columns … are of incompatible types”), or the narrower number runs out first.",
    "Give the column the type of its target, in a revision of its own where rows exist.",
    check,
)

EXAMPLES = Examples(
    bad={
        "app/models.py": """
from uuid import UUID
from sqlmodel import Field, SQLModel

class User(SQLModel, table=True):
    id: int = Field(primary_key=True)

class Profile(SQLModel, table=True):
    id: int = Field(primary_key=True)
    user_id: UUID = Field(foreign_key="user.id", index=True)
"""
    },
    good={
        "app/models.py": """
from sqlmodel import Field, SQLModel

class User(SQLModel, table=True):
    id: int = Field(primary_key=True)

class Profile(SQLModel, table=True):
    id: int = Field(primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
"""
    },
)
