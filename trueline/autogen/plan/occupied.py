"""Which names an object takes: relations of a schema share theirs, types do, and constraints of a table."""

from __future__ import annotations

from collections.abc import Iterator, Set

from trueline.autogen.operations.remade import ASIDE
from trueline.autogen.plan.sides import Sides
from trueline.catalog.objects import CatalogObject, Column, Defined, Key
from trueline.catalog.render.words import name

RELATION_KINDS = frozenset({"table", "view", "materialized_view", "index", "sequence", "composite"})
_INDEXED = frozenset({"primary_key", "unique", "exclusion"})
_CONSTRAINTS = frozenset({*_INDEXED, "check", "foreign_key"})
_TYPES = frozenset({"table", "view", "materialized_view", "composite", "enum", "domain", "range"})
_ROUTINES = frozenset({"function", "procedure", "aggregate"})


def _as_default(thing: Defined) -> Iterator[Key]:
    """A type has one default operator class for an access method, two encodings one default conversion in a schema."""
    kind, *parts = thing.key
    if kind not in {"operator_class", "conversion"}:
        return
    rest = thing.definition.partition(f" {name(*parts[:2])} ")[2]
    if rest.startswith("DEFAULT FOR TYPE "):
        yield ("default operator class", rest.rpartition(" FAMILY ")[0])
    if thing.definition.startswith("CREATE DEFAULT "):
        yield ("default conversion", parts[0], rest.rpartition(" FROM ")[0])


def names_of(thing: CatalogObject) -> frozenset[Key]:
    """Each name as namespace, schema and name, with a relation between where the namespace is its own."""
    kind, *parts = thing.key
    found: list[Key] = []
    if kind in RELATION_KINDS:
        found.append(("relation", *parts))
    if kind in _INDEXED:
        found.append(("relation", parts[0], parts[2]))
    if kind in _CONSTRAINTS:
        found.append(("constraint", *parts))
    if kind == "primary_key":  # a table has one, whatever it is called
        found.append(("the primary key", parts[0], parts[1]))
    if kind in _TYPES:
        found.append(("type", *parts))
    if kind in _ROUTINES:
        found.append(("routine", *parts[:2]))  # with another one there, a call might mean either
    if isinstance(thing, Column) and thing.not_null_constraint:  # a name since PostgreSQL 18
        found.append(("constraint", *parts[:2], thing.not_null_constraint.name))
    if isinstance(thing, Defined):
        found += _as_default(thing)
    if kind not in RELATION_KINDS | _CONSTRAINTS | _TYPES | _ROUTINES:
        found.append(thing.key)
    return frozenset(found)


def aside(own: str, taken: Set[str]) -> str:
    """A name within 63 bytes that nothing has, for what must step aside."""
    base = own.encode()[: 63 - len(ASIDE) - 1].decode(errors="ignore")
    found = base + ASIDE
    while found in taken:
        base = base[:-1] or "t"
        found = base + ASIDE + "x"
    return found


def names_of_all(covers: frozenset[Key], sides: Sides, side: str) -> frozenset[Key]:
    """The names of what comes or goes, in partitions and children, too, unless these have it all the time."""
    catalog = sides.old if side == "old" else sides.new
    family = (each for key in covers for each in (key, *_following(key, sides, side)) if each in catalog)
    return frozenset(taken for each in family for taken in names_of(catalog[each]))


def _following(key: Key, sides: Sides, side: str) -> Iterator[Key]:
    return (each for each in sides.family(key, side) if each != key and not sides.stays(each))
