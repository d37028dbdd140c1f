"""Each test declares tables of its own on the one metadata; none of them outlives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlmodel import SQLModel

from trueline.declared import enums
from trueline.declared.metadata import metadata
from trueline.declared.sqlite import attach_schemas
from trueline.declared.undo import forget

Build = Callable[[Engine], None]


@pytest.fixture(autouse=True)
def before() -> Iterator[frozenset[str]]:
    """The tables that were there before the test; the test's own go away after it."""
    registry = SQLModel._sa_registry
    mapped, tables = set(registry.mappers), frozenset(metadata.tables)
    yield tables
    for mapper in set(registry.mappers) - mapped:
        forget(mapper.class_)
    for key in set(metadata.tables) - tables:
        metadata.remove(metadata.tables[key])
    enums.forget_unused(metadata)


@pytest.fixture
def build(before: frozenset[str]) -> Build:
    """Create the test's own tables in a database, with the schemas that they need."""

    def create(engine: Engine) -> None:
        own = [table for key, table in metadata.tables.items() if key not in before]
        if engine.dialect.name == "postgresql":
            types = (type_ for known in metadata.info.get("trueline.enums", {}).values() for type_ in known)
            schemas = {table.schema for table in own} | {entry.type.schema for entry in types}
            with engine.begin() as connection:
                for schema in sorted(schema for schema in schemas if schema):
                    connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
        metadata.create_all(engine, tables=own)

    return create


@pytest.fixture
def sqlite() -> Iterator[Engine]:
    """SQLite in memory, with every schema that is declared when the first connection is made."""
    engine = create_engine("sqlite://")
    attach_schemas(engine, metadata)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres(empty_database_url: str) -> Iterator[Engine]:
    """An empty database."""
    engine = create_engine(empty_database_url)
    yield engine
    engine.dispose()
