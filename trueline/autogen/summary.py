"""A comparison in words: a line per difference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alembic.operations import MigrateOperation
from alembic.operations.ops import UpgradeOps

from trueline.autogen.comparison import Comparison
from trueline.autogen.operations.rows import DeleteRowsOp, UpdateRowsOp, UpsertRowsOp
from trueline.autogen.plan.sides import relation_of
from trueline.autogen.row_changes import RowChanges
from trueline.catalog.describe import Difference, describe
from trueline.catalog.diff import Delta
from trueline.catalog.objects import CatalogObject, Comment, Grant, Key, Owner, Sequence, Table
from trueline.catalog.render.words import name


def differences(found: Comparison) -> list[Difference]:
    """Everything that a revision would change."""
    return [*(row for _, row in keyed_differences(found)), *(row for _, row in changed_rows(found))]


def keyed_differences(found: Comparison) -> list[tuple[Key, Difference]]:
    """What is not about rows, each with the key of what it is about."""
    return [
        *((rename.new, _renamed(rename.old, rename.new)) for rename in found.renames),
        *((change.new.key, _renamed(change.old.key, change.new.key)) for change in found.names),
        *keyed(found.delta),
    ]


def changed_rows(found: Comparison) -> list[tuple[RowChanges, Difference]]:
    """Tables whose reference rows differ."""
    return [(change, _rows(change)) for change in found.rows if change.up]


class FoundOps(UpgradeOps):
    """The operations of a comparison; what ``alembic check`` prints of them are its differences."""

    def __init__(self, found: Comparison, ops: Iterable[MigrateOperation], token: str) -> None:
        super().__init__(list(ops), upgrade_token=token)
        self.found = found

    def as_diffs(self) -> list[tuple[Any, ...]]:
        """A tuple for each difference: sign, kind, name, what."""
        rows = (*differences(self.found), *undeclared(self.found), *refused(self.found))
        return [(row.sign, row.kind, row.name, row.what) for row in rows]


def refused(found: Comparison) -> list[Difference]:
    """What the models declare and PostgreSQL refuses."""
    return [Difference("!", "model", ", ".join(each.where), each.what) for each in found.declared.left_out]


def described(delta: Delta) -> list[Difference]:
    """What is to be added, removed and changed, without the parts of what comes or goes whole."""
    return [row for _, row in keyed(delta)]


def keyed(delta: Delta) -> list[tuple[Key, Difference]]:
    """As `described`, each with the key of what it is about."""
    whole = {thing.key for things in (delta.added, delta.removed) for thing in things}
    added = [(thing.key, describe(thing)) for thing in delta.added if not _is_part(thing, whole)]
    gone = [(thing.key, describe(thing, removed=True)) for thing in delta.removed if not _is_part(thing, whole)]
    return [*added, *gone, *((change.key, describe(change)) for change in delta.changed)]


def _is_part(thing: CatalogObject, whole: set[Key]) -> bool:
    """Whether it is on a table, or said about something, that comes or goes as well."""
    if isinstance(thing, Comment | Owner | Grant):
        return thing.of in whole or (thing.of[0] == "column" and ("table", *thing.of[1:3]) in whole)
    if isinstance(thing, Sequence) and thing.owned_by:
        return ("table", *thing.owned_by[1:3]) in whole
    place = relation_of(thing)
    return place is not None and ("table", *place) in whole


def undeclared(found: Comparison) -> list[Difference]:
    """What the database has by no declaration."""
    return [_undeclared(thing) for thing in found.compared.undeclared]


def _undeclared(thing: CatalogObject) -> Difference:
    if isinstance(thing, Table):
        return Difference("?", "row_security", name(thing.schema, thing.name), "on in the database, not declared")
    shown = describe(thing)
    return Difference("?", shown.kind, shown.name, "in the database, not declared")


def _renamed(old: Key, new: Key) -> Difference:
    kind = {"label": "enum value"}.get(old[0], old[0].replace("_", " "))
    before = name(*old[1:]) if old[1:-1] != new[1:-1] else name(old[-1])
    return Difference("~", kind, name(*new[1:]), f"renamed from {before}")


def _rows(change: RowChanges) -> Difference:
    words = []
    for op in change.up:
        if isinstance(op, UpsertRowsOp):
            words.append(f"{len(op.rows)} to {'change' if op.replaced else 'insert'}")
        elif isinstance(op, UpdateRowsOp):
            words.append(f"{len(op.rows)} to change")
        elif isinstance(op, DeleteRowsOp):
            words.append(f"{len(op.rows)} to delete")
    return Difference("~", "rows", name(*change.table), ", ".join(words))
