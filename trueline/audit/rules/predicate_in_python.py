"""An index's condition that Python evaluates."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "predicate-in-python"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each index whose ``postgresql_where`` is no SQL when SQLAlchemy gets it."""
    for table in context.project.tables:
        for index in table.indexes:
            if index.evaluated:
                what = (
                    f"the condition of index {index.name} of {table.label} is evaluated by Python, before there is SQL"
                )
                yield Finding(ID, what, index.place, 'postgresql_where=text("… IS TRUE")   # or column.is_(True)')


RULE = Rule(
    ID,
    "An index's condition is evaluated by Python",
    "`postgresql_where` is a comparison with `is` or `in`, or has `not`, `and` or `or`: what Python makes of it is "
    "True or "
    "False, whatever the column.",
    "The index covers all rows, or none; a unique one refuses what it should allow, or allows what it should refuse.",
    "Write `column.is_(True)`, `and_(…)`, or `text(…)`.",
    check,
)

_MODEL = """
from sqlalchemy import Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Plan(Base):
    __tablename__ = "plans"
    id: Mapped[int] = mapped_column(primary_key=True)
    is_default: Mapped[bool]
"""

_INDEX = '    __table_args__ = (Index("one_default", "is_default", unique=True, postgresql_where={}),)\n'

EXAMPLES = Examples(
    bad={"app/models.py": _MODEL + _INDEX.format("is_default is True")},
    good={"app/models.py": _MODEL + _INDEX.format('text("is_default")')},
)
