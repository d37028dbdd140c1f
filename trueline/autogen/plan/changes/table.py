"""Tables and columns, changed where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from alembic.operations import MigrateOperation

from trueline.autogen.plan import casts
from trueline.autogen.plan.changes.actions import alter, foreign_option_changes, option_changes
from trueline.autogen.plan.rebuild import refuse_partition_key
from trueline.autogen.plan.recursion import default_steps_aside
from trueline.autogen.plan.sides import Sides
from trueline.autogen.stock.column import change_column
from trueline.catalog.objects import Column, Domain, Enum, Table
from trueline.catalog.render.words import name

#: What no statement can change: the table has to be made anew.
_FIXED = frozenset({"partition_key"})


def table(old: Table, new: Table, fields: frozenset[str], sides: Sides) -> list[MigrateOperation] | None:
    """Everything but the key that a table is partitioned by; physical order of columns takes a new table, too.

    Parents are left and joined, and a type is, by steps of their own.
    """
    if fields & _FIXED or (old.foreign is None) != (new.foreign is None) or "column_order" in fields:
        return None
    if old.foreign and new.foreign and old.foreign.server != new.foreign.server:
        return None
    found: list[MigrateOperation] = []
    for field, words in _SIMPLE.items():
        if field in fields and not (field == "clustered_on" and _comes(new, new.clustered_on, sides)):
            found.append(alter(new.key, words(new), words(old)))
    if "options" in fields:
        found += option_changes(new.key, old.options, new.options)
    if fields & {"replica_identity", "replica_index"} and not _comes(new, new.replica_index, sides):
        found.append(alter(new.key, _replica(new), _replica(old)))
    if old.foreign and new.foreign and old.foreign.options != new.foreign.options:
        ways = ((old, new), (new, old))
        found.append(alter(new.key, *(foreign_option_changes(_foreign(one), _foreign(other)) for one, other in ways)))
    return found


def _comes(thing: Table, index: str | None, sides: Sides) -> bool:
    """Whether the index is made by this plan: then it is marked when it is there."""
    keys = [
        ("index", thing.schema, index or ""),
        *((kind, thing.schema, thing.name, index or "") for kind in ("primary_key", "unique", "exclusion")),
    ]
    return index is not None and any(
        key in sides.new and (key not in sides.old or key in sides.replaced) for key in keys
    )


def _foreign(thing: Table) -> tuple[str, ...]:
    return thing.foreign.options if thing.foreign else ()


_SIMPLE: dict[str, Callable[[Table], str]] = {
    "persistence": lambda it: "SET UNLOGGED" if it.persistence == "unlogged" else "SET LOGGED",
    "row_security": lambda it: f"{'ENABLE' if it.row_security else 'DISABLE'} ROW LEVEL SECURITY",
    "force_row_security": lambda it: f"{'FORCE' if it.force_row_security else 'NO FORCE'} ROW LEVEL SECURITY",
    "access_method": lambda it: f"SET ACCESS METHOD {name(it.access_method or 'heap')}",
    "tablespace": lambda it: f"SET TABLESPACE {name(it.tablespace or 'pg_default')}",
    "clustered_on": lambda it: f"CLUSTER ON {name(it.clustered_on)}" if it.clustered_on else "SET WITHOUT CLUSTER",
}


def _replica(thing: Table) -> str:
    if thing.replica_index:
        return f"REPLICA IDENTITY USING INDEX {name(thing.replica_index)}"
    return f"REPLICA IDENTITY {'NOTHING' if thing.replica_identity == 'index' else thing.replica_identity.upper()}"


def column(old: Column, new: Column, fields: frozenset[str], sides: Sides) -> list[MigrateOperation] | None:
    """Everything but to become generated, or from virtual to stored: a generated value is computed anew."""
    if "generated" in fields and must_be_computed_anew(old, new, sides.new.major):
        return None
    if "type" in fields:
        refuse_partition_key(old, sides)
    using = retyped(old, new, sides) if "type" in fields else None
    changed = change_column(old, new, sides.old, sides.new, default_schema=sides.default_schema, using=using)
    return [*_defaults_aside(old, new, sides), *changed] if "type" in fields else changed


def _defaults_aside(old: Column, new: Column, sides: Sides) -> Iterator[MigrateOperation]:
    """Where it has no default, but one below it has, that need not be one of the new type."""
    if old.default is not None or not default_steps_aside(old, new):
        return
    place = f"ALTER COLUMN {name(old.name)}"
    for key in sides.family(old.key):
        below = sides.old[key]
        if isinstance(below, Column) and below.default is not None and _is_still_below(below, sides):
            words = (f"{place} DROP DEFAULT", f"{place} SET DEFAULT {below.written}")
            yield alter(("table", below.schema, below.table), *words)


def _is_still_below(column: Column, sides: Sides) -> bool:
    if column.origin is None or column.generated is not None or not sides.stays(column.key):
        return False
    _, schema, table, _ = column.origin.of
    return not sides.leaves((column.schema, column.table), (schema, table))


def must_be_computed_anew(old: Column, new: Column, major: int) -> bool:
    """DROP EXPRESSION makes a stored value a plain one; SET EXPRESSION came with 17; no other way leads anywhere."""
    if new.generated is None:
        return old.generated is not None and not old.generated.stored
    if old.generated is None or old.generated.stored != new.generated.stored:
        return True
    return major < 17


def enums(sides: Sides) -> frozenset[str]:
    """The enum types of both sides, as format_type names them."""
    return frozenset(name(each.schema, each.name) for side in (sides.old, sides.new) for each in side.of_kind(Enum))


def retyped(old: Column, new: Column, sides: Sides) -> str | None:
    """The expression after USING, for a column whose type changes."""
    if old.type == new.type:
        return None
    domains = {
        name(each.schema, each.name): each.type for side in (sides.old, sides.new) for each in side.of_kind(Domain)
    }
    return casts.using(old, new, name(new.name), sides.casts, enums(sides), domains=domains)


__all__ = ["column", "enums", "must_be_computed_anew", "option_changes", "retyped", "table"]
