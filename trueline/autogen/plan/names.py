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
from trueline.autogen.plan.occupied import RELATION_KINDS, aside, names_of
from trueline.autogen.plan.spelling import spellings
from trueline.autogen.plan.step import Step
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Delta, diff, is_named_by_server
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
    for thing in (*delta.removed, *_giving_way(delta)):
        if (likeness := _likeness(thing)) is not None and not (is_named_by_server(thing) and _may_stay(thing, new)):
            removed[likeness].append(thing)
    found = []
    for thing in delta.added:
        candidates = removed.get(_likeness(thing) or ())
        if candidates:
            found.append(NameChange(candidates.pop(0), thing))
    return found


def _giving_way(delta: Delta) -> Iterator[CatalogObject]:
    """Indexes of partitions whose name, which PostgreSQL chose, another index is given by somebody."""
    for change in delta.changed:
        if isinstance(change.old, Index) and is_named_by_server(change.old) and not is_named_by_server(change.new):
            yield change.old


def _may_stay(thing: CatalogObject, new: Catalog) -> bool:
    """Whether nothing else is to have the name of a partition's index."""
    if not isinstance(thing, Index):
        return False  # keys have their names compared
    relation = (thing.schema, thing.name)
    return not any((kind, *relation) in new for kind in RELATION_KINDS)


def _likeness(thing: CatalogObject) -> tuple[Any, ...] | None:
    """What two objects that differ in name only have in common; None for what has no such pair."""
    if isinstance(thing, _CONSTRAINTS):
        return (thing.kind, replace(thing, name="", origin=None))
    if isinstance(thing, Index) and (thing.origin is None or is_named_by_server(thing)):
        text = _nameless(thing.definition, thing.name)
        return (thing.kind, thing.origin is None, replace(thing, name="", origin=None, definition=text))
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
    keys = moved_keys(changes)
    news = {change.old.key: change.new for change in changes}
    things = (news.get(thing.key) or _follow(thing, keys, new) for thing in catalog)
    needs = {
        keys.get(key, key): frozenset(keys.get(need, need) for need in needed)
        for key, needed in catalog.dependencies.items()
    }
    return replace(catalog.only(things), dependencies=needs)


def moved_keys(changes: Iterable[NameChange]) -> dict[Key, Key]:
    """The keys of what has another name, before and after."""
    keys: dict[Key, Key] = {}
    for change in changes:
        keys[change.old.key] = change.new.key
        keys |= _index_keys(change)
    return keys


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


def steps(changes: Iterable[NameChange], taken: Iterable[CatalogObject] = ()) -> Iterator[Step]:
    """A step per rename; two where names are exchanged, as one of them has to step aside.

    Args:
        changes: what is renamed.
        taken: what has a name before or after.
    """
    found = [each for each in changes if not _follows(each)]
    circular = _circular(found)
    names = {each[-1] for thing in taken for each in names_of(thing)} if circular else set()
    for number, change in enumerate(found):
        if number in circular:
            yield from _by_way_of(aside(str(change.old.key[-1]), names), change)
        else:
            yield _step(change, change.old.key, change.new.key, names_of(change.new), names_of(change.old))


def _circular(changes: Sequence[NameChange]) -> set[int]:
    """Those that have to step aside, by number: each waits for another one that, in the end, waits for it."""
    frees = {each: number for number, change in enumerate(changes) for each in names_of(change.old)}
    waits = {
        number: {frees[each] for each in names_of(change.new) if each in frees} - {number}
        for number, change in enumerate(changes)
    }
    found: set[int] = set()
    while True:
        while free := {number for number, others in waits.items() if not others - found}:
            waits = {number: others - free for number, others in waits.items() if number not in free}
        if not waits:
            return found
        passed, at = set[int](), next(iter(waits))
        while at not in passed:
            passed.add(at)
            at = min(waits[at] - found)
        found.add(at)


def _by_way_of(other: str, change: NameChange) -> Iterator[Step]:
    meanwhile = (*change.new.key[:-1], other)
    waiting = frozenset({("aside", *meanwhile)})
    yield _step(change, change.old.key, meanwhile, frozenset(), names_of(change.old) | waiting)
    yield _step(change, meanwhile, change.new.key, names_of(change.new) | waiting, frozenset())


def _step(change: NameChange, old: Key, new: Key, takes: frozenset[Key], frees: frozenset[Key]) -> Step:
    covers = frozenset({change.old.key, new})
    return Step("rename", new, (_operation(change, old, new),), covers=covers, takes=takes, frees=frees)


def _follows(change: NameChange) -> bool:
    """An index or trigger of a partition is renamed with nothing, but an inherited CHECK is with its parent's."""
    origin = change.old.origin
    return isinstance(change.old, Check) and origin is not None and origin.kind in {"inherited", "partition"}


def _operation(change: NameChange, old: Key, new: Key) -> MigrateOperation:
    one, other = name(old[-1]), name(new[-1])
    if isinstance(change.old, _CONSTRAINTS):
        words = (f"RENAME CONSTRAINT {one} TO {other}", f"RENAME CONSTRAINT {other} TO {one}")
        return AlterObjectOp(("table", *old[1:3]), *words)
    return AlterObjectOp(old, f"RENAME TO {other}", f"RENAME TO {one}")
