"""A relationship to a class that there is not."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from trueline.audit.context import Context
from trueline.audit.source.values import last
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "relationship-to-nothing"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each relationship to a name that no table class has."""
    names = {last(table.path) for table in context.project.tables if table.kind == "class"}
    for each in context.project.relationships:
        if each.target.isidentifier() and each.target not in names:
            near = get_close_matches(each.target, names, n=1)
            fix = f"did you mean {near[0]}?" if near else f"declare class {each.target}, or take the relationship out"
            yield Finding(
                ID, f"{each.place.object} leads to {each.target}, and no table class is called so", each.place, fix
            )


RULE = Rule(
    ID,
    "A relationship leads to a class that does not exist",
    "No table class of the project has the name.",
    "No mapper of the project can be used: “expression … failed to locate a name”, at the first query.",
    "Correct the name, or declare the class.",
    check,
)

EXAMPLES = Examples(
    bad={
        "app/models.py": """
from sqlmodel import Field, Relationship, SQLModel

class Booking(SQLModel, table=True):
    id: int = Field(primary_key=True)
    lines: list["BookingLine"] = Relationship(back_populates="booking")
"""
    },
    good={
        "app/models.py": """
from sqlmodel import Field, Relationship, SQLModel

class Booking(SQLModel, table=True):
    id: int = Field(primary_key=True)
    lines: list["BookingLine"] = Relationship(back_populates="booking")

class BookingLine(SQLModel, table=True):
    id: int = Field(primary_key=True)
    booking_id: int = Field(foreign_key="booking.id", index=True)
    booking: Booking = Relationship(back_populates="lines")
"""
    },
)
