"""Stock ``create_primary_key``, with the renderer that Alembic has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.operations.ops import CreatePrimaryKeyOp

from trueline.autogen.call import value

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class AddPrimaryKeyOp(CreatePrimaryKeyOp):
    """Add a primary key to a table."""


def render(_context: AutogenContext, op: AddPrimaryKeyOp) -> str:
    """Write the call into the revision."""
    schema = f", schema={op.schema!r}" if op.schema else ""
    name, table = str(op.constraint_name), str(op.table_name)
    return f"op.create_primary_key(op.f({name!r}), {table!r}, {value(list(op.columns))}{schema})"
