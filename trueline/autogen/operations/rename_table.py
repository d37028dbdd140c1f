"""Alembic's own ``rename_table`` with what it lacks: a way back, and a line in a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.operations.ops import RenameTableOp

from trueline.autogen.call import Call, written

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class RenameTable(RenameTableOp):
    """Give a table another name in its schema."""

    def reverse(self) -> RenameTable:
        """Give it its name back."""
        return RenameTable(self.new_table_name, self.table_name, schema=self.schema)

    def to_diff_tuple(self) -> tuple[str, ...]:
        """Say what ``alembic check`` prints."""
        return ("rename_table", self.table_name, self.new_table_name)


def render(_context: AutogenContext, op: RenameTable) -> str:
    """Write the call into the revision."""
    given = {"schema": op.schema} if op.schema else {}
    return written(Call("rename_table", (op.table_name, op.new_table_name), given))
