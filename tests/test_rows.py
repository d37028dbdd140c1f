"""Reference rows as plain values and as idempotent SQL."""

from __future__ import annotations

import enum
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from trueline.errors import TruelineError
from trueline.rows import PlainRow, literal, plain, remove, update, upsert


class Size(enum.Enum):
    SMALL = "s"


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        (None, sa.Text(), None),
        (True, sa.Boolean(), True),
        (7, sa.Integer(), 7),
        (Decimal("29.990"), sa.Numeric(), "29.990"),
        (Size.SMALL, sa.Text(), "s"),
        (UUID(int=1), sa.Uuid(), "00000000-0000-0000-0000-000000000001"),
        (date(2026, 1, 2), sa.Date(), "2026-01-02"),
        (datetime(2026, 1, 2, tzinfo=UTC), sa.DateTime(timezone=True), "2026-01-02T00:00:00+00:00"),
        (timedelta(minutes=1), sa.Interval(), "60.0 seconds"),
        ({"b": 1, "a": "é"}, JSONB(), '{"a": "é", "b": 1}'),
        ([1, 2], JSONB(), "[1, 2]"),
        (["a", None, 'q"\\'], sa.ARRAY(sa.Text()), '{"a",NULL,"q\\"\\\\"}'),
        ([Size.SMALL], sa.ARRAY(sa.Text()), '{"s"}'),
    ],
)
def test_every_kind_of_value_becomes_a_plain_one(value: Any, type_: Any, expected: Any) -> None:
    """A revision holds only literals that PostgreSQL converts by itself."""
    assert plain(value, type_) == expected


def test_a_value_without_a_plain_form_is_refused() -> None:
    """The error names the type and what may be used instead."""
    with pytest.raises(TruelineError, match="cannot hold a bytes"):
        plain(b"x", sa.LargeBinary())


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_any_text_survives_as_a_literal(text: str) -> None:
    """Quotes are doubled and nothing else is changed; percent signs are doubled for the driver only."""
    statement = literal(text).compile(dialect=PGDialect_psycopg())
    assert str(statement) == "'" + text.replace("'", "''").replace("%", "%%") + "'"


def test_an_upsert_without_other_columns_does_nothing_on_conflict() -> None:
    """A row that is all key cannot differ."""
    statement = str(upsert("t", ["a"], [{"a": 1}]).compile(dialect=PGDialect_psycopg()))
    assert statement.endswith("ON CONFLICT (a) DO NOTHING")


def test_an_update_touches_what_differs_alone(empty_database_url: str) -> None:
    """Of the columns that are named; a second run writes nothing, and a row that is gone is no error."""
    engine = sa.create_engine(empty_database_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (k int PRIMARY KEY, j json, n text NOT NULL)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1, '[]', 'a')")
        same: PlainRow = {"k": 1, "j": "[1]"}
        gone: PlainRow = {"k": 2, "j": None}
        for row, count in ((same, 1), (same, 0), (gone, 0)):
            assert connection.execute(update("t", ["k"], row)).rowcount == count
        assert connection.execute(sa.text("SELECT j::text, n FROM t")).all() == [("[1]", "a")]
    engine.dispose()


def test_identifiers_are_quoted() -> None:
    """Reserved words, capitals and quotes in names reach PostgreSQL as they are."""
    statement = remove('we"ird', [{"Select": 1}], schema="order").compile(dialect=PGDialect_psycopg())
    assert '"order"."we""ird"' in str(statement)
    assert '"Select" = 1' in str(statement)


@pytest.mark.parametrize("value", [None, True, False, 0, -3, 2.5, "", "it's", "100%", "a:b", "\\n", "é😀", "$1", "{}"])
def test_values_arrive_unchanged(empty_database_url: str, value: Any) -> None:
    """What goes through an upsert comes back from the server as it was."""
    engine = sa.create_engine(empty_database_url, poolclass=sa.NullPool)
    kind = {bool: "boolean", int: "integer", float: "double precision"}.get(type(value), "text")
    with engine.begin() as connection:
        connection.execute(sa.text(f"CREATE TABLE t (k integer PRIMARY KEY, v {kind}, j jsonb)"))
        document = {"v": value}
        row = {"k": 1, "v": value, "j": plain(document, JSONB())}
        connection.execute(upsert("t", ["k"], [row]))
        connection.execute(upsert("t", ["k"], [row]))
        assert connection.execute(sa.text("SELECT v, j #>> '{}' FROM t")).all()[0][0] == value
        assert json.loads(connection.scalar(sa.text("SELECT j #>> '{}' FROM t")) or "") == document
        connection.execute(remove("t", [{"k": 1}, {"k": 2}]))
        assert connection.scalar(sa.text("SELECT count(*) FROM t")) == 0
