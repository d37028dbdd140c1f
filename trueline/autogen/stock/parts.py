"""Tables with what they are made of, and the names that are taken: found once per catalog, asked for table by table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Check, Column, Exclusion, ForeignKey, Key, Name, PrimaryKey, Table, Unique

Constraint = PrimaryKey | Unique | Exclusion | Check | ForeignKey

_CONSTRAINTS = (PrimaryKey, Unique, Exclusion, Check, ForeignKey)


@dataclass(slots=True)
class Parts:
    """A table's columns as they lie, the constraints that do not come by themselves, and checks that do."""

    columns: list[Column] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    inherited: list[Check] = field(default_factory=list)

    def primary_key(self) -> PrimaryKey | None:
        """Its primary key, if it has one."""
        return next((each for each in self.constraints if isinstance(each, PrimaryKey)), None)


@dataclass(slots=True)
class Index:
    """Everything of one catalog.

    Attributes:
        parts: by schema and name of the table.
        constraint_names: who has the name of a constraint: keys of constraints, and of columns for their NOT NULL.
    """

    parts: dict[Name, Parts]
    constraint_names: dict[Name, list[Key]]


#: The catalogs that were asked about last: a plan has two, its way back the same two, renames a few more.
_KEPT = 6
_indexes: dict[int, tuple[Catalog, Index]] = {}


def index_of(catalog: Catalog) -> Index:
    """The index of a catalog, which never changes."""
    known = _indexes.get(id(catalog))
    if known is not None and known[0] is catalog:
        return known[1]
    while len(_indexes) >= _KEPT:
        del _indexes[next(iter(_indexes))]
    found = _read(catalog)
    _indexes[id(catalog)] = (catalog, found)
    return found


def parts_of(catalog: Catalog, table: Table | Column) -> Parts:
    """What a table, or the table of a column, is made of."""
    place = (table.schema, table.name if isinstance(table, Table) else table.table)
    return index_of(catalog).parts.get(place) or Parts()


def claimants(catalog: Catalog, schema: str, name: str) -> Iterable[Key]:
    """Whose constraint has this name, in this schema."""
    return index_of(catalog).constraint_names.get((schema, name), ())


def _read(catalog: Catalog) -> Index:
    parts: dict[Name, Parts] = defaultdict(Parts)
    names: dict[Name, list[Key]] = defaultdict(list)
    for thing in catalog:
        if isinstance(thing, Column):
            parts[thing.schema, thing.table].columns.append(thing)
            # What a child has from its parent has the parent's name, and comes after it.
            if thing.not_null_constraint and not thing.inherited:
                names[thing.schema, thing.not_null_constraint.name].append(thing.key)
        elif isinstance(thing, _CONSTRAINTS):
            names[thing.schema, thing.name].append(thing.key)
            if thing.origin is None:
                parts[thing.schema, thing.table].constraints.append(thing)
            elif isinstance(thing, Check):
                parts[thing.schema, thing.table].inherited.append(thing)
    for each in parts.values():
        each.columns.sort(key=lambda column: column.position)
    return Index(dict(parts), dict(names))
