"""Indexes and extended statistics, changed where they stand."""

from __future__ import annotations

from alembic.operations import MigrateOperation

from trueline.autogen.plan.changes.actions import alter, option_changes
from trueline.autogen.plan.sides import Sides
from trueline.catalog.objects import Index, Statistics
from trueline.catalog.render.words import name


def index(old: Index, new: Index, fields: frozenset[str], sides: Sides) -> list[MigrateOperation] | None:
    """Storage and statistics; anything else takes a new index, and so does one that is not valid."""
    if fields == {"origin"}:
        return _attached(new, sides)
    stored = fields & {"options", "tablespace"}
    if fields - {"options", "tablespace", "statistics", "definition"} or not _same_but_storage(old, new, stored):
        return None
    found: list[MigrateOperation] = list(option_changes(new.key, old.options, new.options))
    if "tablespace" in fields:
        found.append(
            alter(new.key, *(f"SET TABLESPACE {name(each.tablespace or 'pg_default')}" for each in (new, old)))
        )
    before, after = dict(old.statistics), dict(new.statistics)
    for column in sorted({*before, *after}):
        if before.get(column) != after.get(column):
            place = f"ALTER COLUMN {column} SET STATISTICS"
            found.append(alter(new.key, *(f"{place} {side.get(column, -1)}" for side in (after, before))))
    return found


def _attached(new: Index, sides: Sides) -> list[MigrateOperation] | None:
    """A partition's index that its parent's takes for its own; a new one of the parent looks for it by itself."""
    if new.origin is None or new.origin.of[0] != "index":
        return None
    parent = new.origin.of
    made = parent in sides.replaced or parent not in sides.old
    return [] if made else [alter(parent, f"ATTACH PARTITION {name(new.schema, new.name)}", "")]


def _same_but_storage(old: Index, new: Index, stored: frozenset[str]) -> bool:
    """The definition says storage parameters and tablespace, too."""
    if old.definition == new.definition:
        return True
    return bool(stored) and _bare(old) == _bare(new)


def _bare(thing: Index) -> str:
    text = thing.definition
    if thing.options:
        before, _, after = text.rpartition(" WITH (")
        text = before + after.partition(")")[2]
    return text.replace(f" TABLESPACE {name(thing.tablespace)}", "") if thing.tablespace else text


def statistics(
    old: Statistics, new: Statistics, fields: frozenset[str], _sides: Sides
) -> list[MigrateOperation] | None:
    """The target; another definition takes new ones."""
    if fields != {"target"}:
        return None
    words = (f"SET STATISTICS {-1 if each.target is None else each.target}" for each in (new, old))
    return [alter(new.key, *words)]
