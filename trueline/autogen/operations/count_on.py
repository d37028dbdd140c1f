"""Statements about how far a sequence has got, which is data: no reading has it, and so the revision looks."""

from __future__ import annotations

from typing import Any

from alembic.operations.ops import ExecuteSQLOp

from trueline.autogen.operations.note import NoteOp


class CountOnOp(ExecuteSQLOp):
    """Let a sequence count on from where it shall."""

    def reverse(self) -> NoteOp:
        """Nothing to take back: it is what the sequence has given out."""
        return NoteOp("")

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("execute", self.sqltext)
