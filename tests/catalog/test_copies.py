"""Catalogs of databases that are the same: a dump restored, the same statements in another order."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.catalog.names import quoted
from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import digest, from_json, to_json
from trueline.catalog.diff import diff
from trueline.catalog.objects import KINDS
from trueline.catalog.snapshot import WATCHABLE, read_catalog
from trueline.embedded import tools
from trueline.testing import MakeDatabase
from trueline.testing.databases import connect
from trueline.testing.servers import Server

ZOO = quoted("CREATE SCHEMA @s;\n" + (Path(__file__).parent / "zoo.sql").read_text(encoding="utf-8"))


def catalog(url: str, watch: frozenset[str] = WATCHABLE) -> Catalog:
    with connect(url) as connection:
        return read_catalog(connection, watch=watch)


def run(url: str, sql: str) -> None:
    with connect(url) as connection:
        connection.execute(sql.encode())


def run_tool(server: Server, name: str, url: str, *options: str, given: str | None = None) -> str:
    """One of PostgreSQL's own programs, of the server's version."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    command = [str(tools(server.version) / name), *options, address]
    environment = {**os.environ, "PGCLIENTENCODING": "UTF8"}
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_restored_dump_is_equal(any_server: Server, make_database: MakeDatabase) -> None:
    """What pg_dump wrote and psql read has the same catalog, attribute for attribute."""
    original, copy = make_database(any_server), make_database(any_server)
    run(original, ZOO)
    dump = run_tool(any_server, "pg_dump", original, "--schema-only")
    run_tool(any_server, "psql", copy, "--quiet", "--set=ON_ERROR_STOP=1", given=dump)
    one, two = catalog(original), catalog(copy)
    assert list(diff(one, two)) == []
    assert one == two
    assert digest(one) == digest(two)
    assert from_json(to_json(one)) == one


def test_the_zoo_has_every_kind(any_empty_url: str) -> None:
    """What the dump proves, it proves for every kind that a schema can hold without more than one role."""
    run(any_empty_url, ZOO)
    kinds = {thing.kind for thing in catalog(any_empty_url)}
    assert set(KINDS) - kinds == {"default_privileges"}


def test_order_of_statements_does_not_matter(any_server: Server, make_database: MakeDatabase) -> None:
    """Two databases made by the same statements in another order have equal catalogs and digests."""
    table = "CREATE TABLE s.t{0} (a integer PRIMARY KEY, b text NOT NULL CHECK (b <> '{0}'), UNIQUE (b, a))"
    statements = [
        *(table.format(number) for number in range(5)),
        *(f"CREATE INDEX i{number} ON s.t{number} (b)" for number in range(5)),
        *(f"ALTER TABLE s.t{number} ADD FOREIGN KEY (a) REFERENCES s.t{4 - number}" for number in range(5)),
        *(f"COMMENT ON TABLE s.t{number} IS '{number}'" for number in range(5)),
        *(f"CREATE TYPE s.e{number} AS ENUM ('x', 'y')" for number in range(5)),
    ]
    one, two = make_database(any_server), make_database(any_server)
    groups = [statements[start : start + 5] for start in range(0, len(statements), 5)]
    run(one, "; ".join(["CREATE SCHEMA s", *statements]))
    run(two, "; ".join(["CREATE SCHEMA s", *(text for group in groups for text in reversed(group))]))
    assert catalog(one) == catalog(two)
    assert digest(catalog(one)) == digest(catalog(two))
