"""What a proof has found out about a revision."""

from __future__ import annotations

from dataclasses import dataclass

from trueline.catalog.describe import Difference
from trueline.errors import TruelineError


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out about a revision.

    Attributes:
        objects: how many objects the models have.
        ahead: what still differs from the models after it.
        back: what its downgrade leaves different.
        offline: in what the offline SQL leads elsewhere.
        drift: in what the database, which the revision was written for, was not what the history makes.
        pending: whether the history alone does not lead to the models; only looked at where there is drift.
        failure: why one of the ways could not be gone to its end.
    """

    objects: int
    ahead: tuple[Difference, ...] = ()
    back: tuple[Difference, ...] = ()
    offline: tuple[Difference, ...] = ()
    drift: tuple[Difference, ...] = ()
    pending: bool = True
    failure: TruelineError | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing is left."""
        return not (self.ahead or self.back or self.offline or self.failure)

    def sections(self) -> list[tuple[str, tuple[Difference, ...]]]:
        """What is left, each part under its heading; the drift with it, which may be why."""
        parts = [
            ("after the upgrade this still differs from the models:", self.ahead),
            ("after the downgrade this differs from where it began:", self.back),
            ("upgraded with --sql this differs from the upgrade itself:", self.offline),
            ("before it, the database is not what its revisions make; this was changed by hand:", self.drift),
        ]
        return [(title, rows) for title, rows in parts if rows]
