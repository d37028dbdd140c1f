"""What is nobody's declaration by nature: extensions, the schema public, partitions, privileges."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from trueline.autogen.plan.lineage import attainable
from trueline.autogen.plan.sides import relation_of
from trueline.autogen.scope.leaving_out import Scope
from trueline.autogen.scope.merge import SAID, Merge
from trueline.catalog.objects import KINDS, OF_DATABASE, CatalogObject, Extension, Grant, Key, Sequence, Table

_log = logging.getLogger("trueline.autogen")


def settle_extensions(merge: Merge, scope: Scope) -> None:
    """More than the models need is nobody's business, nor is a version that they do not name."""
    for thing in merge.old.of_kind(Extension):
        wanted = merge.new.get(thing.key)
        if wanted is None and not scope.watch_extensions:
            merge.keep(thing.key)
        elif isinstance(wanted, Extension) and thing.name not in scope.pinned:
            merge.new[thing.key] = replace(wanted, version=thing.version, schema=thing.schema)
    for new in [each for each in merge.new.values() if isinstance(each, Extension)]:
        if new.key not in merge.old and new.name not in scope.pinned:
            merge.new[new.key] = replace(new, version="")  # whichever the server has


def settle_public(merge: Merge) -> None:
    """Every new database has it, with a comment of its own; somebody may have dropped it, and it is not missed."""
    public = ("schema", "public")
    used = any(key[0] != "schema" and len(key) > 2 and key[1] == "public" for key in merge.new)
    if public not in merge.old and not used:
        merge.keep(public)
    for key in [("comment", *public), ("owner", *public)]:
        merge.keep(key)
    if public in merge.old:
        merge.keep(public)
    for thing in list(merge.new.values()):
        if isinstance(thing, Grant) and thing.of == public:
            merge.keep(thing.key)


def keep_children(merge: Merge, created: Callable[[], frozenset[Key]]) -> None:
    """Partitions and inheritance children that nobody declared are data, unless a declaration once made them."""
    waiting = [thing for thing in merge.old.of_kind(Table) if thing.parents and thing.key not in merge.new]
    known = created() if any(_has_parents(thing, merge) for thing in waiting) else frozenset()
    waiting = [thing for thing in waiting if thing.key not in known]
    while kept := [thing for thing in waiting if _has_parents(thing, merge)]:
        for thing in kept:
            _keep_whole(merge, thing)
        waiting = [thing for thing in waiting if thing.key not in merge.new]


def _has_parents(thing: Table, merge: Merge) -> bool:
    return all(("table", *parent) in merge.new for parent in thing.parents)


def _keep_whole(merge: Merge, thing: CatalogObject) -> None:
    """With its parts, and what is said about them; what follows from its parent is as the parent shall be."""
    merge.keep(thing.key)
    hanging = merge.hanging((thing.key[1], thing.key[2]))
    for part in (each for each in hanging if not isinstance(each, SAID)):
        parent = part.origin.of if part.origin else None
        if parent is None or parent not in merge.new or merge.new.get(parent) == merge.old.get(parent):
            merge.keep(part.key)
    for said in (each for each in hanging if isinstance(each, SAID)):
        if said.of in merge.new or said.of not in merge.old:
            merge.keep(said.key)


def leave_mapped_views(merge: Merge) -> None:
    """A class may be mapped on a view that a revision made by raw SQL: its table is none, and is not created."""
    for thing in list(merge.new.values()):
        if not isinstance(thing, Table) or thing.key in merge.old:
            continue
        place = (thing.schema, thing.name)
        views = [(kind, *place) for kind in ("view", "materialized_view")]
        view = next((key for key in views if key in merge.old and key not in merge.new), None)
        if view is not None:
            _log.warning(
                "%s is a %s in the database, and the models have a table of this name: left alone; "
                "declare it with trueline.View or MaterializedView, or put table:%s into ignore",
                *(".".join(place), view[0].replace("_", " "), ".".join(place)),
            )
            for key in [key for key, part in merge.new.items() if _is_of(part, thing)]:
                merge.keep(key)


def _is_of(part: CatalogObject, table: Table) -> bool:
    """Whether it is the table, a part of it, its column's sequence, or said about one of them."""
    place = (table.schema, table.name)
    if isinstance(part, SAID):
        return part.of[0] in {"table", "column"} and part.of[1:3] == place
    if isinstance(part, Sequence) and part.owned_by:
        return part.owned_by[1:3] == place
    return part.key == table.key or relation_of(part) == place


def keep_lineage(merge: Merge) -> None:
    """Whether a child's column or check is its own, too, where no statement leads to what is declared."""
    merge.new.update(attainable(merge.old.by_key, merge.new))


def keep_grants(merge: Merge, created: Callable[[], frozenset[Key]]) -> None:
    """Privileges that nobody declares are given elsewhere, unless a declaration once gave them."""
    found = [thing for thing in merge.old.of_kind(Grant) if thing.key not in merge.new and _is_there(thing.of, merge)]
    known: frozenset[Key] = created() if found else frozenset()
    for thing in found:
        if thing.key not in known:
            merge.keep(thing.key)


def keep_database(merge: Merge, created: Callable[[], frozenset[Key]]) -> None:
    """What tools and administrators make outside of migrations, unless a declaration once made it."""
    found = [thing for thing in merge.old if thing.kind in OF_DATABASE and thing.key not in merge.new]
    known: frozenset[Key] = created() if found else frozenset()
    for thing in found:
        if thing.key not in known:
            merge.keep(thing.key)


def _is_there(of: Key, merge: Merge) -> bool:
    return of in merge.new or of[0] not in KINDS
