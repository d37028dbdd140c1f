"""The DDL of models: the same in every process, whatever order Python keeps things in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table

from tests.acceptance.drive import connected, differences, driver
from trueline.catalog.snapshot import read_catalog
from trueline.readings.capture import capture
from trueline.readings.order import in_order
from trueline.readings.split import split
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

ROOT = Path(__file__).parents[2]

_PRINT = """
import hashlib
from app.models import metadata
from trueline.readings.capture import capture
print(hashlib.sha256("\\n".join(each.sql for each in capture(metadata, 18)).encode()).hexdigest())
"""


def test_the_same_in_every_process() -> None:
    """Two interpreters write the statements of the reference application in one order."""
    digests = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", _PRINT]
        environ = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
        digests.add(done.stdout.strip())
    assert len(digests) == 1


def circle() -> MetaData:
    metadata = MetaData()
    Table("a", metadata, Column("id", Integer, primary_key=True), Column("b", ForeignKey("b.id")))
    Table("b", metadata, Column("id", Integer, primary_key=True), Column("a", ForeignKey("a.id"), index=True))
    return metadata


def created(metadata: MetaData) -> list[str]:
    """What SQLAlchemy's own create_all writes."""
    texts: list[str] = []
    engine = sa.create_mock_engine("postgresql+psycopg://", lambda each, *_, **__: texts.append(str(each)))
    metadata.create_all(engine, checkfirst=False)
    return sorted(texts)


def test_the_metadata_stays_as_it_was() -> None:
    """A create_all of SQLAlchemy's own writes the same afterwards, and one before takes no key away."""
    metadata = circle()
    for _ in range(2):
        assert sum("FOREIGN KEY" in each.sql for each in capture(metadata, 18)) == 2
    assert created(metadata) == created(circle())
    assert sum("FOREIGN KEY" in each.sql for each in capture(metadata, 18)) == 2


def test_versions() -> None:
    """What a version of PostgreSQL has not got is not asked of it."""
    metadata = MetaData()
    Table("t", metadata, Column("x", Integer), Column("y", Integer, sa.Computed("x + 1", persisted=True)))
    assert all("STORED" in capture(metadata, version)[0].sql for version in (15, 18))


def test_order_of_tables() -> None:
    """Needed tables come first; a table that refers to itself, or to one of another metadata, is no circle."""
    metadata = MetaData()
    keys = {"c": ["b"], "b": ["a", "b"], "a": [], "x": ["y"], "y": ["x"]}
    for name, others in keys.items():
        columns: list[Column[int]] = [Column(f"to_{other}", ForeignKey(f"{other}.id")) for other in others]
        Table(name, metadata, Column("id", Integer, primary_key=True), *columns)
    placed = in_order(list(metadata.tables.values()))
    assert [each.table.name for each in placed] == ["a", "b", "c", "y", "x"]
    assert [(each.table.name, len(each.inside), len(each.later)) for each in placed][-2:] == [("y", 0, 1), ("x", 1, 0)]
    assert len(next(each for each in placed if each.table.name == "b").inside) == 2


def percents() -> MetaData:
    """Percent signs wherever a model can have one; doubled where SQLAlchemy hands the text to the driver as it is."""
    metadata = MetaData()
    column: Column[int] = Column("100%", Integer, comment="%% of %s")
    words: list[Column[Any]] = [
        Column("%s", sa.Enum("%", "%%", name="%e"), server_default="%%"),
        Column("%%", sa.Text, server_default="%(x)s %%"),
        Column("c", sa.Text, server_default=sa.text("'%'")),
        Column("d", Integer, sa.Computed('"100%" % 7', persisted=True)),
    ]
    Table("t%%", metadata, column, *words, schema="s%", postgresql_partition_by='RANGE ("100%%")')
    Index("i%%", column, postgresql_where=column % 2 == 1)
    check = sa.CheckConstraint("a % 2 = 0", name="%c")
    other = Table("u", metadata, Column("a", Integer), check, prefixes=["/* 5%% */"])
    sa.event.listen(other, "after_create", sa.DDL("COMMENT ON COLUMN u.a IS '5 %%'"))

    @sa.event.listens_for(metadata, "after_create")
    def comment(_: object, connection: sa.Connection, **__: object) -> None:
        connection.exec_driver_sql("COMMENT ON TABLE u IS '7 %%'")

    return metadata


def test_percent_signs(any_server: Server, make_database: MakeDatabase) -> None:
    """The statements make what ``create_all`` makes through the driver, a table that is taken apart as well."""
    catalogs = []
    for build in (by_create_all, by_statements, in_parts):
        with connected(make_database(any_server)) as connection:
            build(connection, any_server.version)
            connection.commit()
            catalogs.append(read_catalog(connection).own())
    assert ("column", "s%", "t%%", "100%") in catalogs[0]
    assert differences(catalogs[1], catalogs[0]) == []
    assert differences(catalogs[2], catalogs[0]) == []


def by_create_all(connection: sa.Connection, _: int) -> None:
    connection.exec_driver_sql('CREATE SCHEMA "s%%"')
    percents().create_all(connection)


def by_statements(connection: sa.Connection, version: int) -> None:
    for statement in capture(percents(), version):
        driver(connection).execute(statement.sql.encode())


def in_parts(connection: sa.Connection, version: int) -> None:
    connection.commit()
    driver(connection).autocommit = True
    for statement in capture(percents(), version):
        parts = split(driver(connection), statement, version) if isinstance(statement.item, Table) else [statement]
        for each in parts if statement.element.__class__ is sa.schema.CreateTable else [statement]:
            driver(connection).execute(each.sql.encode())
    driver(connection).autocommit = False


def test_what_each_statement_makes() -> None:
    """A statement knows its object in words, and its table."""
    metadata = MetaData()
    table = Table("T", metadata, Column("x", sa.Enum("a", name="e"), comment="c"), schema="s")
    Index("ix", table.c.x)
    words = [each.what for each in capture(metadata, 18)]
    assert words == [
        "schema s",
        "type e",
        'table s."T"',
        'index ix of table s."T"',
        'comment on column x of table s."T"',
    ]


def test_a_listener_that_asks() -> None:
    """A listener that wants an answer gets none, and its error is its own."""
    metadata = MetaData()

    @sa.event.listens_for(metadata, "before_create")
    def ask(_: object, connection: sa.Connection, **__: object) -> None:
        connection.execute(sa.text("SELECT 1")).scalar_one()

    with pytest.raises(AttributeError):
        capture(metadata, 18)
