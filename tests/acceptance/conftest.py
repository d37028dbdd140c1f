"""One database per server for all pairs: each runs in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.acceptance.drive import connected, execute
from tests.catalog.names import quoted
from trueline.testing.databases import new_database
from trueline.testing.servers import Server

PREPARED = quoted("CREATE SCHEMA @s;")


@pytest.fixture(scope="session")
def ground_connection(any_server: Server) -> Iterator[sa.Connection]:
    """A schema ``@s`` and a tablespace, which lies inside the server's own directory."""
    with new_database(any_server) as url, connected(url) as connection:
        with connection.execution_options(isolation_level="AUTOCOMMIT").begin():
            execute(connection, "SET allow_in_place_tablespaces = on")
            if not connection.scalar(sa.text("SELECT 1 FROM pg_tablespace WHERE spcname = 'trueline_cases'")):
                execute(connection, "CREATE TABLESPACE trueline_cases LOCATION ''")
            execute(connection, PREPARED)
        connection.execution_options(isolation_level="READ COMMITTED")
        yield connection


@pytest.fixture
def ground(ground_connection: sa.Connection) -> Iterator[sa.Connection]:
    """The database as it was, in a transaction that goes."""
    with ground_connection.begin() as transaction:
        execute(ground_connection, "SET LOCAL allow_system_table_mods = on")
        yield ground_connection
        transaction.rollback()
