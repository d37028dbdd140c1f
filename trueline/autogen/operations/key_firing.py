"""When the triggers fire by which PostgreSQL keeps a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations

from trueline.autogen.call import Call, written
from trueline.autogen.operations.execution import default_schema, place, run
from trueline.catalog.objects import Key, Name
from trueline.catalog.render.firing import told

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class SetKeyFiringOp(MigrateOperation):
    """Make the triggers of a key fire in another way.

    Args:
        key: of the constraint.
        enabled: ``origin``, which is the usual, ``replica``, ``always`` or ``disabled``.
        events: which of the triggers, see `trueline.catalog.objects.constraint.KeyEvent`.
        on: the table that they are on; None for all that there are.
    """

    def __init__(self, key: Key, enabled: str, events: Sequence[str], on: Name | None = None) -> None:
        self.key = key
        self.enabled = enabled
        self.events = list(events)
        self.on = on

    @classmethod
    def set_key_firing(
        cls,
        operations: Operations,
        name: str,
        table: str,
        enabled: str,
        events: Sequence[str],
        *,
        on: str | None = None,
        on_schema: str | None = None,
        schema: str | None = None,
    ) -> None:
        """Say when the triggers of a key fire: ``disabled``, ``replica``, ``always``, or ``origin`` as usual.

        Events of a foreign key are ``insert`` and ``update``, and of the table that it points at ``referenced update``
        and ``referenced delete``; of a deferrable key it is ``recheck``. ``on`` names the table that the triggers are
        on, such as one partition. A superuser alone may do this, and nothing looks at the rows that are there.
        """
        schema = place(operations, schema)
        operations.invoke(
            cls(("constraint", schema, table, name), enabled, events, (on_schema or schema, on) if on else None)
        )

    def reverse(self) -> SetKeyFiringOp:
        """As usual."""
        return SetKeyFiringOp(self.key, "origin", self.events, self.on)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("set_key_firing", ".".join(self.key[1:]), self.enabled, tuple(self.events))


def fire(operations: Operations, op: SetKeyFiringOp) -> None:
    """Run it, or write it out offline."""
    run(operations, [told(op.key, op.enabled, op.events, op.on)])


def render(context: AutogenContext, op: SetKeyFiringOp) -> str:
    """Write the call into the revision."""
    _, schema, table, name = op.key
    elsewhere = schema != default_schema(context.migration_context)
    given = {
        "on": op.on[1] if op.on else None,
        "on_schema": op.on[0] if op.on and op.on[0] != schema else None,
        "schema": schema if elsewhere else None,
    }
    chosen = {key: each for key, each in given.items() if each is not None}
    return written(Call("set_key_firing", (name, table, op.enabled, op.events), chosen))
