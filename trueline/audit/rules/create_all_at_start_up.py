"""Tables that the application creates itself."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "create-all-at-start-up"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each ``create_all`` outside of tests and revisions."""
    for module in context.project.modules:
        if module.role == "code":
            for call in module.calls:
                if call.last == "create_all":
                    what = f"{call.function.removeprefix('().')} creates tables outside of migrations"
                    yield Finding(
                        ID, what, module.place(call.line), "alembic upgrade head   # before the application starts"
                    )


RULE = Rule(
    ID,
    "The application creates its tables itself",
    "`create_all` is called, or handed on to be called, in code that is neither a test nor a revision.",
    "Tables appear that no revision made, with whatever the models say on that day; nothing ever changes them, and "
    "migrations fail on what is already there.",
    "Take the call out, and upgrade before the application starts.",
    check,
)

EXAMPLES = Examples(
    bad={
        "app/main.py": """
from app.db import Base, engine

async def start() -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
"""
    },
    good={
        "app/main.py": """
from app.db import engine

async def start() -> None:
    async with engine.connect() as connection:
        await connection.exec_driver_sql("SELECT 1")
"""
    },
)
