"""A table class that migrations see only because another module imports it."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.reach import reach
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "model-imported-by-chance"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each module of tables that neither env.py nor a package of models names."""
    reached = reach(context.project)
    if reached is None:
        return
    told: set[str] = set()
    for table in context.project.tables:
        module = table.module
        if table.kind == "sql" or module in told or module not in reached.all or module in reached.meant:
            continue
        told.add(module)
        yield Finding(
            ID,
            f"{module} is imported when migrations run only because {reached.by[module]} imports it",
            table.place,
            f"import {module}",
            "warning",
        )


RULE = Rule(
    ID,
    "Tables arrive only through imports of imports",
    "env.py comes to the module by way of one that needs it for itself; neither env.py names it, nor a package, nor "
    "a module without tables, that env.py imports.",
    "Whoever tidies the other module's imports takes the tables out of the metadata, and the next revision drops them.",
    "Name the module in the package of the models, or use `trueline.discover`.",
    check,
)

_BASE = {
    "app/models/base.py": """
from sqlalchemy.orm import DeclarativeBase

class Base(DeclarativeBase):
    pass
""",
    "app/models/users.py": """
from sqlalchemy.orm import Mapped, mapped_column
from app.models.base import Base

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
""",
    "app/models/notes.py": """
from sqlalchemy.orm import Mapped, mapped_column
from app.models.base import Base
from app.models.users import User

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
    bad={
        **_BASE,
        "app/models/__init__.py": "from app.models.base import Base\nfrom app.models.notes import Note\n",
    },
    good={
        **_BASE,
        "app/models/__init__.py": "from app.models.base import Base\nfrom app.models import notes, users\n",
    },
)
