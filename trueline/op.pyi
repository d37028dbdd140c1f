from collections.abc import Sequence

from alembic.op import *

from trueline.rows import PlainRow

def create_schema(name: str) -> None:
    """Create the schema unless a DBA has created it beforehand."""

def drop_schema(name: str) -> None:
    """Drop the schema; PostgreSQL refuses while anything is left in it."""

def create_enum(name: str, labels: Sequence[str], *, schema: str | None = None) -> None:
    """Create an enum type with these labels, in this order."""

def drop_enum(name: str, *, schema: str | None = None) -> None:
    """Drop an enum type; PostgreSQL refuses while a column uses it."""

def create_partition(name: str, parent: str, bounds: str, *, schema: str | None = None) -> None:
    """Create a partition; ``bounds`` is ``DEFAULT`` or ``FOR VALUES …``."""

def upsert_rows(table: str, *, key: Sequence[str], rows: Sequence[PlainRow], schema: str | None = None) -> None:
    """Insert the rows, or update the ones whose key exists; rows that are right already stay untouched."""

def delete_rows(table: str, *, keys: Sequence[PlainRow], schema: str | None = None) -> None:
    """Delete the rows with these keys; the ones that are gone already are no error."""
