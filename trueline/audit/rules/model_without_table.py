"""A model whose table the database does not have."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.rules._catalog import is_there, models
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "model-without-table"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each declaration in Python."""
    for table in models(context) if context.live else ():
        if context.live and not is_there(context.live.catalog, *table.identity):
            what = f"the database has no table {'.'.join(table.identity)}"
            yield Finding(ID, what, table.place, "alembic upgrade head, or alembic revision --autogenerate")


RULE = Rule(
    ID,
    "A model has no table",
    "A class or Core table is declared, and the database has no table or view of that name in that schema; without "
    "a schema "
    "that is `public`.",
    "The first query of the model fails. Where no revision creates the table either, autogenerate has never seen "
    "the model.",
    "Upgrade the database; where that does not help, import the model in env.py and write a revision.",
    check,
    frozenset({"database"}),
)

_MODELS = """
from sqlmodel import Field, SQLModel

class Invoice(SQLModel, table=True):
    __tablename__ = "invoices"
    id: int = Field(primary_key=True)
"""

EXAMPLES = Examples(
    bad={"app/models.py": _MODELS, "database.sql": "CREATE TABLE payments (id integer PRIMARY KEY);"},
    good={"app/models.py": _MODELS, "database.sql": "CREATE TABLE invoices (id integer PRIMARY KEY);"},
)
