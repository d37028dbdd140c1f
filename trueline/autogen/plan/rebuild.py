"""A type that cannot become what it shall be: a new one takes its place, and the columns move over.

The old type steps aside under another name, so that the new one has its own from the start. A column's default goes
before its type changes and comes back afterwards; indexes and keys of the column stay. Types that are made of one
another move together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from alembic.operations import MigrateOperation

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.autogen.operations.remade import ASIDE
from trueline.autogen.plan import occupied
from trueline.autogen.plan.sides import Sides
from trueline.autogen.plan.spelling import mentions, spellings
from trueline.catalog.diff import Changed
from trueline.catalog.objects import CatalogObject, Column, Composite, Domain, Key, Table
from trueline.catalog.render.words import name
from trueline.errors import TruelineError

#: Kinds whose columns can be carried over.
TYPES = frozenset({"enum", "domain", "composite", "range"})
#: Kinds whose values can be read from one another's text.
_BY_TEXT = frozenset({"enum", "domain"})


def becoming(sides: Sides) -> dict[Key, Key]:
    """Types that give way to one of another kind and the same name, which their columns have afterwards."""
    come = {thing.key[1:]: thing.key for thing in sides.delta.added if thing.kind in TYPES}
    gone = (thing for thing in sides.delta.removed if thing.kind in TYPES and thing.key[1:] in come)
    return {thing.key: come[thing.key[1:]] for thing in gone if any(carried(thing, sides)) or _is_inside(thing, sides)}


def _is_inside(thing: CatalogObject, sides: Sides) -> bool:
    """Whether another type is made of it, and stays."""
    return any(each[0] in TYPES and each in sides.new for each in sides.dependents.get(thing.key, ()))


def groups(keys: Iterable[Key], sides: Sides) -> list[list[Key]]:
    """Types that are made of one another, each group with what is needed first."""
    left, found = sorted(keys), []
    while left:
        group = [left.pop(0)]
        for key in group:
            near = [
                each for each in left if each in sides.dependents.get(key, ()) or key in sides.dependents.get(each, ())
            ]
            group += near
            left = [each for each in left if each not in near]
        found.append(_needed_first(group, sides))
    return found


def _needed_first(group: list[Key], sides: Sides) -> list[Key]:
    placed: list[Key] = []
    while group:
        others = {key: {sides.becomes(each) for each in group if each != key} for key in group}
        ready = [key for key in group if not sides.needs(sides.becomes(key)) & others[key]] or group
        placed += ready
        group = [key for key in group if key not in placed]
    return placed


def rebuilt(group: list[Key], sides: Sides) -> list[MigrateOperation]:
    """The operations that put the new types in the place of the old ones, which have the same names.

    Raises:
        TruelineError: values of a type cannot be carried over.
    """
    columns = [(key, pair) for key in group for pair in carried(sides.old[key], sides)]
    held = {key for key, _ in columns}
    if not columns:
        dropped = [DropObjectOp(sides.old[key]) for key in reversed(group)]
        return [*dropped, *(CreateObjectOp(sides.new[sides.becomes(key)]) for key in group)]
    for key in held:
        _refuse_uncarried(sides.old[key], sides.new[sides.becomes(key)])
        for each in _made_of(key, group, sides):
            _refuse_other_kind(sides.old[each], sides.new[sides.becomes(each)])
    aside = {key: aside_name(key[2], sides) for key in group}
    return [
        *(each for key in group for each in _step_aside(key, aside[key], sides)),
        *(CreateObjectOp(sides.new[sides.becomes(key)]) for key in group),
        *(
            each
            for key, (before, after) in columns
            for each in _carry(before, after, sides, _through(key, group, sides))
        ),
        *(DropObjectOp(_named(sides.old[key], aside[key])) for key in reversed(group)),
    ]


def _made_of(key: Key, group: list[Key], sides: Sides) -> Iterator[Key]:
    """Types of the group that are inside of this one, in whatever depth."""
    for each in group:
        if key in sides.dependents.get(each, ()) and each != key:
            yield each
            yield from _made_of(each, group, sides)


def _refuse_other_kind(old: CatalogObject, new: CatalogObject) -> None:
    if old.kind != new.kind and not {old.kind, new.kind} <= _BY_TEXT:
        article = "an" if new.kind == "enum" else "a"
        raise TruelineError(
            f"{old.kind} type {name(*old.key[1:3])} cannot become {article} {new.kind} type while columns are of it",
            fix="give the new type another name, move the columns over in a revision of your own, and drop the old one",
        )


def _refuse_uncarried(old: CatalogObject, new: CatalogObject) -> None:
    _refuse_other_kind(old, new)
    shown = name(*old.key[1:3])
    if old.kind == "range":
        raise TruelineError(
            f"range type {shown} cannot be changed while columns are of it",
            fix="give the new type another name, move the columns over in a revision of your own, and drop the old one",
        )
    if isinstance(old, Composite) and isinstance(new, Composite) and len(old.attributes) != len(new.attributes):
        raise TruelineError(
            f"composite type {shown} cannot change attributes' types and number at once while columns are of it",
            fix="change the types in one revision, and add or drop attributes in the next",
        )


def aside_name(own: str, sides: Sides) -> str:
    """A name that no type has."""
    return occupied.aside(own, {thing.key[2] for thing in sides.old if thing.kind in TYPES})


def carried(old: CatalogObject, sides: Sides) -> Iterator[tuple[Column, Column]]:
    """Columns that have the type before and after, without those that follow their parent's."""
    for key in sorted(sides.dependents.get(old.key, ())):
        before, after = sides.old.get(key), sides.new.get(key)
        if not isinstance(before, Column) or not isinstance(after, Column) or before.origin is not None:
            continue
        if key in sides.replaced or before.generated or ("table", before.schema, before.table) in sides.replaced:
            continue
        if before.type.removesuffix("[]") == after.type.removesuffix("[]") and is_of(before.type, old.key):
            refuse_partition_key(before, sides, old)
            yield before, after


