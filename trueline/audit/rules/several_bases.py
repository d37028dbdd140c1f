"""Several declarative bases, or several metadatas."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.reach import reach
from trueline.audit.source.tables import Table
from trueline.finding import Finding, Place
from trueline.rule import Examples, Rule

ID = "several-bases"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each metadata with tables but the one of which env.py sees most, or else that has most."""
    project = context.project
    owned: dict[str, list[Table]] = {}
    for table in project.tables:
        if table.kind != "sql":
            owned.setdefault(table.owner, []).append(table)
    if len(owned) < 2:
        return
    reached = reach(project)
    seen = {owner: sum(each.module in reached.all for each in owned[owner]) if reached else 0 for owner in owned}
    first, *others = sorted(owned, key=lambda owner: (-seen[owner], -len(owned[owner]), owner))
    places = {each.path: each.place for each in project.metadatas}
    for owner in others:
        tables = owned[owner]
        yield Finding(
            ID,
            f"{owner} is another metadata than {first}: {_counted(tables)} there, {_counted(owned[first])} here; "
            "no migration sees both",
            places.get(owner, tables[0].place),
            f"let its classes stand on one base: {_base(first)}",
            related=tuple(filter(None, (_place(first, places, owned[first]), *(table.place for table in tables[:3])))),
        )


def _counted(tables: list[Table]) -> str:
    return f"{len(tables)} table{'s' if len(tables) != 1 else ''}"


def _base(owner: str) -> str:
    return owner.removesuffix(".metadata")


def _place(owner: str, places: dict[str, Place], tables: list[Table]) -> Place:
    return places.get(owner, tables[0].place)


RULE = Rule(
    ID,
    "Tables are declared on several bases",
    "More than one metadata holds tables. A base without a metadata of its own shares that of the one it derives from.",
    "Autogenerate looks at one metadata: tables of the others are never created, and foreign keys and relationships "
    "between them cannot be resolved.",
    "Choose one base, with one metadata, in a module that imports no models, and derive every class from it.",
    check,
)

EXAMPLES = Examples(
    bad={
        "app/orders.py": """
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)

class Line(Base):
    __tablename__ = "lines"
    id: Mapped[int] = mapped_column(primary_key=True)
""",
        "app/users.py": """
from sqlalchemy.orm import Mapped, declarative_base, mapped_column

Base = declarative_base()

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
""",
    },
    good={
        "app/base.py": """
from sqlalchemy.orm import DeclarativeBase

class Base(DeclarativeBase):
    pass
""",
        "app/orders.py": """
from sqlalchemy.orm import Mapped, mapped_column
from app.base import Base

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
""",
        "app/users.py": """
from sqlalchemy.orm import Mapped, mapped_column
from .base import Base

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
""",
    },
)
