"""Rows to values: what one statement makes and ALTER changes piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trueline.catalog.canonical import canonical
from trueline.catalog.objects import KINDS, Defined
from trueline.catalog.reading import Reading, sure

#: A part of the options of a dictionary: PostgreSQL keeps them as one text, all in the same form.
_OPTION = re.compile(r"""("(?:[^"]|"")+"|[^\s=]+) = (E?'(?:[^']|'')*'|[^,]+)""")


def read_defined(reading: Reading) -> None:
    """What lies in a schema, and casts."""
    _read(reading, "defined")


def read_database(reading: Reading) -> None:
    """What belongs to the database as a whole."""
    _read(reading, "database")


def _read(reading: Reading, query: str) -> None:
    for kind, table, oid, names, definition, parts, related in reading.rows(query):
        if (table, oid) in reading.members:
            continue
        cls: Any = KINDS[kind]
        thing: Defined = cls(*map(sure, names), sure(definition), tuple(_parts(kind, parts)))
        reading.add(table, oid, thing)
        for place, number in (each.split(" ") for each in related):
            if place == "pg_namespace":
                reading.needed.setdefault(thing.key, set()).add(reading.keys[place, int(number), 0][0])
            else:
                reading.keys[place, int(number), 0] = (thing.key, None)


def _parts(kind: str, parts: list[list[str]]) -> Iterator[tuple[str, str]]:
    for name, value in parts:
        if kind == "text_search_dictionary" and not name:
            yield from sorted(_OPTION.findall(value))
        elif kind == "publication" and " WHERE " in value:
            yield name, canonical(value)
        else:
            yield name, sure(value)
