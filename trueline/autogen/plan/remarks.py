"""Comments on what has a name, but is a part of something else: NOT NULLs since PostgreSQL 18, constraints of domains.

Such a part is renamed, dropped or made anew as its column or domain changes. Its comment follows, goes, or has to be
said again, whoever has the name afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trueline.autogen.plan.changes.type import checks_kept
from trueline.autogen.stock.renames import keeps_not_null
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Column, Comment, Domain, Key

_PARTS = frozenset({"not_null", "domain_constraint"})


def followed(old: Catalog, new: Catalog) -> Catalog:
    """The old catalog with the comments that are left when columns and domains are what they shall be."""
    if not any(comment.of[0] in _PARTS for comment in old.of_kind(Comment)):
        return old
    names = parts_kept(old, new)
    return old.only(left for thing in old if (left := _left(thing, names)) is not None)


def parts_kept(old: Catalog, new: Catalog) -> dict[Key, Key]:
    """The keys of the parts that stay, before and after."""
    return dict(_names(old, new))


def _left(thing: CatalogObject, names: dict[Key, Key]) -> CatalogObject | None:
    if not isinstance(thing, Comment) or thing.of[0] not in _PARTS:
        return thing
    of = names.get(thing.of)
    return replace(thing, of=of) if of else None


def _names(old: Catalog, new: Catalog) -> Iterator[tuple[Key, Key]]:
    """The key of each part that stays, before and after."""
    for thing in old:
        after = new.get(thing.key)
        if isinstance(thing, Column) and isinstance(after, Column) and keeps_not_null(thing, after):
            place = ("not_null", thing.schema, thing.table)
            one, other = thing.not_null_constraint, after.not_null_constraint
            if one and other:
                yield (*place, one.name), (*place, other.name)
        elif isinstance(thing, Domain) and isinstance(after, Domain):
            domain = ("domain_constraint", thing.schema, thing.name)
            if thing.not_null_constraint and after.not_null_constraint:
                yield (*domain, thing.not_null_constraint.name), (*domain, after.not_null_constraint.name)
            yield from (((*domain, one), (*domain, other)) for one, other in checks_kept(thing, after))


__all__ = ["followed", "parts_kept"]
