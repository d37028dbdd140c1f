"""What a comparison finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Delta
from trueline.errors import TruelineError
from trueline.readings.finding import Finding
from trueline.readings.kept import Declared

if TYPE_CHECKING:  # a command that finds nothing need not load what would plan a revision
    from alembic.operations import MigrateOperation

    from trueline.autogen.plan.names import NameChange
    from trueline.autogen.renames import Rename
    from trueline.autogen.row_changes import RowChanges
    from trueline.autogen.scope import Compared, Scope


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison found.

    Attributes:
        delta: every difference that a revision can remove; those that a rename removes are not in it.
        renames: what goes on under another name.
        names: what differs in its name only.
        rows: tables whose reference rows differ.
        compared: both sides, and what is in the database by no declaration.
        scope: what took part.
        live: the database's catalog.
        declared: the models' catalog.
        upgrade: the operations, in order.
        downgrade: the way back.
        destroys: what would be lost, a line each.
        fails: what fails on rows, with the way out.
        error: why there is no way, in which case there are no operations.
        unheard: what models say of former names that leads nowhere.
    """

    delta: Delta
    renames: tuple[Rename, ...]
    names: tuple[NameChange, ...]
    rows: tuple[RowChanges, ...]
    compared: Compared
    scope: Scope
    live: Catalog
    declared: Declared
    upgrade: tuple[MigrateOperation, ...] = ()
    downgrade: tuple[MigrateOperation, ...] = ()
    destroys: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    error: TruelineError | None = None
    unheard: tuple[Finding, ...] = ()
