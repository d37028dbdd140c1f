"""Tables that are of a composite type: PostgreSQL changes their columns with the type, and no statement does it alone.

https://www.postgresql.org/docs/current/sql-altertype.html, CASCADE.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from alembic.operations import MigrateOperation

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.plan import risks
from trueline.autogen.plan.sides import Sides
from trueline.autogen.plan.spelling import spellings
from trueline.autogen.plan.step import Step, Verb
from trueline.autogen.stock.column import change_column
from trueline.catalog.objects import Column, Composite, Key, Table
from trueline.catalog.render.words import name


def tables_of(kind: Key, sides: Sides) -> list[Table]:
    """The tables that are of this type before and after."""
    words = spellings(*kind[1:3])
    found = (sides.old.get(key) for key in sorted(sides.dependents.get(kind, ())) if key[0] == "table")
    return [each for each in found if isinstance(each, Table) and each.of_type in words and stays(each.key, sides)]


def stays(table: Key, sides: Sides) -> bool:
    """Whether a table is of one type before and after, and is not made anew."""
    was, becomes = sides.old.get(table), sides.new.get(table)
    if not isinstance(was, Table) or not isinstance(becomes, Table) or table in sides.replaced:
        return False
    return was.of_type is not None and was.of_type == becomes.of_type


def follows(column: Column, sides: Sides) -> bool:
    """Whether a column comes, changes its type, and goes with the type that its table is of."""
    return stays(("table", column.schema, column.table), sides)


def columns(kind: Key, sides: Sides) -> Iterator[Column]:
    """The columns before, of tables of this type, that change with it."""
    for table in tables_of(kind, sides):
        for part in sides.parts((table.schema, table.name), "old"):
            after = sides.new.get(part.key)
            if isinstance(part, Column) and not (isinstance(after, Column) and _shape(part) == _shape(after)):
                yield part


def _shape(column: Column) -> tuple[str, str | None]:
    return (column.type, column.collation)


def loss(old: Composite, new: Composite, sides: Sides) -> str | None:
    """What goes with attributes, in words; None where no table is of the type or no attribute goes."""
    gone = {each.name for each in old.attributes} - {each.name for each in new.attributes}
    lost = [name(*column.key[1:]) for column in columns(old.key, sides) if column.name in gone]
    return f"drops column {', '.join(lost)} with all its values" if lost else None


def own(old: Column | None, new: Column, sides: Sides) -> Step:
    """What a column has of its own, once it is what its type makes of it."""
    if old is None:
        plain = Column(new.schema, new.table, new.name, new.type, collation=new.collation, position=new.position)
    else:
        plain = replace(old, type=new.type, collation=new.collation)
    operations = change_column(plain, new, sides.old, sides.new, default_schema=sides.default_schema)
    return Step("alter", new.key, tuple(operations), covers=frozenset({new.key}))


def change(old: Composite, new: Composite, operations: Iterable[MigrateOperation], sides: Sides) -> Step:
    """The change of a type, with the columns of the tables that are of it."""
    covers = frozenset({new.key, *(each.key for each in columns(old.key, sides))})
    pairs = [(each, after) for each in columns(old.key, sides) if isinstance(after := sides.new.get(each.key), Column)]
    risk = risks.all_of([risks.Risk(loss(old, new, sides)), risks.retyping(pairs, sides)])
    return Step("alter", new.key, tuple(operations), covers, destroys=risk.destroys, fails=risk.fails)


def steps(old: Table, new: Table) -> Iterator[Step]:
    """A table that gets another type, or one at all, is bound to it when its columns are as the type has them."""
    if old.of_type == new.of_type:
        return
    if old.of_type:
        yield _step("alter", new.key, new, "NOT OF", f"OF {old.of_type}")
    if new.of_type:
        yield _step("create", ("attachment", new.schema, new.name), new, f"OF {new.of_type}", "NOT OF")


def _step(verb: Verb, key: Key, table: Table, action: str, undo: str) -> Step:
    operations: tuple[MigrateOperation, ...] = (AlterObjectOp(table.key, action, undo),)
    return Step(verb, key, operations, frozenset({key}))
