"""A revision that imports models."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.revisions import revisions
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "revision-imports-models"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each import of a module that declares tables, or is called models."""
    project = context.project
    declaring = {table.module for table in project.tables} | {each.path.rpartition(".")[0] for each in project.bases}
    for revision in revisions(project):
        told = set()
        for each in revision.module.imports:
            found = project.names.module(each.target) or project.names.module(each.module)
            name = found.name if found else each.module
            own = found is not None and found.role == "code"
            if each.line not in told and (name in declaring or (own and "models" in name.split("."))):
                told.add(each.line)
                what = f"revision {revision.id} imports {each.module}"
                fix = "write down the tables and columns that it needs, as they are at that revision: sa.table(…)"
                yield Finding(ID, what, revision.module.place(each.line), fix)


RULE = Rule(
    ID,
    "A revision imports the application's models",
    "A revision imports a module of the project that declares tables or bases, or is called models.",
    "Models change and revisions do not: from the next change of the model on, the revision fails or does something "
    "else, "
    "and no empty database can be upgraded.",
    "Write what the revision needs into the revision.",
    check,
)

_MODELS = """
from sqlmodel import Field, SQLModel

class User(SQLModel, table=True):
    id: int = Field(primary_key=True)
"""
_REVISION = """
revision = "a1"
down_revision = None

def upgrade():
    pass

def downgrade():
    op.execute("SELECT 1")
"""

EXAMPLES = Examples(
    bad={
        "app/models.py": _MODELS,
        "migrations/versions/a1_first.py": "from alembic import op\nfrom app.models import User\n" + _REVISION,
    },
    good={
        "app/models.py": _MODELS,
        "migrations/versions/a1_first.py": "import sqlalchemy as sa\nfrom alembic import op\n" + _REVISION,
    },
)
