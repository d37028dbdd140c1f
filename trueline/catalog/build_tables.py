"""Tables for `trueline.catalog.build`: each in one piece where that can be, partitions and their keys attached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Check, Column, ForeignKey, Index, Key, Name, Table
from trueline.catalog.render.order import Rank, Unit
from trueline.catalog.render.table import (
    Constraint,
    Parts,
    constraint_words,
    create_table,
    index_settings,
    marks,
    not_valid,
    parts_of,
)
from trueline.catalog.render.words import name

TYPES = ("enum", "domain", "composite", "range")

#: Gives the rank of a part's key.
Ranked = Callable[[str, Key], Rank]

#: What a default or a check may need, and a column's type may not.
_CALLED = frozenset({"function", "procedure", "aggregate", "sequence"})

_NONE: frozenset[Key] = frozenset()


class Trees:
    """Which tables are partitions of which, and inherit from which."""

    def __init__(self, own: Catalog) -> None:
        self.own = own
        self._attached: dict[Name, set[Key]] = defaultdict(set)
        self.children: dict[Name, list[Key]] = defaultdict(list)
        self._apart: dict[Key, set[Key]] = defaultdict(set)
        for table in own.of_kind(Table):
            for parent in table.parents:
                self.children[parent].append(table.key)
                if table.bound:
                    self._attached[parent].add(attachment(table))
                    self._attached[table.schema, table.name].add(attachment(table))
        for key in own.of_kind(ForeignKey):
            above = own.get(key.origin.of) if key.origin else None
            if isinstance(above, ForeignKey) and self.is_apart(key, above):
                self._apart[above.key].add(key.key)

    def attached(self, schema: str, table: str) -> frozenset[Key]:
        """The attachments that come before anything that partitions have from their parent."""
        return frozenset(self._attached.get((schema, table), ()))

    @staticmethod
    def is_apart(key: ForeignKey, parent: ForeignKey) -> bool:
        """Whether a partition's foreign key is not what it would get from its parent."""
        return (key.name, key.definition) != (parent.name, parent.definition)

    def named_apart(self, key: ForeignKey) -> frozenset[Key]:
        """What must be there before a foreign key, so that partitions do not get theirs anew."""
        if key.origin is None or key.key in self._apart.get(key.origin.of, ()):
            return frozenset(self._apart.get(key.key, ()))
        return frozenset({key.origin.of})

    def in_tree(self, table: Table) -> bool:
        """Whether it has partitions or is one."""
        return table.bound is not None or table.partition_key is not None


def attach_index(thing: Index | Constraint, parent: Key) -> str:
    """The statement that makes a partition's index a part of its parent's: an index's or a constraint's key."""
    return f"ALTER INDEX {name(parent[1], parent[-1])} ATTACH PARTITION {name(thing.schema, thing.name)}"


def attachment(table: Table) -> Key:
    """Stands for a partition's being attached."""
    return ("attach", table.schema, table.name)


def table_units(own: Catalog, trees: Trees, rank: Ranked) -> Iterator[Unit]:
    """Every table with its columns, keys and checks."""
    for parts in parts_of(own, inherited=True):
        table = parts.table
        if trees.in_tree(table):
            keys = [item for item in parts.constraints if not isinstance(item, Check)]
            yield from (_key_unit(key, own, trees, rank) for key in keys)
            checks = (item for item in parts.constraints if isinstance(item, Check))
            yield from _table(_alone(_with(parts, checks)), own, rank, now=True)
        else:
            declared = _with(parts, (item for item in parts.constraints if item.origin is None))
            yield from _table(declared, own, rank, now=not trees.children.get(_name(table)))
            yield from _late(declared, own, trees, rank)
            yield from _validated(parts, own, rank)
        if table.bound:
            yield _attach(table, rank)
        if texts := tuple(marks(table)):
            yield Unit(rank("mark", table.key), texts, _NONE, _marked(table))


def _with(parts: Parts, constraints: Iterable[Constraint]) -> Parts:
    """The same table with other constraints."""
    return Parts(parts.table, parts.columns, list(constraints))


def _name(table: Table) -> Name:
    return (table.schema, table.name)


def _alone(parts: Parts) -> Parts:
    """A partition as a table of its own."""
    if not parts.table.bound:
        return parts
    columns = [replace(column, local=True, origin=None) for column in parts.columns]
    return Parts(replace(parts.table, bound=None, parents=()), columns, parts.constraints)


def _table(parts: Parts, own: Catalog, rank: Ranked, *, now: bool) -> Iterator[Unit]:
    """``now``: what is not valid comes at once, as no child is to get it."""
    texts = [*create_table(parts, own), *(not_valid(parts, own) if now else ())]
    provides = _provided(parts)
    needs = frozenset().union(*(own.dependencies.get(key, _NONE) for key in provides)) - _as_partition(
        parts.table.key, own
    )
    yield Unit(rank("table", parts.table.key), tuple(texts), provides, needs, lambda: _apart(parts, own, rank, now=now))


