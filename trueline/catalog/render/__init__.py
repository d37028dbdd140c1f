"""A catalog as SQL for people to read: what can stand alone first, what needs it later, each part by schema.

The words are PostgreSQL's own definitions. It is no dump: where functions, types and views of several schemas need one
another in circles, the order is a reader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    DEFINED,
    CatalogObject,
    Comment,
    Grant,
    Index,
    Key,
    MaterializedView,
    Sequence,
    Table,
    Trigger,
)
from trueline.catalog.render.firing import KeptByTriggers, key_firing
from trueline.catalog.render.order import Unit, in_order, schema_of
from trueline.catalog.render.others import firing, sequence_owner, statements
from trueline.catalog.render.table import Parts, create_table, marks, not_valid, parts_of
from trueline.catalog.render.words import name
from trueline.garbage import uncollected

#: A statement, and the schema under which a reader looks for it.
Placed = tuple[str, str]

_TYPES = ("enum", "domain", "composite", "range")
_ROUTINES = ("function", "procedure", "aggregate")
_APART = {"collation", "publication", "event_trigger"}
_MADE_OF_ROUTINES = tuple(cls.kind for cls in DEFINED if cls.kind not in _APART)

_HEAD = "SET check_function_bodies = off;"


@uncollected()
def render(catalog: Catalog) -> str:
    """The whole catalog, without what comes by itself with something else."""
    whole = catalog.own()
    own = whole.only(thing for thing in whole if not _comes_with_parent(thing))
    parts = parts_of(own)
    sections: list[tuple[str, Iterable[Placed]]] = [
        ("schemas and extensions", _of(own, "schema", "extension")),
        ("collations", _of(own, "collation")),
        ("types", _of(own, *_TYPES)),
        ("sequences", _of(own, "sequence")),
        ("functions and what is made of them", _of(own, *_ROUTINES, *_MADE_OF_ROUTINES)),
        ("tables", _tables(parts, own)),
        ("sequences' owners", _owners(own)),
        ("indexes", _of(own, "index", "statistics")),
        ("views", _of(own, "view", "materialized_view", "index on a view")),
        ("foreign keys", _of(own, "foreign_key")),
        ("tables' marks", _marks(own)),
        ("triggers, rules and policies", _of(own, "trigger", "rule", "policy")),
        ("triggers of partitions", _firing(whole)),
        ("triggers of keys", _key_firing(whole)),
        ("publications and event triggers", _of(own, "publication", "event_trigger")),
        ("comments", _of(own, "comment")),
        ("owners", _of(own, "owner")),
        ("privileges", _of(own, "grant", "default_privileges")),
    ]
    return _HEAD + "\n" + "".join(_section(title, placed) for title, placed in sections)


def _comes_with_parent(thing: CatalogObject) -> bool:
    """Whether a partition has it because its parent has; what is said of such a thing does not come by itself."""
    made = thing.origin is not None and thing.origin.kind == "partition"
    return made and not isinstance(thing, Comment | Grant)


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
    for unit in in_order(_unit(thing, catalog) for thing in chosen):
        for text in unit.statements:
            yield (unit.rank[1], text)


def _unit(thing: CatalogObject, catalog: Catalog) -> Unit:
    """By schema and key; after all else an index on a materialized view, and what a column has of its own."""
    last = thing.kind == "index" or (isinstance(thing, Grant) and thing.of[0] in {"column", "view_column"})
    rank = (int(last), schema_of(thing.key), thing.key)
    needs = catalog.dependencies.get(thing.key, frozenset())
    return Unit(rank, tuple(statements(thing)), frozenset({thing.key}), needs)


def _sort(thing: CatalogObject, on_view: set[tuple[str, str]]) -> str:
    """The kind; an index comes with the materialized view that it is on."""
    if isinstance(thing, Index) and (thing.schema, thing.table) in on_view:
        return "index on a view"
    return thing.kind


def _keys(catalog: Catalog, kind: str) -> Iterator[Key]:
    return (thing.key for thing in catalog if thing.kind == kind)


def _tables(parts: list[Parts], catalog: Catalog) -> Iterator[Placed]:
    for texts in (create_table, not_valid):
        yield from ((part.table.schema, text) for part in parts for text in texts(part, catalog))


def _marks(catalog: Catalog) -> Iterator[Placed]:
    for thing in catalog:
        if isinstance(thing, Table | MaterializedView):
            yield from ((thing.schema, text) for text in marks(thing))


def _firing(catalog: Catalog) -> Iterator[Placed]:
    """Triggers of partitions that fire in another way than their parent's."""
    for thing in catalog.of_kind(Trigger):
        parent = catalog.get(thing.origin.of) if thing.origin else None
        if isinstance(parent, Trigger) and parent.enabled != thing.enabled:
            yield (thing.schema, firing(thing))


def _key_firing(catalog: Catalog) -> Iterator[Placed]:
    for thing in catalog:
        if isinstance(thing, KeptByTriggers):
            yield from ((thing.schema, text) for text in key_firing(thing))


def _owners(catalog: Catalog) -> Iterator[Placed]:
    for sequence in catalog.of_kind(Sequence):
        for text in sequence_owner(sequence):
            yield (sequence.schema, text)
