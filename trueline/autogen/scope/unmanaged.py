"""What is nobody's declaration by nature: extensions, the schema public, partitions, privileges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trueline.autogen.scope.leaving_out import Scope
from trueline.autogen.scope.merge import Merge
from trueline.catalog.objects import KINDS, CatalogObject, Check, Column, Extension, Grant, Key, Table


def settle_extensions(merge: Merge, scope: Scope) -> None:
    """More than the models need is nobody's business, nor is a version that they do not name."""
    for thing in merge.old.of_kind(Extension):
        wanted = merge.new.get(thing.key)
        if wanted is None and not scope.watch_extensions:
            merge.keep(thing.key)
        elif isinstance(wanted, Extension) and thing.name not in scope.pinned:
            merge.new[thing.key] = replace(wanted, version=thing.version, schema=thing.schema)


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


def keep_children(merge: Merge) -> None:
    """Partitions and inheritance children that nobody declared are data: they come and go with time."""
    waiting = [thing for thing in merge.old.of_kind(Table) if thing.parents and thing.key not in merge.new]
    while True:
        kept = [thing for thing in waiting if all(("table", *parent) in merge.new for parent in thing.parents)]
        if not kept:
            return
        for thing in kept:
            _keep_whole(merge, thing)
        waiting = [thing for thing in waiting if thing.key not in merge.new]


def _keep_whole(merge: Merge, thing: CatalogObject) -> None:
    """With its parts; what follows from its parent is as the parent shall be."""
    merge.keep(thing.key)
    for part in merge.hanging((thing.key[1], thing.key[2])):
        parent = part.origin.of if part.origin else None
        if parent is None or parent not in merge.new or merge.new.get(parent) == merge.old.get(parent):
            merge.keep(part.key)


def keep_lineage(merge: Merge) -> None:
    """That a child's column was declared with the child, too, shows in nothing but what a parent's drop does."""
    for thing in merge.old:
        other = merge.new.get(thing.key)
        if isinstance(thing, Column | Check) and isinstance(other, Column | Check) and thing.local != other.local:
            merge.new[thing.key] = replace(other, local=thing.local, origin=thing.origin)


def keep_grants(merge: Merge, created: Callable[[], frozenset[Key]]) -> None:
    """Privileges that nobody declares are given elsewhere, unless a declaration once gave them."""
    found = [thing for thing in merge.old.of_kind(Grant) if thing.key not in merge.new and _is_there(thing.of, merge)]
    known: frozenset[Key] = created() if found else frozenset()
    for thing in found:
        if thing.key not in known:
            merge.keep(thing.key)


def _is_there(of: Key, merge: Merge) -> bool:
    return of in merge.new or of[0] not in KINDS
