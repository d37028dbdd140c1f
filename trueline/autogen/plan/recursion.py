"""What ALTER COLUMN does to partitions and children, which have a default, statistics and storage of their own.

``SET DEFAULT``, ``SET STATISTICS``, ``SET STORAGE`` and ``ADD COLUMN`` of a parent reach all that are below it (see
ATPrepCmd in tablecmds.c). So what one of these has is compared with what it will have by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Changed, Delta, differing
from trueline.catalog.objects import Column, Key, Name, Table

_REACHING = ("default", "statistics", "storage")

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
        fields |= {name for name, value in reached.items() if value != getattr(column, name)}
        if fields:
            now = replace(before, **reached)
            names = tuple(name for name in differing(now, column) if name in fields)
            self.changes[column.key] = Changed(now, column, names)
        self.below[column.key] = {**reached, **_set(column, fields)}

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
            change, column = self.changes.get(key), self.new.get(key)
            known = self.below[key] = _set(column, change.fields) if change and isinstance(column, Column) else {}
        return known


def _set(column: Column, fields: Any) -> dict[str, Any]:
    return {name: getattr(column, name) for name in _REACHING if name in fields}
