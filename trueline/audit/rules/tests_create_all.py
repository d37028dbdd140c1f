"""Tests that come to their tables another way than production."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.project import Project
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "tests-create-all"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each ``create_all`` in a test."""
    for module in context.project.modules:
        for call in module.calls if module.role == "test" else ():
            if call.last == "create_all":
                yield Finding(
                    ID,
                    f"the tests' schema is built by create_all{_of(context.project, call.function)}",
                    module.place(call.line),
                    "def test_it(database_url): ...   # trueline.testing: a database at head for every test",
                )


def _of(project: Project, function: str) -> str:
    """Says so where the metadata holds no table at all."""
    owner = project.names.resolve(function.removesuffix(".create_all"))
    known = {each.path for each in project.metadatas}
    owned = {table.owner for table in (*project.tables, *project.test_tables)}
    return f" of {owner}, which holds no table" if owner in known and owned and owner not in owned else ""


RULE = Rule(
    ID,
    "Tests build their schema by create_all",
    "`create_all` is called, or handed on to be called, in a test or a conftest.py.",
    "What migrations forget, tests have: triggers, checks and types of production are never tried, and the "
    "revisions neither.",
    "Upgrade an empty database and copy it for each test; `trueline.testing` has the fixtures.",
    check,
)

EXAMPLES = Examples(
    bad={
        "tests/conftest.py": """
import pytest
from app.db import Base, engine

@pytest.fixture
def schema():
    Base.metadata.create_all(engine)
"""
    },
    good={
        "tests/conftest.py": """
import pytest
from alembic import command
from alembic.config import Config

@pytest.fixture
def schema():
    command.upgrade(Config("alembic.ini"), "head")
"""
    },
)
