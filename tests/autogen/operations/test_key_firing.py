"""When the triggers fire by which PostgreSQL keeps a key, told by an operation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tests.acceptance.drive import apply, connected, execute, read, written
from trueline.autogen.operations.key_firing import SetKeyFiringOp
from trueline.catalog.objects import ForeignKey, KeyFiring
from trueline.failure import explain_failure
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

TABLES = """
CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id integer CONSTRAINT fk REFERENCES t);
"""
KEY = ("foreign_key", "public", "u", "fk")


@pytest.fixture
def connection(any_server: Server, make_database: MakeDatabase) -> Iterator[sa.Connection]:
    with connected(make_database(any_server)) as connection:
        execute(connection, TABLES)
        yield connection
        connection.rollback()


def firing(connection: sa.Connection) -> tuple[KeyFiring, ...]:
    key = read(connection)[KEY]
    assert isinstance(key, ForeignKey)
    return key.firing


def test_it_fires_as_told_and_as_usual_again(connection: sa.Connection) -> None:
    """Without a table it is said of all triggers for the events, and the way back says that they fire as usual."""
    op = SetKeyFiringOp(KEY, "replica", ["insert", "referenced delete"])
    apply(connection, written(connection, [op]))
    assert firing(connection) == (
        KeyFiring("referenced delete", ("public", "t"), "replica"),
        KeyFiring("insert", ("public", "u"), "replica"),
    )
    apply(connection, written(connection, [op.reverse()]))
    assert firing(connection) == ()


def test_who_may_not_is_told_the_ways_out(connection: sa.Connection) -> None:
    """A role that is no superuser is told so, and that the operation can be left out."""
    execute(connection, "CREATE ROLE trueline_plain; ALTER TABLE t OWNER TO trueline_plain; SET ROLE trueline_plain")
    with pytest.raises(DBAPIError) as caught:
        apply(connection, written(connection, [SetKeyFiringOp(KEY, "disabled", ["insert"])]))
    error = explain_failure(caught.value, Path("migrations"))
    assert "only a superuser may change when the triggers of a key fire" in error.what
    assert "connect as a superuser; or leave this out" in str(error.fix)
