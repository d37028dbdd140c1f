"""A schema in the making: what is declared already, and which names are taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa

from tests.acceptance.properties import spec as s
from tests.acceptance.properties.words import SCHEMAS, conditions
from trueline.catalog.render.words import name
from trueline.objects import Domain, Function

T = TypeVar("T")

#: Of tables, the one that may be partitioned, by its first column.
PARTITIONED = 2


@dataclass(slots=True)
class Making:
    """What there is so far.

    Attributes:
        spec: what is being declared.
        version: major version of the server that it is for.
        metadata: where.
        taken: by schema, the names of relations and types.
        tables: by their number in the specification, as `enums` and all the others.
        slots: of a table, its columns by their number.
        types: of a table, its columns' types by key.
        unique: tables and columns that a foreign key can point at.
        views: what views can stand on, as SQL, with the names of its columns.
        unordered: names of columns of views that no index can be on.
        nouns: what a comment can be about, as SQL.
        granted: tables, and the variants of privileges on them.
    """

    spec: s.Spec
    version: int
    metadata: sa.MetaData = field(default_factory=sa.MetaData)
    taken: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    enums: dict[int, sa.Enum] = field(default_factory=dict)
    domains: dict[int, Domain] = field(default_factory=dict)
    composites: dict[int, str] = field(default_factory=dict)
    functions: dict[int, Function] = field(default_factory=dict)
    tables: dict[int, sa.Table] = field(default_factory=dict)
    slots: dict[int, dict[int, sa.Column[Any]]] = field(default_factory=dict)
    types: dict[int, dict[int, str]] = field(default_factory=dict)
    unique: set[tuple[int, tuple[int, ...]]] = field(default_factory=set)
    views: list[tuple[str, list[str]]] = field(default_factory=list)
    unordered: set[str] = field(default_factory=set)
    nouns: list[str] = field(default_factory=list)
    granted: set[tuple[int, int]] = field(default_factory=set)

    def slot(self, number: int) -> str:
        """The name with this number."""
        names = self.spec.names
        return names[number % len(names)]

    def free(self, schema: int, number: int) -> str:
        """A name that nothing in the schema has; relations and types share theirs."""
        return unused(self.slot(number), self.taken[place(schema)])

    def is_partitioned(self, number: int) -> bool:
        """Whether this table is."""
        return bool(self.spec.partitioned) and number == PARTITIONED

    def those(self, number: int, slots: list[int]) -> list[sa.Column[Any]]:
        """Columns of a table."""
        return [self.slots[number][slot] for slot in slots]

    def condition(self, number: int, slot: int, which: int) -> str:
        """What may be asked of a column."""
        choices = conditions(self.types[number][slot])
        return choices[which % len(choices)].format(name(self.slots[number][slot].name))


def each(part: tuple[T | None, ...]) -> Iterator[tuple[int, T]]:
    """The slots that hold something, with their numbers."""
    return ((number, item) for number, item in enumerate(part) if item is not None)


def place(schema: int) -> str:
    """The schema that is meant, also by none."""
    return SCHEMAS[schema] or "public"


def table_name(table: sa.Table) -> str:
    """As SQL, with its schema."""
    return name(table.schema or "public", table.name)


def fitting(text: str, suffix: str) -> str:
    """At most 63 bytes, the suffix included."""
    room = 63 - len(suffix)
    return text.encode()[:room].decode(errors="ignore") + suffix


def unused(wanted: str, used: set[str]) -> str:
    """The name, or one like it, that is used from now on."""
    candidates = (fitting(wanted, "" if number == 0 else str(number)) for number in range(99))
    found = next(candidate for candidate in candidates if candidate not in used)
    used.add(found)
    return found
