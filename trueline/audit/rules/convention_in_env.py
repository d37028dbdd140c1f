"""A naming convention that only migrations know."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "convention-in-env"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each ``naming_convention`` that an env.py sets or gives to a metadata of its own."""
    for module in context.project.modules:
        if module.role != "env":
            continue
        lines = [each.line for each in module.assigned if each.name.endswith(".naming_convention")]
        lines += [
            each.place.line for each in context.project.metadatas if each.convention and each.place.file == module.file
        ]
        for line in lines:
            what = "the naming convention is set in env.py, and models alone do not know it"
            fix = "MetaData(naming_convention=…)   # where the base is declared, before the first class"
            yield Finding(ID, what, module.place(line), fix)


RULE = Rule(
    ID,
    "The naming convention is set in env.py only",
    "env.py sets `naming_convention`, on the models' metadata or on one of its own.",
    "What imports the models without env.py, tests and scripts among it, names keys and indexes another way, and "
    "keys that "
    "were declared before the line keep their names.",
    "Give the convention to the `MetaData` when it is made.",
    check,
)

EXAMPLES = Examples(
    bad={
        "migrations/env.py": """
from alembic import context
from app.models import Base

target_metadata = Base.metadata
target_metadata.naming_convention = {"pk": "pk_%(table_name)s"}
"""
    },
    good={
        "migrations/env.py": """
from alembic import context
from app.models import Base

target_metadata = Base.metadata
"""
    },
)
