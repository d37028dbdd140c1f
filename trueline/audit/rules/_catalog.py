"""Tables of the project and of its database, beside one another."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.tables import Table
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Table as Relation

#: Kinds of the catalog that a table class can stand for.
_RELATIONS = ("table", "view", "materialized_view")


def models(context: Context) -> tuple[Table, ...]:
    """Declarations in Python of which the name is known."""
    return tuple(each for each in context.project.tables if each.kind != "sql" and each.name)


def is_there(catalog: Catalog, schema: str, name: str) -> bool:
    """Whether the database has a table or view of that name."""
    return any((kind, schema, name) in catalog for kind in _RELATIONS)


def own_tables(catalog: Catalog) -> Iterator[Relation]:
    """Tables that are nobody else's: no extension's, not Alembic's and not trueline's, and no partitions."""
    return (each for each in catalog.own().of_kind(Relation) if each.bound is None)
