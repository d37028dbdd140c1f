"""A catalog as statements that make it again: in an empty database of the same major version, object for object.

Unlike `trueline.catalog.render`, which writes for readers, this keeps every name that PostgreSQL would choose by
itself: a partition is made alone and attached, and so are its indexes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trueline.catalog.build_tables import TYPES, Trees, attach_index, table_units
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    CatalogObject,
    Domain,
    ForeignKey,
    Grant,
    Index,
    Key,
    MaterializedView,
    Owner,
    Sequence,
    Trigger,
    View,
)
from trueline.catalog.render.firing import KeptByTriggers, key_firing
from trueline.catalog.render.order import Unit, in_order, schema_of
from trueline.catalog.render.others import firing, sequence_owner, statements
from trueline.catalog.render.table import index_settings, marks
from trueline.catalog.render.words import name
from trueline.garbage import uncollected

#: Names of the caller's own path must not come between; bodies name what may not be there yet.
_BEFORE = ("SET search_path = pg_catalog", "SET check_function_bodies = off")
_AFTER = ("RESET check_function_bodies", "RESET search_path")

#: The order that reads well, and that dependencies overrule.
_PARTS = {
    kind: number
    for number, kinds in enumerate(
        (
            ("schema",),
            ("extension",),
            ("language",),
            ("access_method",),
            ("collation",),
            ("text_search_parser", "text_search_template"),
            ("text_search_dictionary",),
            ("text_search_configuration",),
            ("foreign_data_wrapper",),
            ("server",),
            TYPES,
            ("sequence",),
            ("function", "procedure", "aggregate"),
            ("operator",),
            ("operator_family",),
            ("operator_class",),
            ("cast", "conversion", "transform"),
            ("table",),
            ("attach",),
            ("primary_key", "unique", "exclusion", "check"),
            ("sequence owner",),
            ("view", "materialized_view"),
            ("index",),
            ("statistics",),
            ("foreign_key",),
            ("mark",),
            ("trigger", "rule", "policy"),
            ("key firing",),
            ("refresh",),
            ("comment",),
            ("owner",),
            ("grant",),  # of a table takes those of its columns away
            ("column grant",),
            ("default_privileges",),
            ("publication",),
            ("event_trigger",),  # or it would fire
        )
    )
    for kind in kinds
}

#: What its table brings with it.
_WITH_TABLES = frozenset({"table", "column", "primary_key", "unique", "exclusion", "check"})

_COLUMNS = frozenset({"column", "view_column"})

#: What is about an object that has a part as its key, and the kinds of objects that have such parts.
_WHOLE = {
    "view_column": ("view", "materialized_view"),
    "attribute": ("composite",),
    "domain_constraint": ("domain",),
    "not_null": ("table",),
}


@uncollected()
def build_statements(catalog: Catalog) -> list[str]:
    """Every statement that makes the catalog's `own()` objects, in an order that can be run.

    They are for a database that is as ``CREATE DATABASE … TEMPLATE template0`` leaves it, and for its owner or a
    superuser. Roles and tablespaces must be there, and so must languages, servers and the like where the catalog was
    read without them. Two things cannot be made by statements: an index that failed to be built will be valid, and a
    ``REPLICA IDENTITY`` whose index is gone will be the default.
    """
    own = catalog.own()
    trees = Trees(own)
    units = [*table_units(own, trees, _rank)]
    for thing in own:
        if thing.kind not in _WITH_TABLES:
            units += _units(thing, own, trees)
        if isinstance(thing, KeptByTriggers) and thing.firing:
            units.append(_firing(thing, trees))
    texts = [text for unit in in_order(units) for text in unit.statements]
    return [*_BEFORE, *_taken_away(own), *texts, *_AFTER]


def _rank(part: str, key: Key) -> tuple[int, str, Key]:
    return (_PARTS[part], schema_of(key), key)


def _taken_away(own: Catalog) -> Iterator[str]:
    """What every new database has, and this one has no longer."""
    if ("extension", "plpgsql") not in own:
        yield "DROP EXTENSION IF EXISTS plpgsql"
    if ("schema", "public") not in own:
        yield "DROP SCHEMA IF EXISTS public"
        return
    if ("comment", "schema", "public") not in own:
        yield "COMMENT ON SCHEMA public IS NULL"
    if "grant" in own.watched:
        yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"


def _units(thing: CatalogObject, own: Catalog, trees: Trees) -> Iterator[Unit]:
    needs = own.dependencies.get(thing.key, frozenset()) | _place(thing, trees)
    texts = tuple(_texts(thing, own))
    part = "column grant" if isinstance(thing, Grant) and thing.of[0] in _COLUMNS else thing.kind
    whole = Unit(_rank(part, thing.key), texts, frozenset({thing.key}), needs, lambda: _apart(thing, needs))
    if isinstance(thing, Index) and thing.origin is not None:
        whole = replace(
            whole, statements=(*texts, attach_index(thing, thing.origin.of)), needs=needs | {thing.origin.of}
        )
    yield whole
    for part, later, more in _afterwards(thing):
        yield Unit(_rank(part, thing.key), later, frozenset(), more | {thing.key})


def _firing(key: KeptByTriggers, trees: Trees) -> Unit:
    """When its triggers fire, once it and all partitions are there that have some."""
    attached = (trees.attached(*place) for place in {(key.schema, key.table), *(each.table for each in key.firing)})
    needs = frozenset({key.key}).union(*attached)
    return Unit(_rank("key firing", key.key), tuple(key_firing(key)), frozenset(), needs)


def _place(thing: CatalogObject, trees: Trees) -> frozenset[Key]:
    """What an object is on or about, however PostgreSQL calls it."""
    of: Key | None = getattr(thing, "of", None)
    if of is not None:
        return frozenset({of, *((kind, *of[1:3]) for kind in _WHOLE.get(of[0], ()))})
    if isinstance(thing, Index):
        return _relation(thing.schema, thing.table) | trees.attached(thing.schema, thing.table)
    schema, table = getattr(thing, "schema", None), getattr(thing, "table", None)
    if isinstance(table, tuple):  # statistics
        return _relation(*table)
    if schema is None or table is None:
        return frozenset()
    needs = _relation(schema, table) | trees.attached(schema, table)
    if isinstance(thing, ForeignKey):
        return needs | trees.named_apart(thing)
    return needs | {thing.origin.of} if thing.origin else needs


def _relation(schema: str, table: str) -> frozenset[Key]:
    return frozenset((kind, schema, table) for kind in ("table", "view", "materialized_view"))


def _texts(thing: CatalogObject, own: Catalog) -> Iterator[str]:
    parent = own.get(thing.origin.of) if thing.origin and thing.origin.kind == "partition" else None
    if isinstance(thing, Index):
        yield thing.definition
        yield from index_settings(thing.schema, thing)
    elif isinstance(thing, Trigger) and isinstance(parent, Trigger):
        if thing.enabled != parent.enabled:
            yield firing(thing)
    elif isinstance(thing, ForeignKey) and isinstance(parent, ForeignKey):
        yield from statements(thing) if Trees.is_apart(thing, parent) else ()
    elif isinstance(thing, MaterializedView):
        yield from statements(replace(thing, populated=False))
    elif not (isinstance(thing, Owner) and _follows(own.get(thing.of))):
        yield from statements(thing)


def _follows(thing: CatalogObject | None) -> bool:
    """A sequence that a column owns changes hands with its table."""
    return isinstance(thing, Sequence) and thing.owned_by is not None


def _afterwards(thing: CatalogObject) -> Iterator[tuple[str, tuple[str, ...], frozenset[Key]]]:
    """What comes later, by part, and what it needs besides the object."""
    if isinstance(thing, Sequence) and thing.owned_by:
        yield "sequence owner", tuple(sequence_owner(thing)), frozenset({thing.owned_by})
    if isinstance(thing, MaterializedView):
        if thing.clustered_on:
            yield "mark", tuple(marks(thing)), frozenset({("index", thing.schema, thing.clustered_on)})
        if thing.populated:
            yield "refresh", (f"REFRESH MATERIALIZED VIEW {name(thing.schema, thing.name)}",), frozenset()


def _apart(thing: CatalogObject, needs: frozenset[Key]) -> Iterator[Unit]:
    """How to make an object that what it needs may need in turn."""
    if isinstance(thing, Domain) and (thing.checks or thing.default):
        yield from _domain_apart(thing, needs)
    if isinstance(thing, View) and thing.columns:
        yield from _view_apart(thing, needs)


def _domain_apart(thing: Domain, needs: frozenset[Key]) -> Iterator[Unit]:
    place = name(thing.schema, thing.name)
    types = frozenset(key for key in needs if key[0] in {*TYPES, "extension"})
    bare = replace(thing, checks=(), default=None)
    yield Unit(_rank("domain", thing.key), tuple(statements(bare)), frozenset({thing.key}), types)
    later = [f"ALTER DOMAIN {place} ADD CONSTRAINT {name(check.name)} {check.definition}" for check in thing.checks]
    later += [f"ALTER DOMAIN {place} SET DEFAULT {thing.written}"] if thing.default is not None else []
    yield Unit(_rank("domain", thing.key), tuple(later), frozenset(), needs | {thing.key})


def _view_apart(thing: View, needs: frozenset[Key]) -> Iterator[Unit]:
    """First a view of the same columns that needs their types alone, as pg_dump does."""
    columns = ",\n    ".join(f"NULL::{kind} AS {name(column)}" for column, kind in thing.columns)
    types = frozenset(key for key in needs if key[0] in {*TYPES, "extension"})
    first = f"CREATE VIEW {name(thing.schema, thing.name)} AS\nSELECT\n    {columns}"
    yield Unit(_rank("view", thing.key), (first,), frozenset({thing.key}), types)
    create, *others = statements(thing)
    then = (create.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1), *others)
    yield Unit(_rank("view", thing.key), then, frozenset(), needs | {thing.key})
