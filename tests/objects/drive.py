"""What the tests of declarations share: a small schema, and databases made from a metadata."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject
from trueline.catalog.snapshot import read_catalog


def orders(metadata: sa.MetaData, schema: str | None = "shop") -> sa.Table:
    """A table to declare things on."""
    return sa.Table(
        "orders",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tenant", sa.Integer),
        sa.Column("total", sa.Numeric(10, 2), nullable=False),
        sa.Column("note", sa.Text),
        schema=schema,
    )


def create(metadata: sa.MetaData, url: str) -> None:
    """``create_all`` in one transaction."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        metadata.create_all(connection)


def read(url: str, watch: frozenset[str] = frozenset()) -> Catalog:
    """The database's own objects."""
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return read_catalog(connection, watch=watch).own()


def created(metadata: sa.MetaData, url: str, watch: frozenset[str] = frozenset()) -> Catalog:
    """The catalog of what ``create_all`` makes."""
    create(metadata, url)
    return read(url, watch)


def one(catalog: Catalog, *key: str) -> CatalogObject:
    """The object with this key, which must be there."""
    assert key in catalog, [thing.key for thing in catalog if thing.kind == key[0]]
    return catalog[key]


def emitted(metadata: sa.MetaData) -> list[tuple[str, str]]:
    """What ``create_all`` says to a mock engine: label and text of each statement that has a label."""
    found: list[tuple[str, str]] = []

    def take(element: sa.schema.ExecutableDDLElement, *_: object) -> None:
        if label := getattr(element, "label", None):
            found.append((label, str(element.compile(dialect=engine.dialect)).strip()))

    engine = sa.create_mock_engine("postgresql+psycopg://", take)
    metadata.create_all(engine)
    return found


def labels(metadata: sa.MetaData) -> list[str]:
    """The labels, each once, in order."""
    return list(dict.fromkeys(label for label, _ in emitted(metadata) if label != "settings"))
