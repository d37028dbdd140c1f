"""A difference that nothing can remove: shown by ``alembic check``, and an error where a revision would be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation

from trueline.catalog.diff import Changed, Delta
from trueline.errors import TruelineError

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class DifferenceOp(MigrateOperation):
    """One difference, for ``alembic check`` to count."""

    def __init__(self, sign: str, key: tuple[str, ...]) -> None:
        self.sign = sign
        self.key = key

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return (f"{self.sign}_{self.key[0]}", ".".join(self.key[1:]))


class FailingOp(MigrateOperation):
    """Stands for all differences when there is no way to remove one of them."""

    def __init__(self, error: TruelineError, delta: Delta) -> None:
        self.error = error
        self.ops = [
            *(DifferenceOp("add", thing.key) for thing in delta.added),
            *(DifferenceOp("remove", thing.key) for thing in delta.removed),
            *(DifferenceOp("modify", item.key) for item in delta if isinstance(item, Changed)),
        ]

    def reverse(self) -> FailingOp:
        """There is no way back, either."""
        return self


def render(_context: AutogenContext, op: FailingOp) -> str:
    """Refuse to write a revision.

    Raises:
        TruelineError: why there is no way.
    """
    raise op.error
