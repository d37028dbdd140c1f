"""The pytest plugin: a real PostgreSQL, brought to head once, and a database of its own for every test.

    def test_booking(session):
        session.add(Booking(...))
        session.commit()

Nothing is started before a test asks for it. Options, fixtures and how to run on a server of your own:
docs/testing.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    # Only names: this module is imported in every pytest run of every project that has trueline installed.
    from psycopg import Connection
    from pytest_postgresql.executors import NoopExecutor
    from sqlalchemy import Engine, MetaData
    from sqlmodel import Session

    from trueline.testing.servers import Server

#: Type of the fixture `trueline_servers`.
Servers = Callable[[int], "Server"]


class MakeDatabase(Protocol):
    """Type of the fixture `make_database`."""

    def __call__(self, server: Server, template: str | None = None) -> str:
        """The URL of a new database."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say which server to test on, and where the project's migrations are."""
    about = "major version of the PostgreSQL that tests run on, unless TRUELINE_TEST_URL names a server"
    group = parser.getgroup("trueline")
    group.addoption("--trueline-postgres", metavar="VERSION", type=int, default=None, help=about)
    parser.addini("trueline_postgres", help=about, default="")
    parser.addini("trueline_alembic", help="the project's Alembic configuration", default="alembic.ini")


@pytest.fixture(scope="session")
def trueline_servers() -> Iterator[Servers]:
    """A function from a major version to its scratch server, started once; skips where there is none."""
    from trueline.testing.servers import installed_server

    running: dict[int, Server] = {}
    with ExitStack() as stack:

        def get(version: int) -> Server:
            if version not in running:
                running[version] = stack.enter_context(installed_server(version))
            return running[version]

        yield get


@pytest.fixture(scope="session")
def trueline_server(pytestconfig: pytest.Config, trueline_servers: Servers) -> Server:
    """The server for tests: the one in TRUELINE_TEST_URL, else an embedded one of the chosen version."""
    from trueline.testing.servers import chosen_version, given_server

    return given_server(pytestconfig.rootpath) or trueline_servers(chosen_version(pytestconfig))


@pytest.fixture(scope="session")
def trueline_template(pytestconfig: pytest.Config, trueline_server: Server) -> Iterator[str]:
    """The name of a database that the project's migrations brought to head, once in this session."""
    from trueline.testing.databases import database_name, new_database
    from trueline.testing.migrations import upgrade

    name = f"{database_name()}_tmpl"
    with new_database(trueline_server, name):
        upgrade(trueline_server.url(name), Path(pytestconfig.rootpath, pytestconfig.getini("trueline_alembic")))
        yield name


@pytest.fixture
def make_database() -> Iterator[MakeDatabase]:
    """A function ``(server, template=None)`` to the URL of a new database, which is dropped after the test."""
    from trueline.testing.databases import new_database

    with ExitStack() as stack:

        def make(server: Server, template: str | None = None) -> str:
            return stack.enter_context(new_database(server, template=template))

        yield make


@pytest.fixture
def database_url(trueline_server: Server, trueline_template: str, make_database: MakeDatabase) -> str:
    """The URL of the test's own database at head."""
    return make_database(trueline_server, trueline_template)


@pytest.fixture
def empty_database_url(trueline_server: Server, make_database: MakeDatabase) -> str:
    """The URL of the test's own empty database."""
    return make_database(trueline_server)


@pytest.fixture
def database(database_url: str) -> Iterator[Connection]:
    """A psycopg connection to the test's own database at head."""
    from trueline.testing.databases import connect

    with connect(database_url) as connection:
        yield connection


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine for the test's own database at head."""
    from sqlalchemy import create_engine

    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A SQLModel session on the test's own database at head."""
    from sqlmodel import Session

    with Session(engine) as session:
        yield session


@pytest.fixture(scope="session")
def trueline_noproc(trueline_server: Server, trueline_template: str) -> NoopExecutor:
    """The same server and template for pytest-postgresql's own factories.

    Example: ``postgresql = pytest_postgresql.factories.postgresql("trueline_noproc")``
    """
    from trueline.testing.databases import executor

    return executor(trueline_server, trueline_template)


@pytest.fixture(scope="session")
def trueline_metadata(pytestconfig: pytest.Config) -> MetaData:
    """The metadata of the project's models; override it where ``[tool.trueline] models`` does not name them all."""
    from trueline.declared.discover import discover
    from trueline.settings import load_settings

    return discover(load_settings(pytestconfig.rootpath).models)


@pytest.fixture
def sqlite_engine(trueline_metadata: MetaData) -> Iterator[Engine]:
    """SQLite in memory with every table of the models: for unit tests without a server. Foreign keys are held to."""
    from trueline.testing.sqlite import sqlite_engine

    engine = sqlite_engine(trueline_metadata)
    yield engine
    engine.dispose()
