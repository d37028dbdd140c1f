"""Databases that last for one test, made and dropped by pytest-postgresql's janitor."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import signature
from typing import Any

import psycopg
from psycopg import Connection, sql
from pytest_postgresql.executors import NoopExecutor
from pytest_postgresql.janitor import DatabaseJanitor
from sqlalchemy.engine import make_url

from trueline.testing.servers import Server


class CopyingJanitor(DatabaseJanitor):
    """Copies the template's files instead of logging every page: a third of the time, where nothing must survive."""

    def init(self) -> None:
        """Create the database."""
        query = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        with self.cursor() as cursor:
            cursor.execute(
                query.format(sql.Identifier(self.dbname), sql.Identifier(self.template_dbname or "template0"))
            )


def database_name() -> str:
    """A name that no other test, worker or session on the server has."""
    return f"trueline_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{secrets.token_hex(4)}"


@contextmanager
def new_database(server: Server, name: str | None = None, *, template: str | None = None) -> Iterator[str]:
    """Create a database, empty or as a copy of another, and drop it at the end, whoever is still connected."""
    database = name or database_name()
    with _janitor(server, database, template):
        yield server.url(database)


def _janitor(server: Server, database: str, template: str | None) -> DatabaseJanitor:
    # STRATEGY came with PostgreSQL 15. On a server that is not ours the checkpoint that it takes may be a long one.
    kind = CopyingJanitor if server.scratch and server.version >= 15 else DatabaseJanitor
    options: dict[str, Any] = {**_access(server), "dbname": database, "template_dbname": template or "template0"}
    if signature(DatabaseJanitor).parameters["version"].default is not None:
        options["version"] = server.version  # wanted by pytest-postgresql 8, deprecated since
    return kind(**options)


def _access(server: Server) -> dict[str, Any]:
    url = server.address
    return {
        "host": url.host or str(url.query.get("host", "")),
        "port": url.port or int(str(url.query.get("port", 5432))),
        "user": url.username or "postgres",
        "password": url.password,
    }


def executor(server: Server, template: str) -> NoopExecutor:
    """What pytest-postgresql's factories take for a running server; they clone ``<dbname>_tmpl``."""
    return NoopExecutor(**_access(server), options="", dbname=template.removesuffix("_tmpl"))


def connect(url: str) -> Connection:
    """A psycopg connection to a URL of ours."""
    return psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))
