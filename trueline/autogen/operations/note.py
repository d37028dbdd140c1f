"""A comment in a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class NoteOp(MigrateOperation):
    """Say something in the revision and do nothing; it is no difference."""

    #: Empty, as of a container: what `alembic check` goes through to find differences.
    ops: tuple[MigrateOperation, ...] = ()

    def __init__(self, text: str) -> None:
        self.text = text

    def reverse(self) -> NoteOp:
        """The same note."""
        return self

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Nothing to tell: it never gets here, because it counts as an empty container."""
        return ("note", self.text)


def run(_operations: Operations, _op: NoteOp) -> None:
    """Nothing."""


def render(_context: AutogenContext, op: NoteOp) -> list[str]:
    """Write the comment into the revision, a line per line."""
    return [f"# {line}".rstrip() for line in op.text.splitlines()]
