"""A foreign key that looks for its table in the wrong schema."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.rules._targets import elsewhere, target_of
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "key-without-schema"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each key whose table is only in another schema than it says."""
    project = context.project
    for table in project.tables:
        for key in table.keys:
            if target_of(project, table, key) is None and (found := elsewhere(project, key)):
                right = f"{found[0].label}.{key.target[0]}" if key.target else found[0].label
                says = f"names schema {key.schema}" if key.schema else "names no schema"
                yield Finding(
                    ID,
                    f"{table.label} points at {key}, which {says}: the table is {found[0].label}",
                    key.place,
                    f'ForeignKey("{right}")' if table.kind != "sql" else f"REFERENCES {found[0].label}",
                    related=(found[0].place,),
                )


RULE = Rule(
    ID,
    "A foreign key names no schema, or the wrong one",
    "The table that it names is declared in another schema only.",
    "SQLAlchemy does not find the table, and PostgreSQL looks in its search path alone.",
    "Write the schema into the key.",
    check,
)

EXAMPLES = Examples(
    bad={
        "app/models.py": """
from sqlmodel import Field, SQLModel

class Booking(SQLModel, table=True):
    __tablename__ = "bookings"
    __table_args__ = {"schema": "core"}
    id: int = Field(primary_key=True)

class MenuItem(SQLModel, table=True):
    __tablename__ = "menu_items"
    __table_args__ = {"schema": "core"}
    id: int = Field(primary_key=True)
    booking_id: int = Field(foreign_key="bookings.id", index=True)
"""
    },
    good={
        "app/models.py": """
from sqlmodel import Field, SQLModel

class Booking(SQLModel, table=True):
    __tablename__ = "bookings"
    __table_args__ = {"schema": "core"}
    id: int = Field(primary_key=True)

class MenuItem(SQLModel, table=True):
    __tablename__ = "menu_items"
    __table_args__ = {"schema": "core"}
    id: int = Field(primary_key=True)
    booking_id: int = Field(foreign_key="core.bookings.id", index=True)
"""
    },
)
