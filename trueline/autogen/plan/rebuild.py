"""A type that cannot become what it shall be: a new one takes its place, and the columns move over.

The old type steps aside under another name, so that the new one has its own from the start. A column's default goes
before its type changes and comes back afterwards; indexes and keys of the column stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from alembic.operations import MigrateOperation

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.autogen.plan.sides import Sides
from trueline.catalog.objects import CatalogObject, Column
from trueline.catalog.render.words import name
from trueline.errors import TruelineError

#: Kinds whose columns can be carried over.
TYPES = frozenset({"enum", "domain", "composite", "range"})
_SUFFIX = "__old"


def rebuilt(old: CatalogObject, new: CatalogObject, sides: Sides) -> list[MigrateOperation]:
    """The operations that put ``new`` in the place of ``old``.

    Raises:
        TruelineError: something other than a column holds values of the type.
    """
    columns = list(carried(old, sides))
    if not columns:
        return [DropObjectOp(old), CreateObjectOp(new)]
    schema, own = old.key[1], old.key[2]
    aside = aside_name(own, sides)
    kind = old.key[0]
    return [
        AlterObjectOp(old.key, f"RENAME TO {name(aside)}", f"RENAME TO {name(own)}"),
        CreateObjectOp(new),
        *(each for before, after in columns for each in _carry(before, after, kind)),
        DropObjectOp(_named(old, aside)) if schema else DropObjectOp(old),
    ]


def aside_name(own: str, sides: Sides) -> str:
    """A name within 63 bytes that no type has."""
    taken = {key[2] for key in (thing.key for thing in sides.old) if key[0] in TYPES}
    base = own.encode()[: 63 - len(_SUFFIX)].decode(errors="ignore")
    found = base + _SUFFIX
    while found in taken:
        base = base[:-1] or "t"
        found = base + _SUFFIX + "x"
    return found


def carried(old: CatalogObject, sides: Sides) -> Iterator[tuple[Column, Column]]:
    """Columns that have the type before and after, without those that follow their parent's."""
    spelled = name(*old.key[1:3])
    for key in sorted(sides.dependents.get(old.key, ())):
        before, after = sides.old.get(key), sides.new.get(key)
        if key[0] in TYPES and key in sides.new and key not in sides.replaced:
            raise _held_by(old, key)
        if not isinstance(before, Column) or not isinstance(after, Column) or before.origin is not None:
            continue
        if key in sides.replaced or before.generated:
            continue
        if before.type.removesuffix("[]") == after.type.removesuffix("[]") and _is_of(before.type, spelled, old):
            yield before, after


def _is_of(kind: str, spelled: str, old: CatalogObject) -> bool:
    """Whether a column's type is the type itself, not one of its columns' expressions only."""
    plain = kind.removesuffix("[]")
    return plain == spelled or plain.replace('"', "") == ".".join(old.key[1:3]).replace('"', "")


def _held_by(old: CatalogObject, key: tuple[str, ...]) -> TruelineError:
    return TruelineError(
        f"type {name(*old.key[1:3])} cannot be replaced: {key[0]} {name(*key[1:3])} is made of it",
        fix="give the new type another name, and move the columns over in a revision of your own",
    )


def _named(thing: CatalogObject, other: str) -> CatalogObject:
    return replace(thing, name=other)  # type: ignore[type-var] # every kind is a dataclass


def _carry(before: Column, after: Column, kind: str) -> Iterator[MigrateOperation]:
    table = ("table", after.schema, after.table)
    place = f"ALTER COLUMN {name(after.name)}"
    if before.default is not None:
        yield AlterObjectOp(table, f"{place} DROP DEFAULT", f"{place} SET DEFAULT {before.default}")
    through = "" if kind == "domain" else f"::text{'[]' if before.type.endswith('[]') else ''}"
    action = f"{place} TYPE {after.type} USING {name(after.name)}{through}::{after.type}"
    yield AlterObjectOp(table, action, action)
    if before.default is not None and after.default is not None:
        yield AlterObjectOp(table, f"{place} SET DEFAULT {after.default}", f"{place} DROP DEFAULT")


__all__ = ["TYPES", "carried", "rebuilt"]
