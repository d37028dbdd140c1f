"""What a step does to rows that an empty database does not have: it loses them, or it fails on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trueline.autogen.plan.casts import base
from trueline.autogen.plan.changes.table import enums, retyped
from trueline.autogen.plan.losing import Effect, below, effect
from trueline.autogen.plan.sides import Sides
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    CatalogObject,
    Check,
    Column,
    Domain,
    Enum,
    Exclusion,
    ForeignKey,
    Key,
    PrimaryKey,
    Unique,
)
from trueline.catalog.render.words import name


@dataclass(frozen=True, slots=True)
class Risk:
    """What becomes of rows.

    Attributes:
        destroys: what is lost, in words; None when nothing is.
        fails: on which rows the step fails or depends on who runs it, and the way out; None when neither can be.
    """

    destroys: str | None = None
    fails: str | None = None


def retyping(pairs: Iterable[tuple[Column, Column]], sides: Sides) -> Risk:
    """Columns that get another type, before and after."""
    found = [(old, new, _effect(old, new, sides)) for old, new in pairs if not new.generated]
    lost = (_words("changes", old, new, f", which {each.loses}") for old, new, each in found if each.loses)
    fails = (_words("fails where", old, new, f", has {each.fails}") for old, new, each in found if each.fails)
    shifts = (_by_zone(old, new) for old, new, each in found if each.by_zone)
    return Risk("; ".join(lost) or None, "\n".join((*fails, *shifts)) or None)


def _by_zone(old: Column, new: Column) -> str:
    """PostgreSQL takes a time without a zone for one in the session's."""
    using = f"{name(new.name)} AT TIME ZONE 'UTC'"
    return (
        f"reads column {name(*new.key[1:])} by the clock of the session that upgrades, as it goes from {old.type} to "
        f"{new.type}; if its values are meant in one zone, name it:\n"
        f"postgresql_using={using!r}"
    )


def _words(verb: str, old: Column, new: Column, rest: str) -> str:
    between = "from {} to {}" if verb == "changes" else ", which goes from {} to {}"
    kinds = between.format(old.type, new.type)
    return f"{verb} column {name(*new.key[1:])}{'' if kinds.startswith(',') else ' '}{kinds}{rest}"


def _effect(old: Column, new: Column, sides: Sides) -> Effect:
    one, other = below(old.type, _domains(sides.old)), below(new.type, _domains(sides.new))
    kinds = enums(sides)
    if base(one).removesuffix("[]") in kinds or base(other).removesuffix("[]") in kinds:
        return _of_enum(one, other, sides)
    using = old.type != new.type and retyped(old, new, sides) is not None
    return effect(one, other, asked=using)


def _of_enum(old: str, new: str, sides: Sides) -> Effect:
    """A value that the new type lacks stops the change."""
    labels = [_labels(catalog).get(kind.removesuffix("[]")) for catalog, kind in ((sides.old, old), (sides.new, new))]
    if labels[1] is None or (labels[0] is not None and labels[0] <= labels[1]):
        return Effect()
    return Effect(fails="values that the new type does not have")


def _labels(catalog: Catalog) -> dict[str, frozenset[str]]:
    return {name(each.schema, each.name): frozenset(each.labels) for each in catalog.of_kind(Enum)}


def _domains(catalog: Catalog) -> dict[str, str]:
    return {name(each.schema, each.name): each.type for each in catalog.of_kind(Domain)}


def needs_value(column: Column, sides: Sides) -> bool:
    """Whether a new column wants a value of each row and has none to give."""
    if not column.not_null or column.default is not None or column.identity or column.generated:
        return False
    domain = next((each for each in sides.new.of_kind(Domain) if name(each.schema, each.name) == column.type), None)
    return domain is None or domain.default is None


def addition(column: Column, sides: Sides) -> Risk:
    """A column that comes to a table that may have rows."""
    if not needs_value(column, sides) or not _is_old(("table", column.schema, column.table), sides):
        return Risk()
    return Risk(
        fails=f"fails where table {name(column.schema, column.table)} has rows: {name(column.name)} is NOT NULL and "
        "has no default:\ngive it a server_default, or let it be nullable first, fill it, and make it NOT NULL in a "
        "later revision"
    )


def requirement(column: Column) -> Risk:
    """A column that gets NOT NULL."""
    place, own = name(column.schema, column.table), name(column.name)
    return Risk(
        fails=f"fails where a row of {place} has no {own}; give each one before:\n"
        f"UPDATE {place} SET {own} = … WHERE {own} IS NULL"
    )


_RULES = (Check, Unique, PrimaryKey, Exclusion, ForeignKey)


def rule(thing: CatalogObject, sides: Sides) -> Risk:
    """A constraint that comes to columns that are there already."""
    if not isinstance(thing, _RULES) or thing.key in sides.old or not getattr(thing, "valid", True):
        return Risk()
    place = (thing.schema, thing.table)
    there = all(("column", *place, each) in sides.old for each in thing.columns)
    if not there or not _is_old(("table", *place), sides) or not _is_looked_at(thing):
        return Risk()
    return Risk(fails=f"fails where rows of {name(*place)} break {name(thing.name)}: look for them before")


def _is_looked_at(thing: CatalogObject) -> bool:
    return getattr(thing, "enforced", True) and thing.origin is None


def _is_old(table: Key, sides: Sides) -> bool:
    return table in sides.old and table not in sides.replaced


def all_of(risks: Iterable[Risk]) -> Risk:
    """Several as one."""
    found = list(risks)
    return Risk(_joined((each.destroys for each in found), "; "), _joined((each.fails for each in found), "\n"))


def _joined(words: Iterable[str | None], between: str) -> str | None:
    return between.join(_given(words)) or None


def _given(words: Iterable[str | None]) -> Iterator[str]:
    return (each for each in words if each)


__all__ = ["Risk", "addition", "all_of", "needs_value", "requirement", "retyping", "rule"]
