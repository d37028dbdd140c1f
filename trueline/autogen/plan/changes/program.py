"""Routines, views, triggers and rules, changed where they stand."""

from __future__ import annotations

from alembic.operations import MigrateOperation

from trueline.autogen.operations.object import ReplaceObjectOp
from trueline.autogen.plan.changes.actions import alter, option_changes
from trueline.autogen.plan.sides import Sides
from trueline.catalog.objects import Function, MaterializedView, Procedure, Rule, Trigger, View
from trueline.catalog.render.words import name


def routine(
    old: Function | Procedure, new: Function | Procedure, _fields: frozenset[str], _sides: Sides
) -> list[MigrateOperation] | None:
    """CREATE OR REPLACE, which keeps what needs the routine; not for another result or other argument names."""
    if (old.signature, old.result) != (new.signature, new.result):
        return None
    return [ReplaceObjectOp(old, new)]


def view(old: View, new: View, fields: frozenset[str], _sides: Sides) -> list[MigrateOperation] | None:
    """CREATE OR REPLACE where the columns stay and others only follow them; options and defaults by themselves."""
    if "definition" in fields:
        return [ReplaceObjectOp(old, new)] if _extends(old, new) else None
    found: list[MigrateOperation] = list(option_changes(new.key, old.options, new.options))
    before, after = dict(old.defaults), dict(new.defaults)
    for column in sorted({*before, *after}):
        if before.get(column) != after.get(column):
            place = f"ALTER COLUMN {name(column)}"
            actions = (
                f"{place} SET DEFAULT {side[column]}" if column in side else f"{place} DROP DEFAULT"
                for side in (after, before)
            )
            found.append(alter(new.key, *actions))
    return found


def _extends(old: View, new: View) -> bool:
    """A view that is replaced keeps defaults and, unless it names them anew, nothing else; so only the plain case."""
    return new.columns[: len(old.columns)] == old.columns and (old.options, old.defaults) == (new.options, new.defaults)


def materialized_view(
    old: MaterializedView, new: MaterializedView, fields: frozenset[str], _sides: Sides
) -> list[MigrateOperation] | None:
    """Storage; another definition or table access method takes a new one, and its rows are computed again."""
    if fields - {"options", "tablespace", "clustered_on"}:
        return None
    found: list[MigrateOperation] = list(option_changes(new.key, old.options, new.options))
    if "tablespace" in fields:
        found.append(
            alter(new.key, *(f"SET TABLESPACE {name(each.tablespace or 'pg_default')}" for each in (new, old)))
        )
    if "clustered_on" in fields:
        words = (
            f"CLUSTER ON {name(it.clustered_on)}" if it.clustered_on else "SET WITHOUT CLUSTER" for it in (new, old)
        )
        found.append(alter(new.key, *words))
    return found


_MODES = {"origin": "ENABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS", "disabled": "DISABLE"}


def fires(
    old: Trigger | Rule, new: Trigger | Rule, fields: frozenset[str], _sides: Sides
) -> list[MigrateOperation] | None:
    """When it fires; another definition takes a new one. What a partition has follows, or see `plan.firing`."""
    if new.origin is not None and new.origin.kind == "partition":
        return []
    if fields != {"enabled"}:
        return None
    words = (f"{_MODES[thing.enabled]} {new.kind.upper()} {name(new.name)}" for thing in (new, old))
    # ALTER TABLE is right for a view, too: there is no other statement for its triggers and rules.
    return [alter(("table", new.schema, new.table), *words)]