def without_default(change: Changed, moved: Set[Key]) -> Changed:
    """What else changes about a column that moved over to a new type: its default came with it."""
    old, new = change.old, change.new
    if change.key not in moved or not isinstance(old, Column) or not isinstance(new, Column):
        return change
    return Changed(replace(old, default=new.default), new, tuple(each for each in change.fields if each != "default"))


def is_of(kind: str, key: Key) -> bool:
    """Whether a column's type is this one or an array of it, and not one that its expressions only mention."""
    return kind.removesuffix("[]") in spellings(*key[1:3])


def refuse_partition_key(column: Column, sides: Sides, of: CatalogObject | None = None) -> None:
    """PostgreSQL has no way to change the type of a column that a table is partitioned by.

    Args:
        column: it.
        sides: both catalogs.
        of: the type that a new one would take the place of.

    Raises:
        TruelineError: it is one.
    """
    for thing in sides.old.of_kind(Table):
        mine = (thing.schema, thing.name) == (column.schema, column.table)
        if mine and thing.partition_key and mentions(thing.partition_key, column.name):
            if of is not None:
                raise _kept_type(of, column, thing)
            raise TruelineError(
                f"column {name(*column.key[1:])} cannot change its type: the table is partitioned by it",
                where=f"PARTITION BY {thing.partition_key}",
                fix="create a table of the new form beside it, move the rows over, and rename both",
            )


def _kept_type(of: CatalogObject, column: Column, table: Table) -> TruelineError:
    way = "create a table of the new form beside it, move the rows over, and rename both"
    if of.kind == "enum":
        way = (
            "let the model have the values of the database in their order; a new one comes by op.add_enum_value in a "
            f"revision of your own, which has no way back; or {way}"
        )
    return TruelineError(
        f"{of.kind} {name(*of.key[1:3])} cannot give way to a new one, on the way there or back: "
        f"column {name(*column.key[1:])} is of it, and the table is partitioned by it",
        where=f"table {name(table.schema, table.name)}, PARTITION BY {table.partition_key}",
        fix=way,
    )


def _named(thing: CatalogObject, other: str) -> CatalogObject:
    return replace(thing, name=other)  # type: ignore[type-var] # every kind is a dataclass


def _step_aside(key: Key, aside: str, sides: Sides) -> Iterator[MigrateOperation]:
    yield AlterObjectOp(key, f"RENAME TO {name(aside)}", f"RENAME TO {name(key[2])}")
    old = sides.old[key]
    if isinstance(old, Domain) and old.not_null_constraint:  # its name is wanted, too
        one = old.not_null_constraint.name
        other = one.encode()[: 63 - len(ASIDE)].decode(errors="ignore") + ASIDE
        words = (f"RENAME CONSTRAINT {name(one)} TO {name(other)}", f"RENAME CONSTRAINT {name(other)} TO {name(one)}")
        yield AlterObjectOp((key[0], key[1], aside), *words)


def _through(key: Key, group: list[Key], sides: Sides) -> str:
    """Values go by way of their text, unless a domain has another type below, whose cast is the better one."""
    old, new = sides.old[key], sides.new[sides.becomes(key)]
    straight = isinstance(old, Domain) and isinstance(new, Domain) and old.type != new.type and len(group) == 1
    return "" if straight else "::text"


def _carry(before: Column, after: Column, sides: Sides, way: str) -> Iterator[MigrateOperation]:
    table = ("table", after.schema, after.table)
    place = f"ALTER COLUMN {name(after.name)}"
    if before.default is not None:
        yield AlterObjectOp(table, f"{place} DROP DEFAULT", f"{place} SET DEFAULT {before.written}")
    own = list(_own_defaults(before, sides))
    for child, was, _ in own:
        if before.default is None and was is not None:
            yield AlterObjectOp(child, f"{place} DROP DEFAULT", f"{place} SET DEFAULT {was}")
    through = f"{way}{'[]' if before.type.endswith('[]') else ''}" if way else ""
    action = f"{place} TYPE {after.type} USING {name(after.name)}{through}::{after.type}"
    yield AlterObjectOp(table, action, action)
    if before.default is not None and after.default is not None:
        yield AlterObjectOp(table, f"{place} SET DEFAULT {after.written}", f"{place} DROP DEFAULT")
    for child, _, now in own:
        yield AlterObjectOp(child, f"{place} SET DEFAULT {now}" if now else f"{place} DROP DEFAULT", "")


def _own_defaults(before: Column, sides: Sides) -> Iterator[tuple[Key, str | None, str | None]]:
    """Partitions and children whose column has another default than the parent's."""
    for key in sides.family(before.key):
        child, after = sides.old.get(key), sides.new.get(key)
        if key == before.key or not isinstance(child, Column) or not isinstance(after, Column):
            continue
        if child.default != before.default:
            yield ("table", child.schema, child.table), child.written, after.written


__all__ = ["TYPES", "carried", "groups", "is_of", "rebuilt", "refuse_partition_key", "without_default"]
