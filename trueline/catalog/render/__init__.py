"""A catalog as SQL for people to read: what can stand alone first, what needs it later, each part by schema.

The words are PostgreSQL's own definitions. It is no dump: where functions, types and views of several schemas need one
another in circles, the order is a reader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Key, Sequence
from trueline.catalog.render.others import sequence_owner, statements
from trueline.catalog.render.table import create_table, marks, parts_of
from trueline.catalog.render.words import name

#: A statement, and the schema under which a reader looks for it.
Placed = tuple[str, str]

_TYPES = ("enum", "domain", "composite", "range")
_ROUTINES = ("function", "procedure", "aggregate")

_HEAD = "SET check_function_bodies = off;"


def render(catalog: Catalog) -> str:
    """The whole catalog, without what comes by itself with something else."""
    own = catalog.own()
    own = own.only(thing for thing in own if thing.origin is None or thing.origin.kind != "partition")
    parts = parts_of(own)
    sections: list[tuple[str, Iterable[Placed]]] = [
        ("schemas and extensions", _of(own, "schema", "extension")),
        ("types", _of(own, *_TYPES)),
        ("sequences", _of(own, "sequence")),
        ("functions", _of(own, *_ROUTINES)),
        ("tables", [(part.table.schema, text) for part in parts for text in create_table(part, own)]),
        ("sequences' owners", _owners(own)),
        ("indexes", _of(own, "index", "statistics")),
        ("views", _of(own, "view", "materialized_view", "index on a view")),
        ("foreign keys", _of(own, "foreign_key")),
        ("tables' marks", [(part.table.schema, text) for part in parts for text in marks(part.table)]),
        ("triggers, rules and policies", _of(own, "trigger", "rule", "policy")),
        ("comments", _of(own, "comment")),
        ("owners and privileges", _of(own, "owner", "grant", "default_privileges")),
    ]
    return _HEAD + "\n" + "".join(_section(title, placed) for title, placed in sections)


def _section(title: str, placed: Iterable[Placed]) -> str:
    """A heading per part, and one per schema in it."""
    texts = []
    for schema, group in groupby(placed, key=lambda pair: pair[0]):
        texts.append(f"\n-- {title}{f' of {name(schema)}' if schema else ''}\n")
        texts += [f"\n{text};\n" for _, text in group]
    return "".join(texts)


def _of(catalog: Catalog, *kinds: str) -> Iterator[Placed]:
    on_view = {(key[1], key[2]) for key in _keys(catalog, "materialized_view")}
    chosen = [thing for thing in catalog if _sort(thing, on_view) in kinds]
    for thing in _needed_first(chosen):
        for text in statements(thing):
            yield (_schema(thing.key), text)


def _sort(thing: CatalogObject, on_view: set[tuple[str, str]]) -> str:
    """The kind; an index comes with the materialized view that it is on."""
    if thing.kind == "index" and (thing.key[1], getattr(thing, "table", "")) in on_view:
        return "index on a view"
    return thing.kind


def _keys(catalog: Catalog, kind: str) -> Iterator[Key]:
    return (thing.key for thing in catalog if thing.kind == kind)


def _schema(key: Key) -> str:
    """Of the object that a comment or grant is about; none for a schema or an extension itself."""
    place = key[1:] if key[0] in {"comment", "owner", "grant"} else key
    return place[1] if len(place) > 2 else ""


def _needed_first(things: list[CatalogObject]) -> list[CatalogObject]:
    """By schema and key, but after those whose qualified name stands in one's statements."""
    by_name = {name(*thing.key[1:3]): thing for thing in things if thing.kind in _MAY_NEED}
    ordered: dict[Key, CatalogObject] = {}
    begun: set[Key] = set()

    def place(thing: CatalogObject) -> None:
        if thing.key in begun:
            return
        begun.add(thing.key)
        if thing.kind in _MAY_NEED:
            text = "\n".join(statements(thing))
            for other, needed in by_name.items():
                if other in text:
                    place(needed)
        ordered[thing.key] = thing

    for thing in sorted(things, key=_reading_order):
        place(thing)
    return list(ordered.values())


_MAY_NEED = frozenset({*_TYPES, "view", "materialized_view"})


def _reading_order(thing: CatalogObject) -> tuple[bool, str, Key]:
    return (thing.kind == "index", _schema(thing.key), thing.key)


def _owners(catalog: Catalog) -> Iterator[Placed]:
    for sequence in catalog.of_kind(Sequence):
        for text in sequence_owner(sequence):
            yield (sequence.schema, text)
