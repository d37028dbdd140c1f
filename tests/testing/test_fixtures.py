"""The plugin's fixtures on this project's own models."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import Connection
from pytest_postgresql import factories
from sqlalchemy import Engine, MetaData, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from trueline.testing import MakeDatabase, Servers
from trueline.testing.databases import connect
from trueline.testing.servers import Server, given_server

#: pytest-postgresql's own factory on our server and template.
postgresql = factories.postgresql("trueline_noproc")


def names(server: Server) -> set[str]:
    with connect(server.url("postgres")) as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}


def tables(engine: Engine) -> set[tuple[str | None, str]]:
    looked = inspect(engine)
    return {(schema, name) for schema in looked.get_schema_names() for name in looked.get_table_names(schema)}


def test_the_test_has_every_table_at_head(engine: Engine, trueline_metadata: MetaData) -> None:
    """A test's own database has the tables of the models, made by upgrading: alembic_version is there too."""
    found = tables(engine)
    assert {(table.schema or "public", table.name) for table in trueline_metadata.tables.values()} <= found
    assert ("public", "alembic_version") in found


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_writes_no_other_sees(database: Connection, turn: int) -> None:
    """Each test has a database of its own, whatever it commits."""
    assert database.execute("SELECT to_regclass('left_over')").fetchone() == (None,), turn
    database.execute("CREATE TABLE left_over ()")
    database.commit()


def test_the_session_and_the_connection_are_on_the_same_database(session: Session, database: Connection) -> None:
    """All fixtures of one test share its database."""
    database.execute("CREATE TABLE seen AS SELECT 7 AS n")
    database.commit()
    assert session.connection().execute(text("SELECT n FROM seen")).scalar() == 7


def test_an_empty_database_is_empty(empty_database_url: str) -> None:
    """Nothing is in it, not even what somebody put into the server's template1."""
    engine = create_engine(empty_database_url)
    assert {name for schema, name in tables(engine) if schema == "public"} == set()
    engine.dispose()


def test_databases_are_dropped_even_while_somebody_is_connected(trueline_server: Server) -> None:
    """A connection that a test forgot does not keep its database."""
    from trueline.testing.databases import new_database

    before = names(trueline_server)
    with new_database(trueline_server) as url:
        forgotten = connect(url)
        assert len(names(trueline_server) - before) == 1
    assert names(trueline_server) == before
    with pytest.raises(psycopg.OperationalError):
        forgotten.execute("SELECT 1")
    forgotten.close()


def test_a_database_can_be_made_on_any_server(any_server: Server, make_database: MakeDatabase) -> None:
    """On each supported version a template can be cloned, with what is in it."""
    source = make_database(any_server)
    with connect(source) as connection:
        connection.execute("CREATE TABLE t AS SELECT 7 AS n")
        template = connection.info.dbname
    with connect(make_database(any_server, template)) as connection:
        assert connection.execute("SELECT n FROM t").fetchone() == (7,)
        assert connection.info.server_version // 10000 == any_server.version


def test_a_version_that_is_not_here_is_skipped_with_the_reason(trueline_servers: Servers) -> None:
    """Asking for a server that is not installed skips, and says which are."""
    with pytest.raises(pytest.skip.Exception, match=r"PostgreSQL 9 is not on this machine \(found: 18, 16"):
        trueline_servers(9)


def test_pytest_postgresqls_own_factories_work_on_our_template(postgresql: Connection) -> None:
    """A fixture made by pytest-postgresql clones our template."""
    assert postgresql.execute("SELECT to_regclass('public.alembic_version') IS NOT NULL").fetchone() == (True,)


def test_a_given_server_is_used_as_it_is(trueline_server: Server, make_database: MakeDatabase) -> None:
    """TRUELINE_TEST_URL may be in any form; databases are made and dropped on it without our shortcuts."""
    from pathlib import Path

    url = trueline_server.url("postgres").replace("postgresql+psycopg", "postgres")
    given = given_server(Path.cwd(), {"TRUELINE_TEST_URL": url})
    assert given is not None
    assert (given.version, given.scratch) == (trueline_server.version, False)
    with connect(make_database(given)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert given_server(Path.cwd(), {}) is None


def test_sqlite_has_every_model_and_holds_to_foreign_keys(sqlite_engine: Engine, trueline_metadata: MetaData) -> None:
    """Each table is there in its schema, and a key that leads nowhere is refused."""
    found = tables(sqlite_engine)
    assert {(table.schema or "main", table.name) for table in trueline_metadata.tables.values()} <= found
    with sqlite_engine.begin() as connection:
        connection.execute(text("CREATE TABLE identity.a (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE identity.b (a_id INTEGER REFERENCES a)"))
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            connection.execute(text("INSERT INTO identity.b VALUES (1)"))
