"""Declaring partitions and reference rows beside the models."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from trueline.errors import TruelineError
from trueline.objects import Partition, ReferenceRows, objects_of


def packages(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "packages",
        metadata,
        sa.Column("slug", sa.String, primary_key=True),
        sa.Column("tier", sa.Integer, unique=True),
        sa.Column("name", sa.String),
        sa.Column("data", sa.JSON),
    )


@pytest.mark.parametrize(
    ("key", "rows", "message"),
    [
        (("slug",), [], "without a row"),
        (("slug",), [{"slug": "a", "nmae": "A"}], "Unknown column 'nmae'"),
        (("slug",), [{"slug": "a", "name": "A"}, {"slug": "b"}], "all name the same columns"),
        (("slug",), [{"name": "A"}], "the key among them"),
        (("name",), [{"name": "A"}], "not unique"),
        (("slug",), [{"slug": "a"}, {"slug": "a"}], "Two rows with the key"),
    ],
)
def test_wrong_rows_are_refused_where_they_are_declared(
    key: tuple[str, ...], rows: list[dict[str, Any]], message: str
) -> None:
    """The error names the table, the defect and the way out, and nothing is registered."""
    metadata = sa.MetaData()
    table = packages(metadata)
    with pytest.raises(TruelineError, match=message) as caught:
        ReferenceRows(table, key, rows)
    assert "ReferenceRows of packages" in str(caught.value)
    assert "fix:" in str(caught.value)
    assert objects_of(metadata).reference_rows == []


@pytest.mark.parametrize("key", [("slug",), ("tier",)])
def test_a_primary_or_unique_key_identifies_rows(key: tuple[str, ...]) -> None:
    """Both may serve in ON CONFLICT."""
    metadata = sa.MetaData()
    rows = ReferenceRows(packages(metadata), key, [{"slug": "a", "tier": 1}])
    assert objects_of(metadata).reference_rows == [rows]


def test_create_all_inserts_them_once() -> None:
    """A second create_all creates nothing, so it inserts nothing; None is NULL, in a JSON column too."""
    metadata = sa.MetaData()
    ReferenceRows(packages(metadata), ("slug",), [{"slug": "a", "tier": 1, "data": None}])
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        metadata.create_all(connection)
        assert connection.execute(sa.text("SELECT slug, data IS NULL FROM packages")).all() == [("a", 1)]
    engine.dispose()


def test_a_partition_of_a_plain_table_is_refused() -> None:
    """The error says how a table becomes partitioned."""
    table = packages(sa.MetaData())
    with pytest.raises(TruelineError, match="which is not partitioned") as caught:
        Partition(table, "p")
    assert "postgresql_partition_by" in str(caught.value)


def test_a_partition_declared_twice_is_refused() -> None:
    """The second declaration of a name is the error."""
    metadata = sa.MetaData()
    table = sa.Table("t", metadata, sa.Column("at", sa.Date), postgresql_partition_by="RANGE (at)")
    Partition(table, "p")
    with pytest.raises(TruelineError, match="declared twice"):
        Partition(table, "p", "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")


def test_a_partition_needs_no_sqlite() -> None:
    """SQLite has no partitions, so create_all makes the table alone there."""
    metadata = sa.MetaData()
    table = sa.Table("t", metadata, sa.Column("at", sa.Date), postgresql_partition_by="RANGE (at)")
    Partition(table, "p")
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    assert sa.inspect(engine).get_table_names() == ["t"]
    engine.dispose()


def test_a_partitions_names_are_quoted() -> None:
    """Capitals, reserved words and quotes stay what they are."""
    table = sa.Table(
        "Order", sa.MetaData(), sa.Column("at", sa.Date), schema="select", postgresql_partition_by="RANGE (at)"
    )
    assert Partition(table, 'a"b').create_sql() == 'CREATE TABLE "select"."a""b" PARTITION OF "select"."Order" DEFAULT'


def test_what_has_no_table_is_refused() -> None:
    """A class without table=True is no place for rows."""
    with pytest.raises(TruelineError, match="has no table"):
        ReferenceRows(int, ("a",), [{"a": 1}])
