"""Declarations for what a database has, as a Python module: what `trueline declare` writes.

The module needs nothing but trueline and SQLAlchemy: tables are named, not imported, so that it may be imported before
or after the models.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    WITHOUT_SCHEMA,
    CatalogObject,
    Column,
    Comment,
    Grant,
    Index,
    Key,
    MaterializedView,
    Owner,
    Table,
)
from trueline.catalog.render.others import statements
from trueline.objects.names import COMMENTED
from trueline.objects.write.access import grants
from trueline.objects.write.calls import Written, declarations, statement
from trueline.objects.write.home import ONE, Home
from trueline.objects.write.names import subjects
from trueline.objects.write.python import Source

_HEAD = "What the database has and no model declares; written by ``trueline declare``, and yours from here on."
_THE_METADATA = "trueline.objects.the_metadata"

#: In a schema, and what is about others at the end.
_ORDER = (
    "extension",
    "schema",
    "language",
    "access_method",
    "collation",
    "conversion",
    "text_search_parser",
    "text_search_template",
    "text_search_dictionary",
    "text_search_configuration",
    "foreign_data_wrapper",
    "server",
    "enum",
    "composite",
    "domain",
    "range",
    "sequence",
    "function",
    "procedure",
    "aggregate",
    "operator",
    "operator_family",
    "operator_class",
    "cast",
    "transform",
    "table",
    "column",
    "primary_key",
    "unique",
    "exclusion",
    "check",
    "index",
    "statistics",
    "view",
    "materialized_view",
    "foreign_key",
    "rule",
    "trigger",
    "policy",
    "publication",
    "event_trigger",
)


def module_text(things: Sequence[CatalogObject], catalog: Catalog, home: Home = ONE) -> str:
    """A module that declares these objects, with their comments and, where they were read, owners and privileges.

    Args:
        things: the objects. A table whose columns are not among them is there for its row security.
        catalog: the reading that they are from.
        home: where the metadata is that they are declared on.
    """
    written = list(_written(things, catalog))
    names = {name for _, needed in written for name in needed}
    given: dict[str, Source] = {}
    if home != ONE:
        given["metadata"] = Source(home.expression)
        names = names - {_THE_METADATA} | {home.imported}
    parts = [home.head(_HEAD), "\n".join(_imports(sorted(names))), *home.lines]
    parts += [call.source(**given) for call, _ in written]
    return "\n\n".join(part for part in parts if part) + "\n"


def _imports(names: Iterable[str]) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for full in names:
        module, _, name = full.rpartition(".")
        found.setdefault(module, []).append(name)
    for module in sorted(found):
        line = f"from {module} import {', '.join(_isorted(found[module]))}"
        wrapped = f"from {module} import (\n" + "".join(f"    {name},\n" for name in _isorted(found[module])) + ")"
        yield line if len(line) <= 120 else wrapped


def _isorted(names: list[str]) -> list[str]:
    """Classes before other names."""
    return sorted(names, key=lambda name: (name[0].islower(), name))


def _written(things: Sequence[CatalogObject], catalog: Catalog) -> Iterator[Written]:
    keys = {thing.key for thing in things}
    whole = {(thing.schema, thing.table) for thing in things if isinstance(thing, Column)}
    whole |= {(thing.schema, thing.name) for thing in things if isinstance(thing, Table) and not thing.row_security}
    for thing in sorted(things, key=_order):
        if thing.kind in _ORDER and not _is_part(thing, keys, whole):
            yield from declarations(thing, catalog, whole=(thing.key[1:3] in whole))
    yield from _said(things, catalog, keys)


#: In no schema, and made of what lies in one.
_LAST = frozenset({"cast", "transform", "publication", "event_trigger"})


def _order(thing: CatalogObject) -> tuple[int, str, int, Key]:
    """By schema; what lies in none comes first, or last."""
    place = _ORDER.index(thing.kind) if thing.kind in _ORDER else len(_ORDER)
    alone = thing.kind in WITHOUT_SCHEMA
    return (2 if thing.kind in _LAST else int(not alone), "" if alone else thing.key[1], place, thing.key)


def _is_part(thing: CatalogObject, keys: set[Key], whole: set[tuple[str, str]]) -> bool:
    """What is written with its table or view."""
    if isinstance(thing, Index):
        return ("materialized_view", thing.schema, thing.table) in keys
    if thing.kind in {"column", "primary_key", "unique", "exclusion", "check"}:
        return ("table", *thing.key[1:3]) in keys and thing.key[1:3] in whole
    return False


def _said(things: Sequence[CatalogObject], catalog: Catalog, keys: set[Key]) -> Iterator[Written]:
    """Comments that no class carries, then owners and privileges."""
    views = {(thing.schema, thing.name) for thing in things if isinstance(thing, MaterializedView)}
    parts = {each.key for each in catalog.of_kind(Index) if (each.schema, each.table) in views} if views else set()
    own = {thing.key for thing in things if thing.kind != "table"} | parts
    others = [thing for thing in things if isinstance(thing, Comment) and thing.key not in catalog]
    for comment in (*catalog.of_kind(Comment), *others):
        carried = comment.of[0] in COMMENTED and comment.of in own
        follows = comment.origin is None and subjects(comment.of) & own
        if not carried and (comment.key in keys or follows):
            yield from statement(statements(comment))
    for thing in catalog:
        if isinstance(thing, Owner) and (thing.key in keys or thing.of in own):
            yield from statement(statements(thing))
    for thing in catalog:
        if isinstance(thing, Grant) and (thing.key in keys or subjects(thing.of) & own):
            yield from grants(thing, catalog)
        elif thing.kind == "default_privileges" and thing.key in keys:
            yield from statement(statements(thing))
