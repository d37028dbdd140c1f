"""Types that PostgreSQL does not let change, told before a revision is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.autogen.drive import autogenerate, connected
from trueline.errors import TruelineError
from trueline.objects import Domain, Statement
from trueline.types import PgType


@pytest.fixture
def connection(empty_database_url: str) -> Iterator[sa.Connection]:
    with connected(empty_database_url) as connection:
        yield connection


def parted(*values: str) -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("e", sa.Enum(*values, name="ee")), postgresql_partition_by="LIST (e)")
    return metadata


@pytest.mark.parametrize("values", ["a", "ba", "abc"])
def test_an_enum_that_partitions_keeps_its_values(connection: sa.Connection, values: str) -> None:
    """The error names enum, column and table, and the ways out; a value that comes could not go again."""
    autogenerate(connection, parted("a", "b")).upgrade()
    with pytest.raises(TruelineError) as caught:
        autogenerate(connection, parted(*values))
    assert str(caught.value) == (
        "enum public.ee cannot give way to a new one, on the way there or back: column public.t.e is of it, and the "
        "table is partitioned by it\n"
        "  at table public.t, PARTITION BY LIST (e)\n"
        "  fix: let the model have the values of the database in their order; a new one comes by op.add_enum_value in "
        "a revision of your own, which has no way back; or create a table of the new form beside it, move the rows "
        "over, and rename both"
    )


def inside(**checks: str) -> sa.MetaData:
    metadata = sa.MetaData()
    Domain("pos", "integer", checks=checks, metadata=metadata)
    Statement("CREATE TYPE addr AS (no pos)", metadata=metadata)
    sa.Table("t", metadata, sa.Column("a", PgType("public.addr")))
    return metadata


def test_a_domain_inside_a_type_gets_no_check(connection: sa.Connection) -> None:
    """PostgreSQL cannot look at such values; the error names the column and the way round."""
    autogenerate(connection, inside()).upgrade()
    with pytest.raises(TruelineError, match=r"domain public\.pos cannot get a constraint: column public\.t\.a has it"):
        autogenerate(connection, inside(posi="VALUE > 0"))
