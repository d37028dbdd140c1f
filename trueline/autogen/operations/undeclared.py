"""What the database has and no model declares, and autogenerate leaves alone: a difference without a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations

from trueline.catalog.objects import CatalogObject

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class UndeclaredOp(MigrateOperation):
    """Make `alembic check` say that nobody declares this object; change nothing."""

    def __init__(self, thing: CatalogObject) -> None:
        self.thing = thing

    def reverse(self) -> UndeclaredOp:
        """The same: nothing was done."""
        return self

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return (f"undeclared_{self.thing.kind}", ".".join(self.thing.key[1:]))


def run(_operations: Operations, _op: UndeclaredOp) -> None:
    """Nothing."""


def render(_context: AutogenContext, _op: UndeclaredOp) -> list[str]:
    """Nothing."""
    return []
