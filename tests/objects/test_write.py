"""What `trueline declare` writes, against the database that it was written from."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

import trueline
import trueline.declared.metadata
from tests.catalog.test_copies import ZOO, run
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import diff
from trueline.catalog.objects import CatalogObject
from trueline.catalog.snapshot import read_catalog
from trueline.objects.write import module_text
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server


def read(url: str, watch: frozenset[str] = frozenset()) -> Catalog:
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return read_catalog(connection, watch=watch).own()


def declared(text: str, monkeypatch: pytest.MonkeyPatch, metadata: sa.MetaData | None = None) -> sa.MetaData:
    """The metadata that a module declares its objects on."""
    metadata = metadata if metadata is not None else sa.MetaData()
    monkeypatch.setattr(trueline, "metadata", metadata, raising=False)
    monkeypatch.setattr(trueline.declared.metadata, "metadata", metadata)
    exec(compile(text, "undeclared.py", "exec"), {"__name__": "app.undeclared"})  # noqa: S102 - it is what is tested
    return metadata


def create(metadata: sa.MetaData, url: str) -> None:
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        metadata.create_all(connection)


def written_again(
    original: str, copy: str, monkeypatch: pytest.MonkeyPatch, watch: frozenset[str] = frozenset()
) -> tuple[Catalog, Catalog, str]:
    """The catalog of one database, of one made from its declarations, and those."""
    one = read(original, watch)
    text = module_text(list(mine(one)), one)
    create(declared(text, monkeypatch), copy)
    return one.only(mine(one)), (two := read(copy, watch)).only(mine(two)), text


def mine(catalog: Catalog) -> list[CatalogObject]:
    """Names of what a partition gets from its parent are PostgreSQL's choice."""
    return [thing for thing in catalog if thing.origin is None or thing.origin.kind != "partition"]


def test_every_kind_comes_back(
    any_server: Server, make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database of every kind of object, written as declarations and created from them, has an equal catalog."""
    original, copy = make_database(any_server), make_database(any_server)
    run(original, ZOO)
    one, two, _ = written_again(original, copy, monkeypatch)
    assert list(diff(one, two)) == []
