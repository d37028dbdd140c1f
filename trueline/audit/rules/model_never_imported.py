"""A table class that migrations never see."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.reach import reach
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "model-never-imported"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each table of a module that env.py does not come to."""
    reached = reach(context.project)
    if reached is None:
        return
    entries = tuple(module.place(0) for module in context.project.modules if module.role == "env")
    for table in context.project.tables:
        if table.kind != "sql" and table.module not in reached.all:
            yield Finding(
                ID,
                f"{table.label or table.path} is declared in {table.module}, which env.py never imports",
                table.place,
                f"import {table.module}",
                related=entries,
            )


RULE = Rule(
    ID,
    "A table class is never imported by env.py",
    "The project has an env.py, and no chain of imports leads from it to the class's module. Loops over a package's "
    "modules "
    "count as imports of all of them.",
    "Autogenerate does not know the table: it is never created, or proposed to be dropped.",
    "Import the module in the package of the models, or use `trueline.discover`.",
    check,
)

_BASE = {
    "app/models/base.py": """
from sqlalchemy.orm import DeclarativeBase

class Base(DeclarativeBase):
    pass
""",
    "app/models/notes.py": """
from sqlalchemy.orm import Mapped, mapped_column
from app.models.base import Base

class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
""",
    "migrations/env.py": """
from alembic import context
from app.models import Base

context.configure(target_metadata=Base.metadata)
""",
}

EXAMPLES = Examples(
    bad={**_BASE, "app/models/__init__.py": "from app.models.base import Base\n"},
    good={
        **_BASE,
        "app/models/__init__.py": "from app.models.base import Base\nfrom app.models.notes import Note\n",
    },
)
