"""One step of a plan: operations that belong together, and what they mean for the order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alembic.operations import MigrateOperation

from trueline.catalog.objects import Key

Verb = Literal["rename", "create", "alter", "rows", "drop"]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Operations that stay together.

    Attributes:
        verb: what is done.
        key: the object that it is about.
        operations: in their order; none where another step does it all.
        covers: keys of everything that comes, changes or goes with it, `key` among them.
        after: keys of what is created or altered before, beside what `key` needs.
        takes: names that must be free before; see `trueline.autogen.plan.occupied`.
        frees: names that are free afterwards.
        destroys: what data is lost, in words; None when none is.
        fails: on which rows it fails, and the way out; None when it cannot.
        rank: of rows: which come first.
    """

    verb: Verb
    key: Key
    operations: tuple[MigrateOperation, ...]
    covers: frozenset[Key] = frozenset()
    after: frozenset[Key] = frozenset()
    takes: frozenset[Key] = frozenset()
    frees: frozenset[Key] = frozenset()
    destroys: str | None = None
    fails: str | None = None
    rank: int = 0
