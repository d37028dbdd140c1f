"""Keys and checks, changed where they stand: storage of their index, and their validity."""

from __future__ import annotations

from alembic.operations import MigrateOperation

from trueline.autogen.plan.changes.actions import alter, option_changes
from trueline.autogen.plan.keeping import is_looser
from trueline.autogen.plan.sides import Sides
from trueline.catalog.objects import Check, ForeignKey
from trueline.catalog.objects.constraint import IndexedConstraint
from trueline.catalog.render.words import name


def indexed(
    old: IndexedConstraint, new: IndexedConstraint, fields: frozenset[str], _sides: Sides
) -> list[MigrateOperation] | None:
    """The storage of its index; anything else takes a new constraint, but for what keeps it no better."""
    if "firing" in fields and not is_looser(old, new):
        return None
    if fields - {"options", "tablespace", "firing"} and not _same_but_storage(old, new):
        return None
    place = ("index", new.schema, new.name)
    found: list[MigrateOperation] = list(option_changes(place, old.options, new.options))
    if "tablespace" in fields:
        found.append(alter(place, *(f"SET TABLESPACE {name(each.tablespace or 'pg_default')}" for each in (new, old))))
    return found


def _same_but_storage(old: IndexedConstraint, new: IndexedConstraint) -> bool:
    """An exclusion constraint's definition says its index's storage parameters, too."""
    if not old.options and not new.options:
        return False
    parts = [each.definition.partition(" WITH (")[0] for each in (old, new)]
    same_end = [each.definition.rpartition(")")[2] for each in (old, new)]
    return (
        parts[0] == parts[1]
        and same_end[0] == same_end[1]
        and (old.columns, old.deferrable)
        == (
            new.columns,
            new.deferrable,
        )
    )


def validated(
    old: Check | ForeignKey, new: Check | ForeignKey, fields: frozenset[str], sides: Sides
) -> list[MigrateOperation] | None:
    """VALIDATE what was not valid; anything else takes a new constraint, but for what its table's parents settle."""
    if "firing" in fields and not is_looser(old, new):
        return None
    fields -= {"local", "origin", "firing"}
    if not fields:
        return None if _goes_with_parents(old, new, sides) else []
    becomes_valid = new.valid and not old.valid and fields <= {"definition", "valid"}
    if not becomes_valid or old.definition.removesuffix(" NOT VALID") != new.definition:
        return None
    place = ("table", new.schema, new.table)
    return [alter(place, f"VALIDATE CONSTRAINT {name(new.name)}", "")]


def _goes_with_parents(old: Check | ForeignKey, new: Check | ForeignKey, sides: Sides) -> bool:
    """Whether a table has it from a parent that drops it, and shall have one of its own."""
    if old.origin is None or new.origin is not None:
        return False
    above = old.origin.of
    gone = above not in sides.new or above in sides.replaced
    return gone and not sides.leaves((old.schema, old.table), (above[1], above[2]))
