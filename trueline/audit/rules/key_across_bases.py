"""A foreign key into another metadata."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.rules._targets import target_of
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "key-across-bases"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each key of Python whose table only another metadata has."""
    for table in context.project.tables:
        for key in table.keys if table.kind != "sql" else ():
            target = target_of(context.project, table, key)
            if target is not None and target.kind != "sql" and target.owner != table.owner:
                yield Finding(
                    ID,
                    f"{table.label} is in {table.owner} and points at {target.label}, which is in {target.owner}",
                    key.place,
                    f"let both stand on {target.owner.removesuffix('.metadata')}",
                    related=(target.place,),
                )


RULE = Rule(
    ID,
    "A foreign key leads into another metadata",
    "The key's table and the one that it points at are declared on different metadatas.",
    "SQLAlchemy cannot resolve it: “could not find table … with which to generate a foreign key”.",
    "Put both tables on one metadata. Dropping the key only hides the fault.",
    check,
)

EXAMPLES = Examples(
    bad={
        "app/models.py": """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlmodel import Field, SQLModel

class Base(DeclarativeBase):
    pass

class User(SQLModel, table=True):
    id: int = Field(primary_key=True)

class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
"""
    },
    good={
        "app/models.py": """
from sqlmodel import Field, SQLModel

class User(SQLModel, table=True):
    id: int = Field(primary_key=True)

class Note(SQLModel, table=True):
    id: int = Field(primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
"""
    },
)
