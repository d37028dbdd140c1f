"""What columns the indexes of a database have, in order."""

from __future__ import annotations

from trueline.audit.source.ddl import index_columns
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Index, PrimaryKey, Unique


def leading_in_catalog(catalog: Catalog) -> dict[tuple[str, str], set[tuple[str, ...]]]:
    """For each table the columns of its indexes; those with a condition or an expression are left out."""
    found: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for key in (*catalog.of_kind(PrimaryKey), *catalog.of_kind(Unique)):
        found.setdefault((key.schema, key.table), set()).add(key.columns)
    for index in catalog.of_kind(Index):
        if columns := index_columns(index.definition):
            found.setdefault((index.schema, index.table), set()).add(columns)
    return found
