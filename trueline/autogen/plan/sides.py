"""Both catalogs with what the planner asks them again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from trueline.autogen.plan.casts import Casts
from trueline.autogen.plan.lineage import Moves, lineage
from trueline.autogen.plan.readable import readable
from trueline.autogen.plan.recursion import reaching
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Delta, diff
from trueline.catalog.objects import CatalogObject, Column, Index, Key, Name, Statistics, Table
from trueline.catalog.objects.access import Comment, Grant, Owner
from trueline.catalog.objects.base import OnTable

#: What is said about a part that is no object of the catalog, by the kind of the whole.
_PARTS = {
    "view": "view_column",
    "materialized_view": "view_column",
    "composite": "attribute",
    "domain": "domain_constraint",
    "table": "not_null",
}
#: Stands for the name of any part.
ANY = "\0"

#: Kinds of relations that other objects hang on.
RELATIONS = ("table", "view", "materialized_view")


def relation_of(thing: CatalogObject) -> Name | None:
    """The table or view that an object is a part of, if any."""
    if isinstance(thing, OnTable):
        return (thing.schema, thing.table)
    if isinstance(thing, Statistics):
        return thing.table
    return (thing.schema, thing.table) if isinstance(thing, Index) else None


def parent_of(thing: CatalogObject | None) -> Key | None:
    """What a partition or child has it from; what is said of such a thing alone, it has from nowhere."""
    origin = thing.origin if thing is not None and not isinstance(thing, Comment | Owner | Grant) else None
    return origin.of if origin is not None and origin.kind in {"partition", "inherited"} else None


def line_of(thing: CatalogObject | None, catalog: Catalog) -> list[Key]:
    """The keys of a partition's object, of the one that it is from, and so on up."""
    found: list[Key] = []
    while thing is not None:
        found.append(thing.key)
        parent = parent_of(thing)
        thing = catalog.get(parent) if parent else None
    return found


def _followers(catalog: Catalog) -> dict[Key, list[Key]]:
    """What partitions and children have from above, by what they have it from."""
    found: dict[Key, list[Key]] = defaultdict(list)
    for thing in catalog:
        if (parent := parent_of(thing)) is not None:
            found[parent].append(thing.key)
    return found


