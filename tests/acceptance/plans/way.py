"""From one schema to another and back, by a revision's text or by the SQL written for it, with the rows in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from tests.acceptance.drive import apply, differences, driver, execute, explained, read, sql_of, written
from tests.catalog.names import quoted
from trueline.autogen.plan import plan
from trueline.autogen.plan.casts import read_casts
from trueline.autogen.plan.lineage import reached
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, Domain

Carry = Callable[[sa.Connection, str], None]


@dataclass(frozen=True, slots=True)
class Way:
    """Two catalogs, and the texts of the revision that leads from the old one to the new one and back."""

    old: Catalog
    new: Catalog
    up: str
    down: str

    @property
    def commits(self) -> bool:
        """Whether a part of it ends the transaction that it began in."""
        return "commit=True" in self.up + self.down


@contextmanager
def undone(connection: sa.Connection) -> Iterator[None]:
    """Leave the open transaction as it was."""
    with connection.begin_nested() as savepoint:
        yield
        savepoint.rollback()


def catalog_of(connection: sa.Connection, sql: str, watch: frozenset[str]) -> Catalog:
    """What a database made by these statements looks like."""
    with undone(connection):
        execute(connection, quoted(sql))
        return read(connection, watch)


def planned(connection: sa.Connection, old: Catalog, new: Catalog) -> str:
    """The text of what a plan does.

    Raises:
        TruelineError: no plan can.
    """
    with undone(connection):
        casts = read_casts(connection)
    return written(connection, plan(old, new, casts=casts))


def as_revision(connection: sa.Connection, code: str) -> None:
    """``alembic upgrade``."""
    apply(connection, code)


def as_sql(connection: sa.Connection, code: str) -> None:
    """``alembic upgrade --sql``, the text given to the server."""
    sql = sql_of(code)
    with explained(sql):
        execute(connection, sql)


def _misspelled(got: Catalog, old: Catalog, new: Catalog) -> list[str]:
    """Defaults that were written for columns and domains that came or got another one, and are not printed as asked."""
    found = []
    for thing in new:
        before, after = old.get(thing.key), got.get(thing.key)
        if isinstance(thing, Column | Domain) and isinstance(after, Column | Domain):
            stays = isinstance(before, Column | Domain) and before.default == thing.default
            if not stays and thing.written != after.written:
                found.append(f"{thing.key}: {after.written}, wanted {thing.written}")
    return found


def walk(connection: sa.Connection, way: Way, carry: Carry, kept: str = "", works: str = "") -> None:
    """Go up and down, and compare where one arrives, catalog and rows."""
    rows = _answer(connection, kept)
    carry(connection, way.up)
    there, got = reached(way.old, way.new), read(connection, way.new.watched)
    assert differences(got, there) == [], way.up
    assert _misspelled(got, way.old, way.new) == [], way.up
    assert _answer(connection, kept) == rows, way.up
    if works:
        with undone(connection), explained(way.up):
            execute(connection, quoted(works))
    carry(connection, way.down)
    back = read(connection, way.old.watched)
    assert differences(back, reached(there, way.old)) == [], way.down
    assert _misspelled(back, way.new, way.old) == [], way.down
    assert _answer(connection, kept) == rows, way.down


def _answer(connection: sa.Connection, query: str) -> list[object]:
    return driver(connection).execute(quoted(query).encode()).fetchall() if query else []
