"""Differences of name only: constraints, indexes, sequences, statistics. One cheap statement each, no row is touched.

An object that is gone and one that is new on the same table, equal in all but the name, are one object with another
name. Where several are equal they are paired in the order of their names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from alembic.operations import MigrateOperation

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.plan.occupied import names_of
from trueline.autogen.plan.spelling import spellings
from trueline.autogen.plan.step import Step
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import diff
from trueline.catalog.objects import (
    CatalogObject,
    Check,
    Column,
    Exclusion,
    ForeignKey,
    Index,
    Key,
    PrimaryKey,
    Statistics,
    Unique,
)
from trueline.catalog.objects import (
    Sequence as SequenceObject,
)
from trueline.catalog.render.words import name

_CONSTRAINTS = (PrimaryKey, Unique, Exclusion, Check, ForeignKey)


@dataclass(frozen=True, slots=True)
class NameChange:
    """One object, before and after."""

    old: CatalogObject
    new: CatalogObject


def name_changes(old: Catalog, new: Catalog) -> list[NameChange]:
    """Objects that differ in nothing but their name."""
    delta = diff(old, new)
    removed: dict[Any, list[CatalogObject]] = defaultdict(list)
    for thing in delta.removed:
        if (likeness := _likeness(thing)) is not None:
            removed[likeness].append(thing)
    found = []
    for thing in delta.added:
        candidates = removed.get(_likeness(thing) or ())
        if candidates:
            found.append(NameChange(candidates.pop(0), thing))
    return found


def _likeness(thing: CatalogObject) -> tuple[Any, ...] | None:
    """What two objects that differ in name only have in common; None for what has no such pair."""
    if isinstance(thing, _CONSTRAINTS):
        return (thing.kind, replace(thing, name="", origin=None))
    if isinstance(thing, Index) and thing.origin is None:
        return (thing.kind, replace(thing, name="", definition=_nameless(thing.definition, thing.name)))
    if isinstance(thing, Statistics):
        text = _nameless(thing.definition, thing.schema, thing.name)
        return (thing.kind, replace(thing, name="", definition=text))
    if isinstance(thing, SequenceObject):
        return (thing.kind, replace(thing, name=""))
    return None


def _nameless(definition: str, *parts: str) -> str:
    """The definition with its own name, which stands in it once and first, left out."""
    for spelling in spellings(*parts):
        before, found, after = definition.partition(f" {spelling} ")
        if found and (before.startswith(("CREATE INDEX", "CREATE UNIQUE INDEX", "CREATE STATISTICS"))):
            return f"{before}  {after}"
    return definition


def renamed(catalog: Catalog, changes: Sequence[NameChange], new: Catalog) -> Catalog:
    """The catalog as it is after these renames."""
    if not changes:
        return catalog
    keys: dict[Key, Key] = {}
    for change in changes:
        keys[change.old.key] = change.new.key
        keys |= _index_keys(change)
    news = {change.old.key: change.new for change in changes}
    things = (news.get(thing.key) or _follow(thing, keys, new) for thing in catalog)
    needs = {
        keys.get(key, key): frozenset(keys.get(need, need) for need in needed)
        for key, needed in catalog.dependencies.items()
    }
    return replace(catalog.only(things), dependencies=needs)


def _index_keys(change: NameChange) -> dict[Key, Key]:
    """The index of a key has its name."""
    old, new = change.old, change.new
    if isinstance(old, PrimaryKey | Unique | Exclusion) and isinstance(new, PrimaryKey | Unique | Exclusion):
        return {("index", old.schema, old.name): ("index", new.schema, new.name)}
    return {}


def _follow(thing: CatalogObject, keys: dict[Key, Key], new: Catalog) -> CatalogObject:
    """What says something of a renamed object, or names it."""
    changed: dict[str, Any] = {}
    if (of := getattr(thing, "of", None)) in keys:
        changed["of"] = keys[of]
    for field in ("replica_index", "clustered_on"):
        mark = getattr(thing, field, None)
        if mark is not None and ("index", thing.key[1], mark) in keys:
            changed[field] = keys["index", thing.key[1], mark][2]
    if isinstance(thing, Column):
        changed |= _column(thing, keys, new)
    return replace(thing, **changed) if changed else thing  # type: ignore[type-var] # every kind is a dataclass


def _column(column: Column, keys: dict[Key, Key], new: Catalog) -> dict[str, Any]:
    """A column draws from its sequence whatever that is called."""
    found: dict[str, Any] = {}
    if column.identity and (renamed_to := keys.get(("sequence", *column.identity.sequence))):
        found["identity"] = replace(column.identity, sequence=(renamed_to[1], renamed_to[2]))
    after = new.get(column.key)
    if column.default and column.default.startswith("nextval(") and isinstance(after, Column):
        drawn = {key for key in keys if key[0] == "sequence" and _draws(column.default, key)}
        if any(after.default and _draws(after.default, keys[key]) for key in drawn):
            found["default"] = after.default
    return found


def _draws(default: str, sequence: Key) -> bool:
    texts = (spelling.replace("'", "''") for spelling in spellings(*sequence[1:]))
    return any(default == f"nextval('{text}'::regclass)" for text in texts)


def steps(changes: Iterable[NameChange]) -> Iterator[Step]:
    """A step per rename; and those of NOT NULL constraints, which are a part of their column."""
    for change in changes:
        if not _follows(change):
            yield Step(
                "rename",
                change.new.key,
                (_operation(change),),
                covers=frozenset({change.old.key, change.new.key}),
                takes=names_of(change.new),
                frees=names_of(change.old),
            )


def _follows(change: NameChange) -> bool:
    """An index or trigger of a partition is renamed with nothing, but an inherited CHECK is with its parent's."""
    origin = change.old.origin
    return isinstance(change.old, Check) and origin is not None and origin.kind in {"inherited", "partition"}


def _operation(change: NameChange) -> MigrateOperation:
    old, new = change.old, change.new
    one, other = str(old.key[-1]), str(new.key[-1])
    if isinstance(old, _CONSTRAINTS):
        action = f"RENAME CONSTRAINT {name(one)} TO {name(other)}"
        undo = f"RENAME CONSTRAINT {name(other)} TO {name(one)}"
        return AlterObjectOp(("table", old.schema, old.table), action, undo)
    return AlterObjectOp(old.key, f"RENAME TO {name(other)}", f"RENAME TO {name(one)}")