def _provided(parts: Parts) -> frozenset[Key]:
    things = (parts.table, *parts.columns, *parts.constraints)
    return frozenset(thing.key for thing in things)


def _as_partition(key: Key, own: Catalog) -> frozenset[Key]:
    """What a partition needs as a partition, and not as the table that it is before it is attached."""
    table = own.get(key)
    return (
        frozenset(("table", *parent) for parent in table.parents) if isinstance(table, Table) and table.bound else _NONE
    )


def _apart(parts: Parts, own: Catalog, rank: Ranked, *, now: bool) -> Iterator[Unit]:
    """The table without what may need the table in turn: defaults and constraints that call functions."""
    place = name(parts.table.schema, parts.table.name)
    later = [item for item in parts.constraints if own.dependencies.get(item.key)]
    inside = [item for item in parts.constraints if item not in later]
    calling = [column for column in parts.columns if column.local and column.default and _calls(column, own)]
    columns = [replace(column, default=None) if column in calling else column for column in parts.columns]
    if not later and not calling:
        return
    bare = Parts(parts.table, columns, inside)
    provides = _provided(bare)
    needs = frozenset().union(*(own.dependencies.get(key, _NONE) for key in provides)) - _as_partition(
        parts.table.key, own
    )
    needs -= frozenset().union(*(_calls(column, own) for column in calling))
    texts = (*create_table(bare, own), *(not_valid(bare, own) if now else ()))
    yield Unit(rank("table", parts.table.key), texts, provides, needs)
    for column in calling:
        text = f"ALTER TABLE ONLY {place} ALTER {name(column.name)} SET DEFAULT {column.written}"
        yield Unit(rank("table", column.key), (text,), _NONE, own.dependencies[column.key] | {parts.table.key})
    for item in later:
        text = f"ALTER TABLE ONLY {place} ADD {constraint_words(item)}"
        yield Unit(
            rank(item.kind, item.key), (text,), frozenset({item.key}), own.dependencies[item.key] | {parts.table.key}
        )


def _calls(column: Column, own: Catalog) -> frozenset[Key]:
    return frozenset(key for key in own.dependencies.get(column.key, ()) if key[0] in _CALLED)


def _late(parts: Parts, own: Catalog, trees: Trees, rank: Ranked) -> Iterator[Unit]:
    """What is not valid comes when all children are there, who get it too."""
    table = parts.table
    below = frozenset(_descendants(trees, _name(table)))
    if below and (texts := tuple(not_valid(parts, own))):
        keys = frozenset(item.key for item in parts.constraints)
        yield Unit(rank("check", table.key), texts, keys - own.dependencies.keys(), below | {table.key})


def _validated(parts: Parts, own: Catalog, rank: Ranked) -> Iterator[Unit]:
    """What a child knows to hold, and its parent does not."""
    table = parts.table
    for item in parts.constraints:
        parent = own.get(item.origin.of) if item.origin else None
        if isinstance(item, Check) and isinstance(parent, Check) and item.valid and not parent.valid:
            text = f"ALTER TABLE {name(*_name(table))} VALIDATE CONSTRAINT {name(item.name)}"
            yield Unit(rank("refresh", item.key), (text,), _NONE, frozenset({table.key, parent.key}))


def _descendants(trees: Trees, table: Name) -> Iterator[Key]:
    for key in trees.children.get(table, ()):
        yield key
        yield from _descendants(trees, (key[1], key[2]))


def _key_unit(key: Constraint, own: Catalog, trees: Trees, rank: Ranked) -> Unit:
    """A key of a partition, or of a table that has partitions."""
    texts = [f"ALTER TABLE ONLY {name(key.schema, key.table)} ADD {constraint_words(key)}"]
    texts += [] if isinstance(key, Check) else index_settings(key.schema, key)
    needs = own.dependencies.get(key.key, _NONE) | trees.attached(key.schema, key.table)
    needs |= {("table", key.schema, key.table)}
    if key.origin:
        texts.append(attach_index(key, key.origin.of))
        needs |= {key.origin.of}
    return Unit(rank(key.kind, key.key), tuple(texts), frozenset({key.key}), needs)


def _attach(table: Table, rank: Ranked) -> Unit:
    """After it is there, and its parent is."""
    parent = table.parents[0]
    text = f"ALTER TABLE ONLY {name(*parent)} ATTACH PARTITION {name(*_name(table))} {table.bound}"
    key = attachment(table)
    return Unit(rank("attach", key), (text,), frozenset({key}), frozenset({table.key, ("table", *parent)}))


def _marked(table: Table) -> frozenset[Key]:
    """The indexes that are named, be they a key's or not."""
    chosen = [index for index in (table.replica_index, table.clustered_on) if index]
    keys = ((kind, *_name(table), index) for kind in ("primary_key", "unique", "exclusion") for index in chosen)
    return frozenset({table.key, *keys, *(("index", table.schema, index) for index in chosen)})
