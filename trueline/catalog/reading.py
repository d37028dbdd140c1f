"""The bookkeeping of one reading: what each oid stands for, and what objects exist because of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from trueline.catalog.canonical import canonical
from trueline.catalog.objects import CatalogObject, Key, Name, Origin
from trueline.errors import TruelineError

Row = tuple[Any, ...]

#: An object's address in the catalog: name of the system table, oid, number of the column or 0.
Address = tuple[str, int, int]

#: What PostgreSQL's own functions answer for something that is gone.
_GONE = "???"


class Relation(NamedTuple):
    """A table, view, materialized view or composite type, for what hangs on it."""

    key: Key
    origin: Origin | None
    parents: tuple[Name, ...] = ()

    @property
    def name(self) -> Name:
        """Schema and name."""
        return (self.key[1], self.key[2])


@dataclass(slots=True)
class Reading:
    """Filled reader by reader.

    Attributes:
        rows: runs the query of a kind.
        framework: names of tables that trueline and Alembic keep for themselves.
        objects: what has been read.
        members: origin of what belongs to an extension.
        relations: by oid of pg_class.
        columns: names of columns by oid of the relation and number.
        keys: by address, of whatever a comment, owner or grant may be about.
        relied_on: oid of the unique index that a foreign key points at, by its key.
        needed: what an object needs beyond what PostgreSQL says of it.
    """

    rows: Callable[[str], Iterable[Row]]
    framework: frozenset[str] = frozenset()
    objects: list[CatalogObject] = field(default_factory=list)
    members: dict[tuple[str, int], Origin] = field(default_factory=dict)
    relations: dict[int, Relation] = field(default_factory=dict)
    columns: dict[tuple[int, int], str] = field(default_factory=dict)
    keys: dict[Address, tuple[Key, Origin | None]] = field(default_factory=dict)
    relied_on: dict[Key, int] = field(default_factory=dict)
    needed: dict[Key, set[Key]] = field(default_factory=dict)

    def add(self, table: str, oid: int, thing: CatalogObject, number: int = 0) -> None:
        """Keep an object, and what its address stands for."""
        self.objects.append(thing)
        self.keys[table, oid, number] = (thing.key, thing.origin)

    def add_relation(self, oid: int, thing: CatalogObject, parents: tuple[Name, ...] = ()) -> None:
        """Keep an object that others hang on."""
        self.add("pg_class", oid, thing)
        self.relations[oid] = Relation(thing.key, thing.origin, parents)

    def origin(self, table: str, oid: int, relation: int | None = None) -> Origin | None:
        """Extension or framework, of an object itself or of the relation that it hangs on."""
        own = self.members.get((table, oid))
        return own or (self.relations[relation].origin if relation in self.relations else None)


def sure(definition: str | None) -> str:
    """A definition that must be there.

    Raises:
        TruelineError: it is not, because the object was dropped or altered while the catalog was read.
    """
    if definition is None or definition == _GONE:
        raise TruelineError(
            "the schema was changed by somebody else while its catalog was read",
            fix="run the command again when the other change is done",
        )
    return definition


def expression(definition: str | None) -> str:
    """An expression, or a definition with some in it, that must be there, in the one spelling; raises as `sure`."""
    return canonical(sure(definition))


def maybe(definition: str | None) -> str | None:
    """An expression that need not be there; raises as `sure` when it was there a moment ago."""
    return None if definition is None else expression(definition)


def sorted_options(*given: Iterable[str] | None) -> tuple[str, ...]:
    """Options in one order, whichever order they were set in."""
    return tuple(sorted(option for options in given if options for option in options))