@dataclass(slots=True)
class Sides:
    """What is there, what shall be there, and the difference.

    Attributes:
        old: what is there.
        new: what shall be there.
        default_schema: the schema that operations need not name.
        casts: the server's, when known.
        row_values: values of rows that are to be filled in, which may be those of an enum.
        filled: columns that such rows have a value for.
        delta: the difference, without what follows from another one.
        dependents: for each object of ``old`` what needs it.
        replaced: keys of what is dropped and made anew.
        becoming: for each type that gives way to one of another kind and the same name, the key of that.
        remade: keys of what comes back after it went with something replaced.
        wording: ``new`` as it is written into operations.
        followers: for each object of ``old`` the partitions' or children's objects that follow it.
        new_followers: the same of ``new``.
        moves: for each inheritance child which parents it leaves and joins.
        children: partitions and inheritance children in ``old``, by their parent.
    """

    old: Catalog
    new: Catalog
    default_schema: str
    casts: Casts | None
    row_values: frozenset[object] = frozenset()
    filled: frozenset[Key] = frozenset()
    delta: Delta = field(init=False)
    dependents: Mapping[Key, frozenset[Key]] = field(init=False)
    replaced: set[Key] = field(init=False, default_factory=set)
    remade: set[Key] = field(init=False, default_factory=set)
    becoming: dict[Key, Key] = field(init=False, default_factory=dict)
    followers: Mapping[Key, list[Key]] = field(init=False)
    new_followers: Mapping[Key, list[Key]] = field(init=False)
    moves: Mapping[Key, Moves] = field(init=False)
    children: Mapping[Name, list[Name]] = field(init=False)
    wording: Catalog = field(init=False)
    _parts: dict[str, dict[Name, list[CatalogObject]]] = field(init=False, default_factory=dict)
    _about: dict[str, dict[Key, list[CatalogObject]]] = field(init=False, default_factory=dict)

    def written(self, schema: str) -> str | None:
        """The schema as an operation names it."""
        return None if schema == self.default_schema else schema

    def __post_init__(self) -> None:
        self.delta = reaching(diff(self.old, self.new).essential(), self.old, self.new)
        self.wording = readable(self.new)
        found: dict[Key, set[Key]] = defaultdict(set)
        for key, needs in self.old.dependencies.items():
            for need in needs:
                found[need].add(key)
        self.dependents = {key: frozenset(keys) for key, keys in found.items()}
        self.followers, self.new_followers = _followers(self.old), _followers(self.new)
        self.moves = lineage(self.old.by_key, self.new.by_key)
        below: dict[Name, list[Name]] = defaultdict(list)
        for table in self.old.of_kind(Table):
            for parent in table.parents:
                below[parent].append((table.schema, table.name))
        self.children = below
        for side, catalog in (("old", self.old), ("new", self.new)):
            parts: dict[Name, list[CatalogObject]] = defaultdict(list)
            about: dict[Key, list[CatalogObject]] = defaultdict(list)
            for thing in catalog:
                if (relation := relation_of(thing)) is not None:
                    parts[relation].append(thing)
                if isinstance(thing, Comment | Owner | Grant):
                    about[thing.of].append(thing)
                    if thing.of[0] in _PARTS.values():
                        about[*thing.of[:3], ANY].append(thing)
            self._parts[side], self._about[side] = parts, about

    def needs(self, key: Key) -> frozenset[Key]:
        """What an object of ``new`` needs."""
        return self.new.dependencies.get(key, frozenset())

    def becomes(self, key: Key) -> Key:
        """The key of what a type gives way to."""
        return self.becoming.get(key, key)

    def whole(self, thing: CatalogObject, side: str) -> Iterator[CatalogObject]:
        """An object with all that goes when it goes: its parts, and what is said about it or them."""
        yield thing
        yield from self.said(thing.key, side)
        kind, *parts = thing.key
        if kind in RELATIONS:
            for part in self._parts[side].get((parts[0], parts[1]), ()):
                yield part
                yield from self.said(part.key, side)

    def said(self, key: Key, side: str) -> Iterator[CatalogObject]:
        """Comments, owners and grants of an object, and of what is a part of it without being an object."""
        about = self._about[side]
        yield from about.get(key, ())
        if word := _PARTS.get(key[0]):
            yield from about.get((word, *key[1:3], ANY), ())
        column = (self.old if side == "old" else self.new).get(key) if key[0] == "column" else None
        if isinstance(column, Column) and column.not_null_constraint:
            yield from about.get(("not_null", *key[1:3], column.not_null_constraint.name), ())

    def family(self, key: Key, side: str = "old") -> Iterator[Key]:
        """An object and all that follow it, partitions of partitions among them."""
        yield key
        for each in (self.followers if side == "old" else self.new_followers).get(key, ()):
            yield from self.family(each, side)

    def lineage(self, place: Name, side: str = "old") -> Iterator[Name]:
        """A table and those that it is a partition or child of: keys that point at these point at its rows, too."""
        yield place
        thing = (self.old if side == "old" else self.new).get(("table", *place))
        if isinstance(thing, Table):
            for parent in thing.parents:
                yield from self.lineage(parent, side)

    def descent(self, place: Name) -> Iterator[Name]:
        """A table of ``old``, its partitions and children, and theirs."""
        yield place
        for each in self.children.get(place, ()):
            yield from self.descent(each)

    def leaves(self, place: Name, parent: Name) -> bool:
        """Whether a table is not, or not all the time, a child of this parent any more."""
        return parent in self.moves.get(("table", *place), Moves()).left

    def stays(self, key: Key) -> bool:
        """Whether it is there all the time."""
        return key in self.old and key in self.new and key not in self.replaced and key not in self.remade

    def parts(self, relation: Name, side: str) -> list[CatalogObject]:
        """Columns, constraints, indexes, triggers, rules and policies of a table or view."""
        return self._parts[side].get(relation, [])
