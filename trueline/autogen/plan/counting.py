"""Columns that begin to count, stop counting, or count in another way: plain, serial, identity.

The old way goes before the new one comes, because both want the sequence's name. A column that holds rows counts on
from the highest value, or the next row would have the key of another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from alembic.operations import MigrateOperation

from trueline.autogen.operations.count_on import CountOnOp
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.autogen.plan import risks
from trueline.autogen.plan.changes.table import retyped
from trueline.autogen.plan.sides import Sides
from trueline.autogen.plan.step import Step
from trueline.autogen.sql_text import for_text
from trueline.autogen.stock.column import add_column, change_column
from trueline.catalog.objects import CatalogObject, Column, Name, Sequence, Table
from trueline.catalog.render.words import literal, name


def counts_otherwise(old: Column, new: Column) -> bool:
    """Whether the column begins, ends, or changes its way."""
    if (old.identity is None) != (new.identity is None):
        return True
    return _is_drawn(new) and not _is_drawn(old)


def is_filled_apart(column: Column, sides: Sides) -> bool:
    """Whether PostgreSQL refuses to add an identity because of the table's children; of partitions it did before 17."""
    if column.identity is None or not (below := sides.children.get((column.schema, column.table))):
        return False
    return sides.old.major < 17 or any(_is_child(sides.old.get(("table", *each))) for each in below)


def _is_child(thing: CatalogObject | None) -> bool:
    return isinstance(thing, Table) and thing.bound is None


def filled(column: Column, sides: Sides) -> list[MigrateOperation]:
    """A new column that counts, for a table whose partitions or children hold rows, too.

    They get their values as a default, each row the next one, and only then the parent gets its identity.
    """
    given = column.identity
    if given is None:
        return add_column(column, sides.new, default_schema=sides.default_schema)
    chosen = (given.start, given.increment, given.minimum, given.maximum, given.cache)
    sequence = Sequence(*given.sequence, column.type, *chosen, cycle=given.cycle)
    default = f"nextval({literal(name(*given.sequence))}::regclass)"
    drawn, bare = replace(column, identity=None, default=default), replace(column, identity=None)
    return [
        CreateObjectOp(sequence),
        *add_column(drawn, sides.new, default_schema=sides.default_schema),
        *_change(drawn, bare, sides),
        DropObjectOp(sequence),
        *_change(bare, column, sides),
        *_count_on(column, sides),
    ]


def _is_drawn(column: Column) -> bool:
    return column.default is not None and column.default.startswith("nextval(")


def steps(old: Column, new: Column, sides: Sides) -> Iterator[Step]:
    """The old way goes in one step, the new one comes in another."""
    bare = replace(old, default=None, identity=None)
    if old != bare:
        gone = tuple(_change(old, bare, sides))
        freed = frozenset({("relation", *old.identity.sequence)} if old.identity else ())
        key = ("default", *new.key[1:])
        yield Step("drop", key, gone, frozenset({key}), frees=freed)
    taken = frozenset({("relation", *new.identity.sequence)} if new.identity else ())
    come = (*_change(bare, new, sides), *_count_on(new, sides))
    risk = risks.retyping([(old, new)], sides)
    yield Step("alter", new.key, come, frozenset({new.key}), takes=taken, destroys=risk.destroys, fails=risk.fails)


def _change(old: Column, new: Column, sides: Sides) -> list[MigrateOperation]:
    using = retyped(old, new, sides)
    return change_column(old, new, sides.old, sides.new, default_schema=sides.default_schema, using=using)


def _count_on(column: Column, sides: Sides) -> Iterator[MigrateOperation]:
    if column.identity:
        identity = column.identity
        yield _op(column, identity.sequence, identity.increment, identity.minimum, identity.maximum)
        return
    for key in sorted(sides.needs(column.key)):
        sequence = sides.new.get(key)
        if isinstance(sequence, Sequence) and key not in sides.old:
            place = (sequence.schema, sequence.name)
            yield _op(column, place, sequence.increment, sequence.minimum, sequence.maximum)


def _op(column: Column, sequence: Name, increment: int, minimum: int, maximum: int) -> CountOnOp:
    last = f"{'max' if increment > 0 else 'min'}({name(column.name)})"
    words = (
        f"SELECT pg_catalog.setval({literal(name(*sequence))}::regclass, {last})",
        f"FROM {name(column.schema, column.table)}",
        f"HAVING {last} BETWEEN {minimum} AND {maximum}",
    )
    return CountOnOp(for_text(" ".join(words)))
