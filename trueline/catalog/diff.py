"""The only comparison in the project: two catalogs, by key, then by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Comment, Grant, Key, Origin
from trueline.errors import TruelineError

#: Origins of what follows its parent: made, changed and dropped with it.
_FOLLOWS = frozenset({"partition", "inherited", "serial"})


#: Kinds that are kept by an index.
_INDEXED = frozenset({"index", "primary_key", "unique", "exclusion"})

#: What an index that another took the name of has of its own.
_OTHER = frozenset({"definition", "origin"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One object before and after, and the names of the fields that differ."""

    old: CatalogObject
    new: CatalogObject
    fields: tuple[str, ...]

    @property
    def key(self) -> Key:
        """The key that both have."""
        return self.new.key


@dataclass(frozen=True, slots=True)
class Delta:
    """What leads from one catalog to another; each part sorted by key."""

    added: tuple[CatalogObject, ...] = ()
    removed: tuple[CatalogObject, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)

    def __iter__(self) -> Iterator[CatalogObject | Changed]:
        yield from self.added
        yield from self.removed
        yield from self.changed

    def essential(self) -> Delta:
        """Without what follows from another difference in it: a partition's index from its parent's index."""
        added, removed = ({thing.key for thing in things} for things in (self.added, self.removed))
        changed = {(change.key, name): _values(change, name) for change in self.changed for name in change.fields}
        return Delta(
            tuple(thing for thing in self.added if _parent(thing) not in added and not is_named_by_server(thing)),
            tuple(thing for thing in self.removed if _parent(thing) not in removed and not is_named_by_server(thing)),
            tuple(change for change in self.changed if not _follows(change, changed) and not _is_other(change)),
        )


def diff(old: Catalog, new: Catalog) -> Delta:
    """What has to be added, removed and changed to come from ``old`` to ``new``.

    Raises:
        TruelineError: the two are of different major versions or watch different things, so that one of them has
            words that the other lacks.
    """
    for what, one, other in (
        ("major version", str(old.major), str(new.major)),
        ("watched", ", ".join(sorted(old.watched)) or "nothing", ", ".join(sorted(new.watched)) or "nothing"),
    ):
        if one != other:
            raise TruelineError(f"two catalogs that differ in {what} cannot be compared: {one}, {other}")
    if old.objects == new.objects:
        return Delta()
    before, after = old.by_key, new.by_key
    return Delta(
        added=tuple(thing for key, thing in after.items() if key not in before),
        removed=tuple(thing for key, thing in before.items() if key not in after),
        changed=tuple(_changes(before, after)),
    )


def _changes(before: Mapping[Key, CatalogObject], after: Mapping[Key, CatalogObject]) -> Iterator[Changed]:
    for key, new in after.items():
        old = before.get(key)
        if old is not None and old is not new and old != new:
            yield Changed(old, new, differing(old, new))


def differing(old: CatalogObject, new: CatalogObject) -> tuple[str, ...]:
    """Names of the compared fields that differ between two objects of one kind."""
    names = (item.name for item in fields(new) if item.compare)  # type: ignore[arg-type] # every kind is a dataclass
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _parent(thing: CatalogObject) -> Key | None:
    if isinstance(thing, Comment | Grant):  # what is said of it does not come with it
        return None
    origin: Origin | None = thing.origin
    return origin.of if origin is not None and origin.kind in _FOLLOWS else None


def is_named_by_server(thing: CatalogObject) -> bool:
    """An index or key that a partition has because its parent has one, under a name that nobody chose.

    Which name that is depends on what was there when it was made.
    """
    return thing.kind in _INDEXED and thing.origin is not None and thing.origin.kind == "partition"


def _is_other(change: Changed) -> bool:
    """Two such indexes that have each other's names, be their definitions the same or not."""
    both = is_named_by_server(change.old) and is_named_by_server(change.new)
    return both and not _OTHER.isdisjoint(change.fields)


def _values(change: Changed, name: str) -> tuple[object, object]:
    return getattr(change.old, name), getattr(change.new, name)


def _follows(change: Changed, changed: dict[tuple[Key, str], tuple[object, object]]) -> bool:
    """Whether its parent changed in the same fields from the same values to the same ones."""
    parent = _parent(change.new)
    return parent is not None and all(changed.get((parent, name)) == _values(change, name) for name in change.fields)
