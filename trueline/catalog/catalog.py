"""A schema as a value: every object, once, sorted by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from trueline.catalog.objects import CatalogObject, Key
from trueline.errors import TruelineError
from trueline.garbage import uncollected

T = TypeVar("T", bound=CatalogObject)

#: Origins of what nobody writes a migration for: see `Catalog.own`.
_NOT_OWN = frozenset({"extension", "framework", "constraint", "identity"})


@dataclass(frozen=True, slots=True)
class Catalog:
    """An immutable reading of one database; equal when every object is, on one major version.

    Attributes:
        objects: all of them, sorted by key.
        server_version: as in ``server_version_num``: 180004 is 18.4. The minor version is no difference.
        watched: what was read beyond the usual: see `trueline.catalog.snapshot.WATCHABLE`.
        dependencies: from the key of an object to those of the objects that it needs; not compared. Left out is what
            follows from an object's place: a column's table, an index's and a constraint's columns.
    """

    objects: tuple[CatalogObject, ...]
    server_version: int = field(compare=False)
    watched: frozenset[str] = frozenset()
    dependencies: Mapping[Key, frozenset[Key]] = field(default_factory=dict, repr=False, compare=False)
    major: int = field(init=False)
    _by_key: dict[Key, CatalogObject] = field(init=False, repr=False, compare=False)
    _own: list[Catalog] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = sorted(((thing.key, thing) for thing in self.objects), key=_first)
        object.__setattr__(self, "objects", tuple(thing for _, thing in ordered))
        object.__setattr__(self, "major", self.server_version // 10000)
        object.__setattr__(self, "_by_key", dict(ordered))
        object.__setattr__(self, "_own", [])
        if len(self._by_key) < len(ordered):
            twice = next(one for (one, _), (two, _) in pairwise(ordered) if one == two)
            raise TruelineError(f"a catalog holds two objects of one key: {' '.join(twice)}")

    def __iter__(self) -> Iterator[CatalogObject]:
        return iter(self.objects)

    def __len__(self) -> int:
        return len(self.objects)

    def __contains__(self, key: Key) -> bool:
        return key in self._by_key

    @property
    def by_key(self) -> Mapping[Key, CatalogObject]:
        """All objects, sorted."""
        return self._by_key

    def __getitem__(self, key: Key) -> CatalogObject:
        """The object with this key.

        Raises:
            KeyError: there is none.
        """
        return self._by_key[key]

    def get(self, key: Key) -> CatalogObject | None:
        """The object with this key, or None."""
        return self._by_key.get(key)

    def of_kind(self, cls: type[T]) -> tuple[T, ...]:
        """All objects of one kind, sorted by key."""
        return tuple(thing for thing in self.objects if isinstance(thing, cls))

    def own(self) -> Catalog:
        """Without what others make and change: members of extensions, the framework's own tables, and the indexes
        and sequences that are part of a key or of an identity column, which carries all that can be chosen.
        """  # noqa: D205 - a list does not fit into one line
        if not self._own:  # asked for again and again
            kept = [thing for thing in self.objects if thing.origin is None or thing.origin.kind not in _NOT_OWN]
            self._own.append(self if len(kept) == len(self.objects) else self.only(kept))
        return self._own[0]

    @uncollected()
    def only(self, objects: Iterable[CatalogObject]) -> Catalog:
        """The same reading with these objects, and with the dependencies between them."""
        kept = tuple(objects)
        keys = {thing.key for thing in kept}
        dependencies = {
            source: left for source, needed in self.dependencies.items() if source in keys and (left := needed & keys)
        }
        return Catalog(kept, self.server_version, self.watched, dependencies)


def _first(pair: tuple[Key, CatalogObject]) -> Key:
    return pair[0]
