"""Generated columns that only a newer PostgreSQL does not store: built as stored ones, and said.

https://www.postgresql.org/docs/current/ddl-generated-columns.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Computed, MetaData

from trueline.catalog.render.words import name
from trueline.readings.finding import Finding
from trueline.readings.things import place_of

#: The first version with VIRTUAL.
_VIRTUAL = 18


@contextmanager
def virtual_as_stored(metadata: MetaData, schema: str, version: int) -> Iterator[list[Finding]]:
    """Let what is declared as VIRTUAL be STORED while the body runs, where the server knows nothing else.

    Args:
        metadata: the models, which are as they were afterwards.
        schema: of tables that name none.
        version: major version of the server.

    Yields:
        A finding for each such column.
    """
    found = [] if version >= _VIRTUAL else list(_virtual(metadata))
    for _, computed in found:
        computed.persisted = True
    try:
        yield [_said(column, schema, version) for column, _ in found]
    finally:
        for _, computed in found:
            computed.persisted = False


def _virtual(metadata: MetaData) -> Iterator[tuple[Column[object], Computed]]:
    for table in metadata.tables.values():
        for column in table.columns:
            if column.computed is not None and column.computed.persisted is False:
                yield column, column.computed


def _said(column: Column[object], schema: str, version: int) -> Finding:
    place = (column.table.schema or schema, column.table.name)
    return Finding(
        f"column {name(*place, column.name)} is declared as VIRTUAL, which PostgreSQL {version} has not got: "
        "it is built as STORED",
        (place_of(column.table),),
        f"Computed(…, persisted=True), which means the same everywhere, or PostgreSQL {_VIRTUAL}",
        (("column", *place, column.name),),
    )
