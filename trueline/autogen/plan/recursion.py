"""What ALTER COLUMN does to partitions and children, which have a default, statistics and storage of their own.

``SET DEFAULT``, ``SET STATISTICS``, ``SET STORAGE``, ``TYPE`` and ``ADD COLUMN`` of a parent reach all that are below
it, ``SET COMPRESSION`` and ``SET (…)`` never do (see ATPrepCmd in tablecmds.c). So what one of these has is compared
with what it will have by then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trueline.autogen.stock.build import base_type
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Changed, Delta, differing
from trueline.catalog.objects import Column, Key, Name, Table

_REACHING = ("default", "statistics", "storage")

#: What a parent's statement never changes below it, though both may change alike.
_OWN = ("compression", "options")

_TYPE = frozenset({"type", "collation"})

#: What comes down from above: per field the value that it sets.
Reached = Mapping[str, Any]


def reaching(delta: Delta, old: Catalog, new: Catalog) -> Delta:
    """The difference, with the changes of columns below others as they are when those above have been changed."""
    parents = dict(_parents(old, new))
    if not parents:
        return delta
    columns: dict[Name, list[Column]] = {place: [] for place in parents}
    for column in new.of_kind(Column):
        if (column.schema, column.table) in columns:
            columns[column.schema, column.table].append(column)
    way = _Way(old, new, {change.key: change for change in delta.changed}, {thing.key for thing in delta.added})
    for place in _from_above(parents):
        for column in columns[place]:
            way.visit(column, [("column", *parent, column.name) for parent in parents[place]])
    changed = sorted(way.changes.values(), key=lambda change: change.key)
    return Delta(delta.added, delta.removed, tuple(changed))


def _parents(old: Catalog, new: Catalog) -> Iterator[tuple[Name, tuple[Name, ...]]]:
    """Tables below others before and after, with those that they stay below."""
    for table in new.of_kind(Table):
        before = old.get(table.key) if table.parents else None
        if isinstance(before, Table):
            yield (table.schema, table.name), tuple(each for each in table.parents if each in before.parents)


def _from_above(parents: Mapping[Name, tuple[Name, ...]]) -> list[Name]:
    """The tables, parents before children."""
    placed: dict[Name, None] = {}

    def place(name: Name) -> None:
        for each in parents[name]:
            if each in parents and each not in placed:
                place(each)
        placed[name] = None

    for name in parents:
        place(name)
    return list(placed)


@dataclass(slots=True)
class _Way:
    """From above to below: what each column is changed to, and what that does to those below it.

    Attributes:
        changes: by key, of all columns and everything else.
        added: keys of what comes by a statement of its own.
        below: by column, what reaches those below it.
    """

    old: Catalog
    new: Catalog
    changes: dict[Key, Changed]
    added: set[Key]
    below: dict[Key, Reached] = field(default_factory=dict)

    def visit(self, column: Column, above: list[Key]) -> None:
        """Find what it is when those above it are what they shall be, and what remains to be changed."""
        before = self.old.get(column.key)
        if isinstance(before, Column):
            self._existing(before, column, above)
        elif column.key not in self.added:
            self._coming(column, above)

    def _existing(self, before: Column, column: Column, above: list[Key]) -> None:
        reached: dict[str, Any] = {}
        for key in above:
            reached |= self._from(key)
        change = self.changes.pop(column.key, None)
        fields = {name for name in (change.fields if change else ()) if name not in reached}
        now = replace(before, **reached)
        fields |= {name for name in (*reached, *_OWN) if getattr(now, name) != getattr(column, name)}
        if fields:
            names = tuple(name for name in differing(now, column) if name in fields)
            self.changes[column.key] = Changed(now, column, names)
        self.below[column.key] = {**reached, **_set(now, column, fields)}

    def _coming(self, column: Column, above: list[Key]) -> None:
        """With its parent's, and all that is said of that one."""
        parent = next((self.new.get(key) for key in above if key not in self.old and key in self.new), None)
        if not isinstance(parent, Column):
            return
        kept = ("inherited", "local", "origin", "position", "spelled")
        now = replace(
            parent,
            schema=column.schema,
            table=column.table,
            compression=None,
            options=(),
            not_null_constraint=column.not_null_constraint if parent.not_null else None,
            **{name: getattr(column, name) for name in kept},
        )
        names = differing(now, column)
        if names:
            self.changes[column.key] = Changed(now, column, names)

    def _from(self, key: Key) -> Reached:
        known = self.below.get(key)
        if known is None:
            change = self.changes.get(key)
            old, new = (change.old, change.new) if change else (None, None)
            known = {}
            if change is not None and isinstance(old, Column) and isinstance(new, Column):
                known = _set(old, new, change.fields)
            self.below[key] = known
        return known


def _set(old: Column, new: Column, fields: Collection[str]) -> dict[str, Any]:
    """What the change of a column sets below it; another type puts storage and compression back to its own."""
    found: dict[str, Any] = {name: getattr(new, name) for name in _REACHING if name in fields}
    if _TYPE.isdisjoint(fields):
        return found
    found |= {"type": new.type, "collation": new.collation, "storage": new.storage, "compression": None}
    return found | ({"default": new.default} if default_steps_aside(old, new) else {})


def default_steps_aside(old: Column, new: Column) -> bool:
    """Whether the default goes while the type changes, and those below it go, too."""
    return base_type(old.type) != base_type(new.type) and new.generated is None
