"""Stock ``alter_column``, with the ``postgresql_using`` that Alembic's renderer leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.operations.ops import AlterColumnOp

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class ChangeTypeOp(AlterColumnOp):
    """Alter a column."""


def render(context: AutogenContext, op: ChangeTypeOp) -> str:
    """Write the call into the revision."""
    from alembic.autogenerate.render import renderers

    text: str = renderers.dispatch(AlterColumnOp)(context, op)
    using = op.kw.get("postgresql_using")
    return text if using is None else f"{text[:-1]},\n           postgresql_using={using!r})"
