"""What else has to be dropped and made anew, because it stands on something that is.

PostgreSQL refuses to drop what something needs, and to change the type of a column that a view, rule, policy, trigger
or generated column uses. Such dependents go first and come back at the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from trueline.autogen.plan import casts, held
from trueline.autogen.plan.asides import CALLED
from trueline.autogen.plan.changes import in_place
from trueline.autogen.plan.keeping import is_looser
from trueline.autogen.plan.needed import refuse_needed
from trueline.autogen.plan.rebuild import TYPES, becoming
from trueline.autogen.plan.sides import RELATIONS, Sides, line_of, relation_of
from trueline.autogen.plan.spelling import mentions
from trueline.catalog.objects import CatalogObject, Column, ForeignKey, Index, Key, Statistics

#: What bars a change of a column's type.
_BARRING = frozenset({"view", "materialized_view", "rule", "policy", "trigger", "function", "procedure", "publication"})


def spread(sides: Sides) -> None:
    """Fill ``sides.replaced``, ``sides.remade`` and ``sides.becoming``."""
    sides.becoming = becoming(sides)
    queue = [thing.key for thing in sides.delta.removed]
    for change in sorted(sides.delta.changed, key=lambda each: each.key[0] != "table"):
        if change.key in sides.remade and relation_of(change.old) == relation_of(change.new):
            continue  # a column of a table that is made anew becomes nothing: there are no values
        if in_place(change, sides) is None:
            queue += [_replace(key, sides) for key in (change.key, *_holding(change.old, change.new, sides))]
        elif isinstance(change.old, Column) and isinstance(change.new, Column) and "type" in change.fields:
            barring = _barring(change.old, change.new, sides)
            queue += [_replace(key, sides) for key in barring if key not in sides.replaced]
    queue += [_replace(key, sides) for key in _between_moving(sides) if key not in sides.replaced]
    while queue:
        key = queue.pop()
        queue += [_replace(each, sides) for each in _standing_on(key, sides) if each not in sides.replaced]
    refuse_needed(sides)


def _holding(old: CatalogObject, new: CatalogObject, sides: Sides) -> Iterator[Key]:
    """What a partition has from its parent cannot be dropped: both are made anew.

    The index of a partitioned table never lets go of that of a partition; a key of a partition is kept as its parent's.
    """
    held = isinstance(old, Index) and new.origin is None
    if old.origin is not None and old.origin.kind == "partition" and (held or not is_looser(old, new)):
        yield from line_of(old, sides.old)[1:]


def _between_moving(sides: Sides) -> list[Key]:
    """Keys between tables that both become unlogged, or logged: PostgreSQL allows none that is so on one side only."""
    moving = {change.key[1:] for change in sides.delta.changed if "persistence" in change.fields}
    return [
        key.key
        for key in (sides.old.of_kind(ForeignKey) if len(moving) > 1 else ())
        if (key.schema, key.table) != key.references
        and {(key.schema, key.table), key.references} <= moving
        and key.key in sides.new
    ]


def _replace(key: Key, sides: Sides) -> Key:
    sides.replaced.add(key)
    thing = sides.new.get(key)
    if thing is not None:
        sides.remade |= {each.key for each in sides.whole(thing, "new")} - {key}
    return key


def _barring(old: Column, new: Column, sides: Sides) -> Iterator[Key]:
    """What must go for a while, so that a column's type can change."""
    for member in sides.family(old.key):
        for key in sides.dependents.get(member, ()):
            if key in sides.new and (key[0] in _BARRING or _is_generated(key, sides)):
                yield key
    for part in sides.parts((old.schema, old.table), "old"):
        # PostgreSQL makes them anew by itself, but forgets their target.
        if isinstance(part, Statistics) and part.key in sides.new and mentions(part.definition, old.name):
            yield part.key
    if not casts.comparable(old.type, new.type):
        yield from _keys_on(new, sides)


def _is_generated(key: Key, sides: Sides) -> bool:
    column = sides.old.get(key)
    return isinstance(column, Column) and column.generated is not None and key in sides.new


def _keys_on(column: Column, sides: Sides) -> Iterator[Key]:
    """Foreign keys from and to a column that becomes something of another kind: its other side has to follow first."""
    for thing in sides.old.of_kind(ForeignKey):
        here = (thing.schema, thing.table) == (column.schema, column.table) and column.name in thing.columns
        there = thing.references == (column.schema, column.table) and column.name in thing.referenced_columns
        if (here or there) and thing.key in sides.new and not thing.origin:
            yield thing.key


def _standing_on(key: Key, sides: Sides) -> Iterator[Key]:
    """What survives in the new catalog and needs something that goes."""
    if key[0] in TYPES and (key in sides.replaced or key in sides.becoming):
        yield from _on_type(key, sides)
        return
    if key[0] == "column" and key in sides.replaced:
        yield from _on_column(key, sides)
    wanted = sides.dependents.get(key, frozenset())
    if key[0] in RELATIONS:
        for part in (thing for thing in sides.whole(sides.old[key], "old") if thing.key != key):
            wanted |= sides.dependents.get(part.key, frozenset())
    for each in wanted:
        yield from _survivor(each, key, sides)


def _on_type(key: Key, sides: Sides) -> Iterator[Key]:
    """Columns move over to the new type; whatever else names the type is made anew."""
    for each in sides.dependents.get(key, ()):
        plain = each[0] not in {"column", "table"} and each in sides.new
        if plain or (each[0] == "column" and _is_generated(each, sides)):
            yield each
    for each in sides.dependents.get(key, ()):
        if each[0] == "column":
            yield from (bar for bar in sides.dependents.get(each, ()) if bar[0] in _BARRING and bar in sides.new)
            if isinstance(column := sides.old.get(each), Column):
                yield from _keys_on(column, sides)


def _on_column(key: Key, sides: Sides) -> Iterator[Key]:
    """Indexes and constraints go with their column, unasked."""
    _, schema, table, column = key
    for part in sides.parts((schema, table), "old"):
        if part.key not in sides.new or part.key == key:
            continue
        if column in getattr(part, "columns", ()) or (
            isinstance(part, Index) and part.origin is None and mentions(part.definition, column)
        ):
            yield part.key


def _survivor(each: Key, key: Key, sides: Sides) -> Iterator[Key]:
    if each not in sides.new or each == key or key[0] == "cast":  # what was read by a cast calls its function
        return
    if {each[0], key[0]} & held.KINDS and key not in sides.needs(each) and _changes(each, sides):
        return  # its own change goes first
    held.refuse_held(each, key, sides)
    if each[0] == "column":
        column = sides.old.get(each)
        if isinstance(column, Column) and column.generated is not None:
            yield each
        return  # a default is dropped and set again by its own step
    if each[0] == "table":
        if key in sides.replaced and key[0] == "table":
            yield each
        return
    if each[0] == "domain" and key[0] in CALLED:
        return  # its checks and its default step aside for as long as the function is not there
    yield each


def _changes(each: Key, sides: Sides) -> bool:
    """Whether it differs by itself: an index that has the default operator class of its type has then another one."""
    return each[0] in held.KINDS or any(change.key == each for change in sides.delta.changed)
