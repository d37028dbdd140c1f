"""The database, as rules of the audit see it."""

from __future__ import annotations

from sqlalchemy import Connection, text

from trueline.audit.context import Live
from trueline.catalog.snapshot import read_catalog

#: Sequences that the role may read and that have given something out: pg_sequences has NULL for all others.
_SEQUENCES = text(
    "SELECT schemaname, sequencename, last_value FROM pg_catalog.pg_sequences WHERE last_value IS NOT NULL"
)


def read_live(connection: Connection) -> Live:
    """Read the schema and how far sequences have got. Nothing is written, and read access is enough.

    Raises:
        TruelineError: the catalog cannot be read.
    """
    catalog = read_catalog(connection)
    rows = connection.execute(_SEQUENCES)
    return Live(catalog, {(schema, name): last for schema, name, last in rows})
