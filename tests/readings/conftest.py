"""An empty live database on each supported version, and settings that keep readings beside the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from trueline.catalog.catalog import Catalog
from trueline.catalog.snapshot import read_catalog
from trueline.scratch import scratch_database
from trueline.scratch.session import driver_of
from trueline.settings import Settings

#: Reads what SQL leads to in an empty database.
ReadSql = Callable[[str], Catalog]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=str(tmp_path / "cache"), connect_retries=0)


@pytest.fixture
def live(any_empty_url: str) -> Iterator[Connection]:
    engine = create_engine(any_empty_url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def read_sql(live: Connection) -> ReadSql:
    """Stands for a history: what revisions would lead to."""

    def read(sql: str) -> Catalog:
        with scratch_database(live, Settings()) as scratch, scratch.connect(autocommit=True) as connection:
            driver_of(connection).execute(sql.encode())
            return read_catalog(connection)

    return read
