"""One database per server for all cases: each runs in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.catalog.names import quoted
from trueline.testing.databases import connect, new_database
from trueline.testing.servers import Server

Database = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="session")
def case_database(any_server: Server) -> Iterator[Database]:
    """A schema ``@s`` and a tablespace, which lies inside the server's own directory."""
    with new_database(any_server) as url, connect(url) as connection:
        connection.autocommit = True
        connection.execute("SET allow_in_place_tablespaces = on")
        if not connection.execute("SELECT 1 FROM pg_tablespace WHERE spcname = 'trueline_cases'").fetchone():
            connection.execute("CREATE TABLESPACE trueline_cases LOCATION ''")
        connection.execute(quoted("CREATE SCHEMA @s").encode())
        connection.autocommit = False
        yield connection


@pytest.fixture
def case(case_database: Database) -> Iterator[Database]:
    """The database as it was."""
    case_database.execute("SET LOCAL allow_system_table_mods = on")
    yield case_database
    case_database.rollback()
