"""Two databases that every pair of schemas begins with empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from tests.acceptance.drive import commit, connected, driver, execute, read
from trueline.catalog.catalog import Catalog
from trueline.catalog.render.words import name
from trueline.testing.databases import new_database
from trueline.testing.servers import Server

_SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"


@dataclass(frozen=True, slots=True)
class Home:
    """A database that is emptied time and again."""

    url: str
    connection: sa.Connection

    def empty(self) -> None:
        """Drop everything, and commit."""
        # A test that failed may have left a transaction.
        self.connection.rollback()
        driver(self.connection).rollback()
        found = [str(row[0]) for row in driver(self.connection).execute(_SCHEMAS).fetchall()]
        execute(self.connection, "".join(f"DROP SCHEMA {name(each)} CASCADE;" for each in found))
        execute(self.connection, "CREATE SCHEMA public")
        commit(self.connection)

    def build(self, metadata: sa.MetaData, schemas: list[str]) -> Catalog:
        """Create all of it, and commit."""
        for schema in schemas:
            execute(self.connection, f"CREATE SCHEMA {name(schema)}")
        metadata.create_all(self.connection)
        commit(self.connection)
        return self.read()

    def read(self) -> Catalog:
        """What is there, privileges too."""
        return read(self.connection, frozenset({"grant"}))


@contextmanager
def home(server: Server) -> Iterator[Home]:
    """A database of its own, dropped in the end."""
    with new_database(server) as url, connected(url) as connection:
        yield Home(url, connection)
