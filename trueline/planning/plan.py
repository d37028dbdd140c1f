"""What a command would do to a database: revisions, their statements, limits and locks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trueline.planning.locking import Risk, risk_of

#: Where a statement runs: with the rest of its revision, in a transaction for itself, or in none.
Place = Literal["transaction", "own", "outside"]


@dataclass(frozen=True, slots=True)
class Lock:
    """One that a statement takes, and no earlier one of its transaction has.

    Attributes:
        relation: schema and name, quoted; empty for what the statement names, where that is not known.
        mode: as ``pg_locks`` names it.
        by_manual: whether PostgreSQL's manual says so, and not the server itself.
    """

    relation: str
    mode: str
    by_manual: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A statement.

    Attributes:
        statement: without passwords.
        lock_timeout: in PostgreSQL's words; none where there is no limit.
        statement_timeout: the same.
        locks: none where they are not known.
        done: whether an interrupted run has done it already, so that it will be passed over.
    """

    number: int
    statement: str
    place: Place
    lock_timeout: str | None
    statement_timeout: str | None
    locks: tuple[Lock, ...] | None
    done: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRevision:
    """A revision; ``unshown`` of its statements come after those that are shown."""

    revision: str
    doc: str
    file: str
    statements: tuple[Planned, ...]
    unshown: int = 0

    @property
    def risk(self) -> Risk | None:
        """What the worst of its locks does to others; none where locks are not known."""
        return _worst(self.statements)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a command would do.

    Attributes:
        command: ``upgrade`` or ``downgrade``.
        heads: the revisions that the database is at.
        revisions: in the order in which they would run.
        unknown: why locks are not known, if they are not.
        failure: why one of the revisions could not be rehearsed to its end; what comes after that is missing.
    """

    command: str
    heads: tuple[str, ...]
    revisions: tuple[PlannedRevision, ...] = ()
    unknown: str | None = None
    failure: str | None = None

    @property
    def risk(self) -> Risk | None:
        """What the worst lock of all does to others; none where locks are not known."""
        if self.unknown is not None:
            return None
        return _worst([statement for revision in self.revisions for statement in revision.statements])


def _worst(statements: Sequence[Planned]) -> Risk | None:
    open_ = [each for each in statements if not each.done]
    if any(each.locks is None for each in open_):
        return None
    return risk_of(lock.mode for each in open_ for lock in each.locks or ())
