"""Rows to edges: what each object needs that is no part of its own table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from trueline.catalog.objects import Cast, ForeignKey, Key
from trueline.catalog.reading import Address, Reading, Row

Edges = dict[Key, frozenset[Key]]

#: Origins of what is not seen as an object of its own: the edge leads to what it came with.
_STANDS_FOR = frozenset({"extension", "constraint", "identity"})

#: What has a key for comments only, and the kind of object that it is a part of. The relation's kind is looked up.
_PART_OF = {"domain_constraint": "domain", "not_null": "column"}


def read_dependencies(reading: Reading, needs: list[Row]) -> Edges:
    """From each object to those that it needs, by the rows of `queries/dependency.sql`."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for table, oid, number, needed_table, needed_oid, needed_number, home in needs:
        source = _object(reading, (table, oid, number))
        if source is None or (source[0] == "extension" and table != "pg_extension"):
            continue
        found[source].update(_needed(reading, (needed_table, needed_oid, needed_number)))
        found[source] -= {source, reading.relations[home].key if home in reading.relations else source}
    for thing in reading.objects:
        if isinstance(thing, ForeignKey):
            found[thing.key].update(_referenced(reading, thing))
        elif isinstance(thing, Cast):
            _add_users(thing.key, found)
    for source, needed in reading.needed.items():
        found[source].update(needed)
    return {source: frozenset(needed) for source, needed in found.items() if needed}


def _add_users(cast: Key, found: Mapping[Key, set[Key]]) -> None:
    """What a cast was used for depends on its function alone, as PostgreSQL keeps it, but is read again by the cast."""
    functions = {key for key in found.get(cast, ()) if key[0] == "function"}
    for source, needed in found.items():
        if needed & functions and source != cast and source not in found[cast]:
            needed.add(cast)


def _needed(reading: Reading, address: Address) -> Iterator[Key]:
    """A column brings its table with it."""
    key = _object(reading, address)
    if key is not None:
        yield key
        if key[0] == "column":
            yield reading.relations[address[1]].key


def _object(reading: Reading, address: Address) -> Key | None:
    """The object that stands at an address, or that what stands there belongs to."""
    table, oid, _ = address
    if member := reading.members.get((table, oid)):
        return member.of
    known = reading.keys.get(address) or reading.keys.get((table, oid, 0))
    if known is None:
        return None
    key, origin = known
    if origin is not None and origin.kind in _STANDS_FOR:
        return origin.of
    if key[0] in {"view_column", "attribute"}:
        return reading.relations[oid].key
    if key[0] in _PART_OF:
        return (_PART_OF[key[0]], *key[1:3])
    return key


def _referenced(reading: Reading, key: ForeignKey) -> Iterator[Key]:
    """The table that a foreign key points at, and the key or index that makes its columns unique."""
    if key.references != (key.schema, key.table):
        yield ("table", *key.references)
    unique = _object(reading, ("pg_class", reading.relied_on.get(key.key, 0), 0))
    if unique is not None:
        yield unique
