"""What takes part in a comparison: what is ignored or left alone is made equal on both sides.

The result is two catalogs that can be compared as they are: nothing in them is anybody else's. So the planner knows
what stays, and can take it away for a moment and put it back, where that is the only way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from trueline.autogen.scope.leaving_out import Scope, in_schemas
from trueline.autogen.scope.merge import Merge
from trueline.autogen.scope.names import keep_names
from trueline.autogen.scope.remarks import keep_comments
from trueline.autogen.scope.taken_in import Relations, relations
from trueline.autogen.scope.undeclared import keep_undeclared
from trueline.autogen.scope.unmanaged import (
    keep_children,
    keep_database,
    keep_grants,
    keep_lineage,
    leave_mapped_views,
    settle_extensions,
    settle_public,
)
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Delta, diff
from trueline.catalog.objects import CatalogObject, Key

_RENAMES = "renames"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two catalogs to compare.

    Attributes:
        old: what is there.
        new: what shall be there, with everything of ``old`` that stays as it is.
        undeclared: what is in the database, by no declaration, and stays.
        waiting: what is declared, but needs something that does not take part.
    """

    old: Catalog
    new: Catalog
    undeclared: tuple[CatalogObject, ...] = ()
    waiting: tuple[CatalogObject, ...] = ()


def compared(
    live: Catalog,
    declared: Catalog,
    scope: Scope,
    created: Callable[[], frozenset[Key]] = frozenset,
    children: Callable[[], frozenset[Key]] | None = None,
    *,
    taken: Collection[Key] = (),
) -> Compared:
    """Both sides, with what does not take part made equal.

    Args:
        live: what is there.
        declared: what the models say.
        scope: what the project leaves out.
        created: keys of what a declaration once created, so that it goes with its declaration; only asked when needed.
        children: the same of partitions and inheritance children, where that is known sooner.
        taken: keys of what ``declared`` has because models need it, though none declares it.
    """
    old, wanted = live.own(), declared.own()
    merge = Merge(old, {thing.key: thing for thing in wanted}, dict(wanted.dependencies))
    _leave_out(merge, scope, relations(old, wanted))
    _leave_framework(merge, live)
    keep_children(merge, children or created)
    leave_mapped_views(merge)
    if not scope.watch_grants:
        keep_grants(merge, created)
    if not scope.watch_database:
        keep_database(merge, created)
    keep_lineage(merge)
    undeclared = keep_undeclared(merge, scope, created)
    if _RENAMES in scope.ignore:
        keep_names(merge)
    undeclared += keep_comments(merge, scope, created, taken)
    waiting = _wait(merge, wanted)
    new = replace(wanted.only(merge.new.values()), dependencies=merge.needs)
    return Compared(old, new, tuple(undeclared), tuple(waiting))


def drift(made: Catalog, live: Catalog, scope: Scope) -> Delta:
    """What was changed by hand: how the database differs from what its revisions make, as far as anybody looks at it.

    Args:
        made: what the revisions make.
        live: what is there.
        scope: what the project leaves out.
    """
    old, wanted = live.own(), made.own()
    merge = Merge(old, {thing.key: thing for thing in wanted}, dict(wanted.dependencies))
    _leave_out(merge, scope, relations(old, wanted))
    _leave_framework(merge, live)
    keep_children(merge, frozenset)
    if not scope.watch_grants:
        keep_grants(merge, frozenset)
    if _RENAMES in scope.ignore:
        keep_names(merge)
    return diff(wanted.only(merge.new.values()), old).essential()


def _leave_out(merge: Merge, scope: Scope, what: Relations) -> None:
    merge.equalize(lambda thing: scope.ignores(thing, what) or not in_schemas(thing.key, scope.schemas))
    settle_extensions(merge, scope)
    settle_public(merge)


def _leave_framework(merge: Merge, live: Catalog) -> None:
    """Where Alembic and trueline keep their tables is their own business."""
    for thing in live:
        if thing.origin is not None and thing.origin.kind == "framework":
            merge.keep(("schema", thing.key[1]))


def _wait(merge: Merge, wanted: Catalog) -> list[CatalogObject]:
    """What needs something that is declared, but does not take part."""
    missing: Mapping[Key, bool] = {thing.key: True for thing in wanted if thing.key not in merge.new}
    found: list[CatalogObject] = []
    while missing:
        late = [
            thing
            for key, thing in merge.new.items()
            if thing is not merge.old.get(key) and any(need in missing for need in merge.needs.get(key, ()))
        ]
        if not late:
            break
        for thing in late:
            merge.keep(thing.key)
        found += late
        missing = {thing.key: True for thing in late}
    return found


__all__ = ["Compared", "Scope", "compared", "drift"]
