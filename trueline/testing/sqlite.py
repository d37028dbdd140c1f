"""SQLite in memory as a stand-in for unit tests: no server, no schemas, and so no proof of what PostgreSQL does."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event
from sqlalchemy.pool import StaticPool

from trueline.declared.sqlite import attach_schemas


def sqlite_engine(metadata: MetaData) -> Engine:
    """One database in memory, shared by all threads, with the tables of ``metadata``, each in its own schema."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _hold_to_foreign_keys)
    attach_schemas(engine, metadata)
    metadata.create_all(engine)
    return engine


def _hold_to_foreign_keys(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
