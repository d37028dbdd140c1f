"""The DDL of models: the same in every process, whatever order Python keeps things in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table

from trueline.readings.capture import capture
from trueline.readings.order import in_order

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
