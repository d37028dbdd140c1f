"""What is created, each with its operations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from alembic.operations import MigrateOperation

from trueline.autogen.operations.object import CreateObjectOp
from trueline.autogen.plan import attachment, counting, filling, granting, risks, typed
from trueline.autogen.plan.changes.actions import alter
from trueline.autogen.plan.comments import commented
from trueline.autogen.plan.numbered import numbered
from trueline.autogen.plan.occupied import names_of_all
from trueline.autogen.plan.sides import Sides, parent_of, relation_of
from trueline.autogen.plan.step import Step
from trueline.autogen.stock import column, constraint, index, table
from trueline.autogen.stock.parts import Constraint
from trueline.catalog.objects import (
    CatalogObject,
    Check,
    Column,
    Comment,
    Exclusion,
    Index,
    Key,
    PrimaryKey,
    Sequence,
    Table,
    Unique,
)
from trueline.catalog.render.words import name


def additions(sides: Sides, rebuilt_types: set[Key]) -> Iterator[Step]:
    """A step for all that comes, or is made anew, and does not come with something else."""
    added = (thing for thing in sides.delta.added if thing.key not in rebuilt_types)
    come = {thing.key: thing for thing in (*added, *_serial_sequences(sides))}
    again = {key for key in sides.replaced | sides.remade if key in sides.new and key not in rebuilt_types}
    again |= {each.key for key in rebuilt_types for each in sides.said(key, "new")}
    come |= {key: sides.new[key] for key in again}
    tables = {key for key in come if key[0] == "table"}
    for thing in come.values():
        if isinstance(thing, Column) and typed.follows(thing, sides):
            yield typed.own(None, thing, sides)
        elif not _comes_with(thing, tables, come):
            yield from _creation(thing, sides)


def _serial_sequences(sides: Sides) -> Iterator[Sequence]:
    """Sequences of new columns that no SERIAL makes: each is created before its column and given to it afterwards."""
    before = sides.old
    for thing in sides.new.of_kind(Sequence):
        if (
            thing.origin is not None
            and thing.origin.kind == "serial"
            and (thing.key not in before or ("table", *thing.origin.of[1:3]) in sides.replaced)
        ):
            owner = sides.new.get(thing.origin.of)
            if isinstance(owner, Column) and not (
                _is_made_anew(("table", owner.schema, owner.table), sides) and table.is_serial(owner, sides.new)
            ):
                yield thing


def _is_made_anew(key: Key, sides: Sides) -> bool:
    return key not in sides.old or key in sides.replaced


def _comes_with(thing: CatalogObject, tables: set[Key], come: dict[Key, CatalogObject]) -> bool:
    """Whether the creation of its table makes it, or that of its parent's part."""
    origin = thing.origin
    if origin is not None and origin.kind in {"constraint", "identity"}:
        return True
    if origin is not None and parent_of(thing) is not None:
        place = relation_of(thing)
        return origin.kind == "partition" or origin.of in come or place is None or ("table", *place) in tables
    if isinstance(thing, Sequence) and origin is not None:
        return False
    place = relation_of(thing)
    if place is not None and ("table", *place) in tables:
        return isinstance(thing, Column | PrimaryKey | Unique | Exclusion | Check)
    if isinstance(thing, Comment):
        return (thing.of[0] == "table" and thing.of in tables) or (
            thing.of[0] == "column" and (("table", *thing.of[1:3]) in tables or thing.of in come)
        )
    return False


def _creation(thing: CatalogObject, sides: Sides) -> Iterator[Step]:
    covers = {thing.key}
    if isinstance(thing, Table):
        covers |= {
            part.key
            for part in sides.parts((thing.schema, thing.name), "new")
            if isinstance(part, Column | PrimaryKey | Unique | Exclusion | Check)
        }
    takes = names_of_all(frozenset(covers), sides, "new") | granting.wholes(thing)
    after = granting.wholes(thing) | frozenset(numbered(thing.key, sides))
    if isinstance(thing, Table) and thing.bound:
        takes |= attachment.bounds_of(thing.parents[0])
    if isinstance(thing, Column) and filling.waits(None, thing, sides):
        yield from filling.required(thing, sides)
    operations = () if isinstance(thing, Table) else tuple(_create(thing, sides))
    fails = _risk_of_new(thing, sides).fails
    yield Step("create", thing.key, operations, frozenset(covers), takes=takes, after=after, fails=fails)
    if isinstance(thing, Sequence) and thing.owned_by:
        action = f"OWNED BY {name(*thing.owned_by[1:])}"
        key = ("ownership", thing.schema, thing.name)
        yield Step("create", key, (alter(thing.key, action, "OWNED BY NONE"),), frozenset({key}))


def _risk_of_new(thing: CatalogObject, sides: Sides) -> risks.Risk:
    """What something new does to rows that are there."""
    if not isinstance(thing, Column):
        return risks.rule(thing, sides)
    return risks.Risk() if filling.waits(None, thing, sides) else risks.addition(thing, sides)


def _create(thing: CatalogObject, sides: Sides) -> list[MigrateOperation]:
    schema = sides.default_schema
    thing = sides.wording.get(thing.key) or thing
    if isinstance(thing, Column) and filling.waits(None, thing, sides):
        thing = filling.without(thing)
    if isinstance(thing, Column) and counting.is_filled_apart(thing, sides):
        return counting.filled(thing, sides)
    if isinstance(thing, Column):
        return column.add_column(thing, sides.new, default_schema=schema)
    if isinstance(thing, Constraint):
        return [*constraint.add_constraint(thing, default_schema=schema), *_marks(thing, sides)]
    if isinstance(thing, Index):
        return index.create_index(thing, sides.new, default_schema=schema)
    if isinstance(thing, Comment):
        return commented(None, thing, sides)
    return [CreateObjectOp(thing)]


def _marks(thing: Constraint, sides: Sides) -> list[MigrateOperation]:
    """What its table says of the index of a key, which went with the old one."""
    owner = sides.new.get(("table", thing.schema, thing.table))
    if not isinstance(owner, Table) or not isinstance(thing, PrimaryKey | Unique | Exclusion):
        return []
    return list(table.index_marks(owner, thing.name))


def created_table(key: Key, without: frozenset[Key], sides: Sides) -> list[MigrateOperation]:
    """The operations that create a table, once it is known which of its keys have to wait."""
    return table.create_table(
        cast("Table", sides.wording[key]), sides.wording, without=without, default_schema=sides.default_schema
    )
