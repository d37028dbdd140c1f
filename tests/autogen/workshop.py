"""Two databases per server: cases are made in one and built anew in the other, both rolled back after each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import MigrateOperation, Operations
from sqlalchemy.pool import NullPool

from tests.autogen.stock.copying import compiled, options, rendered
from tests.catalog.conftest import Database, case, case_database
from tests.catalog.names import quoted
from trueline.autogen import sql_text
from trueline.catalog.catalog import Catalog
from trueline.catalog.snapshot import WATCHABLE, read_catalog
from trueline.testing.databases import new_database
from trueline.testing.servers import Server

__all__ = ["case", "case_database"]

#: What is watched: everything but the order of columns, which differs after any change.
WATCHED = WATCHABLE - {"column_order"}


#: How statements begin that make what operations do not: roles and the like.
_OUTSIDE = ("CREATE ROLE",)


@pytest.fixture(scope="session")
def copy_connection(any_server: Server) -> Iterator[sa.Connection]:
    with new_database(any_server) as url:
        engine = sa.create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            yield connection
        engine.dispose()


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where catalogs come from, and where operations run."""

    original: Database
    copy: sa.Connection

    def make(self, *statements: str) -> list[Catalog]:
        """Run SQL with hostile names in the one database, and read its catalog after each part; it is rolled back.

        What is no part of any schema is there in the other from then on.
        """
        found = []
        for sql in statements:
            self.original.execute(quoted(sql).encode())
            found.append(read_catalog(self.original, watch=WATCHED))
        self.original.rollback()
        for line in "".join(statements).splitlines():
            if line.startswith(_OUTSIDE):
                self.copy.exec_driver_sql(quoted(line).replace("%", "%%"))
        return found

    def begin(self, sql: str) -> None:
        """Run SQL with hostile names in the other database, for operations to begin with."""
        if not self.copy.in_transaction():
            self.copy.begin()
        driver = self.copy.connection.driver_connection
        assert driver is not None
        # The other lines have been run by `make`.
        inside = "".join(line for line in sql.splitlines(keepends=True) if not line.startswith(_OUTSIDE))
        driver.execute(quoted(f"CREATE SCHEMA @s;{inside}").encode())

    def run(self, operations: list[MigrateOperation]) -> str:
        """Run operations, as a revision's text, in the other."""
        sql_text.register()
        context = MigrationContext.configure(self.copy, opts=options())
        text = rendered(context, operations)
        compiled(text, Operations(context))()
        return text

    def read(self) -> Catalog:
        """The other's catalog."""
        return read_catalog(self.copy, watch=WATCHED)

    def forget(self) -> None:
        """Both as they were."""
        self.original.rollback()
        self.original.execute("SET LOCAL allow_system_table_mods = on")
        self.copy.rollback()


@pytest.fixture
def workshop(case: psycopg.Connection[tuple[object, ...]], copy_connection: sa.Connection) -> Iterator[Workshop]:
    yield Workshop(case, copy_connection)
    copy_connection.rollback()
