"""What every story has: a project that is told its models, and told again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from tests.acceptance.project import Project

Declare = Callable[[sa.MetaData], object]
Tell = Callable[[Declare], Project]
Columns = Callable[[], list[sa.Column[Any]]]


def table(*columns: sa.schema.SchemaItem, name: str = "t", schema: str | None = "s") -> Declare:
    """One table of these columns."""
    return lambda metadata: sa.Table(name, metadata, *columns, schema=schema)


def number() -> sa.Column[int]:
    """A key that nothing counts."""
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=False)


def quiet(project: Project) -> bool:
    """Whether the check says nothing; it shows what it says."""
    checked = project.check()
    assert not checked.failed, checked.text
    return True
