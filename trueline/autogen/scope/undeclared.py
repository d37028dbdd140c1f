"""What the database has by no declaration: raw SQL in revisions made it, and it stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from trueline.autogen.plan.sides import relation_of
from trueline.autogen.scope.leaving_out import Scope
from trueline.autogen.scope.merge import SAID, Merge
from trueline.autogen.undeclarable import ROW_SECURITY, UNDECLARABLE
from trueline.catalog.objects import CatalogObject, Key, Sequence, Table

_FLAGS = ("row_security", "force_row_security")

#: What is no object of its own, by what it is a part of; any other is of a view.
_WHOLES = {"attribute": ("composite",), "domain_constraint": ("domain",)}


def keep_undeclared(merge: Merge, scope: Scope, created: Callable[[], frozenset[Key]]) -> list[CatalogObject]:
    """What no declaration ever made stays, and is named; with all that it needs."""
    candidates = [thing for thing in merge.old if _is_candidate(thing, merge)]
    dropped = {thing.key for thing in candidates if scope.drops(thing.key)}
    candidates = [thing for thing in candidates if thing.key not in dropped and not _is_on_one(thing, dropped)]
    known: frozenset[Key] = created() if candidates else frozenset()
    found = [thing for thing in candidates if thing.key not in known and thing.kind != "schema"]
    for thing in found:
        merge.keep(thing.key)
    found += [thing for thing in _keep_needed(merge, [thing.key for thing in found]) if thing.key in dropped]
    found += _empty_schemas(merge, candidates, known)
    for thing in merge.old:
        if isinstance(thing, SAID) and thing.key not in merge.new and _of_undeclared(thing.of, merge):
            merge.keep(thing.key)
    return sorted([*found, *_row_security(merge, scope, created)], key=lambda thing: thing.key)


def _is_candidate(thing: CatalogObject, merge: Merge) -> bool:
    if thing.kind not in UNDECLARABLE or thing.key in merge.new or thing.origin is not None:
        return False
    if (relation := relation_of(thing)) is not None:
        return any((kind, *relation) in merge.new for kind in ("table", "view", "materialized_view")) or any(
            (kind, *relation) in merge.old for kind in ("view", "materialized_view")
        )
    if isinstance(thing, Sequence) and thing.owned_by is not None:
        return thing.owned_by in merge.new
    # A type that a column has is a model's; it goes when that column goes.
    return thing.kind != "enum" or not merge.is_used_by_column(thing.key)


def _is_on_one(thing: CatalogObject, dropped: set[Key]) -> bool:
    """Whether it is on a view that is dropped, and goes with it."""
    place = relation_of(thing)
    return place is not None and not dropped.isdisjoint((kind, *place) for kind in ("view", "materialized_view"))


def _keep_needed(merge: Merge, keys: list[Key]) -> list[CatalogObject]:
    """A type or function that something kept needs is kept as well; of tables the planner tells the way out."""
    found = []
    while keys:
        for need in merge.old.dependencies.get(keys.pop(), frozenset()):
            if need not in merge.new and need in merge.old and need[0] not in {"table", "column"}:
                merge.keep(need)
                keys.append(need)
                found.append(merge.old[need])
    for thing in list(merge.old):
        # The index of a materialized view is a part of it.
        place = relation_of(thing) if thing.kind == "index" and thing.key not in merge.new else None
        view = merge.new.get(("materialized_view", *place)) if place else None
        if view is not None and view is merge.old.get(view.key):
            merge.keep(thing.key)
    return found


def _empty_schemas(merge: Merge, candidates: list[CatalogObject], known: frozenset[Key]) -> list[CatalogObject]:
    """A schema goes with the last that was in it; one that was empty before is somebody's."""
    used = {key[1] for key in merge.new if len(key) > 2 and key[0] not in {"extension", "comment", "owner", "grant"}}
    filled = {thing.key[1] for thing in merge.old if len(thing.key) > 2}
    found = []
    for thing in candidates:
        if thing.kind == "schema":
            if thing.key[1] in used:
                merge.keep(thing.key)
            elif thing.key[1] not in filled and thing.key not in known:
                merge.keep(thing.key)
                found.append(thing)
    return found


def _of_undeclared(of: Key, merge: Merge) -> bool:
    thing = merge.new.get(of)
    if thing is not None:
        place = relation_of(thing) if thing.kind == "index" else None
        on_view = place is not None and ("materialized_view", *place) in merge.new
        return thing is merge.old.get(of) and (thing.kind in UNDECLARABLE or on_view)
    wholes = ((kind, *of[1:3]) for kind in _WHOLES.get(of[0], ("view", "materialized_view")))
    whole = next((merge.new[key] for key in wholes if key in merge.new), None)
    return whole is not None and whole is merge.old.get(whole.key)


def _row_security(merge: Merge, scope: Scope, created: Callable[[], frozenset[Key]]) -> list[CatalogObject]:
    """Row security that no declaration turned on protects somebody's rows: it stays on."""
    found: list[CatalogObject] = []
    for thing in merge.old.of_kind(Table):
        wanted = merge.new.get(thing.key)
        if not isinstance(wanted, Table) or wanted is thing or scope.drops((ROW_SECURITY, *thing.key[1:])):
            continue
        gone = [flag for flag in _FLAGS if getattr(thing, flag) > getattr(wanted, flag)]
        known = created() if gone else frozenset()
        kept: dict[str, Any] = {flag: True for flag in gone if (flag, *thing.key[1:]) not in known}
        if kept:
            merge.new[thing.key] = replace(wanted, **kept)
            found.append(thing)
    return found
