"""Filters that hide differences from Alembic."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.facts import Module
from trueline.audit.source.values import Name, last
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "differences-hidden"
_FILTERS = ("include_object", "include_name")


def check(context: Context) -> Iterator[Finding]:
    """One finding for each env.py that has such filters: it counts and lists them."""
    for module in context.project.modules:
        if module.role == "env" and (found := _filters(module)):
            listed = ", ".join(f"{name} (line {line})" for name, line in found.items())
            what = f"{len(found)} filter{'s hide' if len(found) > 1 else ' hides'} differences from Alembic: {listed}"
            fix = '[tool.trueline]\nignore = ["table:legacy.*"]   # says what is left alone, and can be counted'
            yield Finding(ID, what, module.place(min(found.values())), fix, "warning")


def _filters(module: Module) -> dict[str, int]:
    """Name -> line of each function that is handed on as a filter, in what way ever it is called."""
    defined = {each.name: each.line for each in module.functions}
    found: dict[str, int] = {}
    for call in module.calls:
        for keyword in _FILTERS if call.last in {"configure", "run_migrations"} else ():
            value = call.get(keyword)
            if value is not None:
                name = last(value.path) if isinstance(value, Name) else keyword
                found.setdefault(name, defined.get(name, call.line))
    found.update({name: line for name, line in defined.items() if name in _FILTERS and name not in found})
    return found


RULE = Rule(
    ID,
    "Filters of the project's own hide differences",
    "env.py hands `include_object` or `include_name` to Alembic.",
    "What they leave out is never compared: tables without a model and models without a table stay unseen, and "
    "`alembic "
    "check` says that all is well.",
    "Declare what is there, or list what is left alone in `[tool.trueline] ignore`.",
    check,
)

EXAMPLES = Examples(
    bad={
        "migrations/env.py": """
from alembic import context
from app.models import Base

def include_object(thing, name, type_, reflected, compare_to):
    return not name.startswith("legacy_")

context.configure(target_metadata=Base.metadata, include_object=include_object)
"""
    },
    good={
        "migrations/env.py": """
from alembic import context
from app.models import Base

context.configure(target_metadata=Base.metadata)
"""
    },
)
