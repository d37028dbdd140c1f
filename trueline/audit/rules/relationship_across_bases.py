"""A relationship to a class of another base."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.tables import Table
from trueline.audit.source.values import last
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "relationship-across-bases"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each relationship whose class is on another metadata only."""
    classes: dict[str, list[Table]] = {}
    for table in context.project.tables:
        classes.setdefault(last(table.path), []).append(table)
    for each in context.project.relationships:
        found = classes.get(each.target, [])
        if found and all(table.owner != each.owner for table in found):
            yield Finding(
                ID,
                f"{each.place.object} leads to {each.target}, a class of {found[0].owner}; its own is {each.owner}",
                each.place,
                "let both classes stand on one base",
                related=(found[0].place,),
            )


RULE = Rule(
    ID,
    "A relationship leads to a class of another base",
    "The only classes of that name stand on another base, with another metadata.",
    "No mapper of the project can be used: “expression … failed to locate a name”, at the first query.",
    "Let both classes stand on one base.",
    check,
)

EXAMPLES = Examples(
    bad={
        "app/models.py": """
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class CoreBase(DeclarativeBase):
    pass

class StationBase(DeclarativeBase):
    pass

class Station(StationBase):
    __tablename__ = "stations"
    id: Mapped[int] = mapped_column(primary_key=True)

class Booking(CoreBase):
    __tablename__ = "bookings"
    id: Mapped[int] = mapped_column(primary_key=True)
    station = relationship("Station")
"""
    },
    good={
        "app/models.py": """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Station(Base):
    __tablename__ = "stations"
    id: Mapped[int] = mapped_column(primary_key=True)

class Booking(Base):
    __tablename__ = "bookings"
    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id"), index=True)
    station = relationship("Station")
"""
    },
)
