"""Declaring partitions beside the models."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from trueline.errors import TruelineError
from trueline.objects import Partition


def test_a_partition_of_a_plain_table_is_refused() -> None:
    """The error says how a table becomes partitioned."""
    table = sa.Table("t", sa.MetaData(), sa.Column("at", sa.Date))
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


def test_percent_signs_stay_what_they_are(empty_database_url: str) -> None:
    """A partition, its table and its schema are found under the names that they were given."""
    metadata = sa.MetaData()
    table = sa.Table("%s", metadata, sa.Column("at%", sa.Date), schema="100%", postgresql_partition_by='RANGE ("at%%")')
    Partition(table, "%(x)s")
    engine = sa.create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema("100%"))
        metadata.create_all(connection)
        found = connection.exec_driver_sql("SELECT relname FROM pg_class WHERE relispartition").scalars().all()
    engine.dispose()
    assert found == ["%(x)s"]
