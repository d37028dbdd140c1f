"""Comments that raw SQL made on what models declare."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.autogen.drive import NAMING, autogenerate, connected
from trueline.autogen.compare import compare_project
from trueline.autogen.project import Project
from trueline.autogen.scope import Scope
from trueline.autogen.summary import differences, undeclared
from trueline.objects import View
from trueline.settings import Settings


@pytest.fixture
def connection(empty_database_url: str) -> Iterator[sa.Connection]:
    with connected(empty_database_url) as connection:
        yield connection


def shown(connection: sa.Connection, metadata: sa.MetaData, *ignore: str, drops: str = "") -> list[str]:
    scope = Scope(ignore=ignore, drop_undeclared=frozenset(drops.split()))
    found = compare_project(connection, metadata, Project(Settings(), scope))
    rows = [*differences(found), *undeclared(found)]
    return [f"{row.sign} {row.kind} {row.name}" for row in rows]


def one_table(**options: object) -> sa.MetaData:
    metadata = sa.MetaData(**options)  # type: ignore[arg-type] # options of MetaData
    number = sa.Column("id", sa.Integer, primary_key=True)
    sa.Table("t", metadata, number, sa.Column("e", sa.Enum("a", name="ee")))
    return metadata


def test_a_comment_that_nobody_declared_is_named_and_stays(connection: sa.Connection) -> None:
    """Unless somebody says that such comments shall go."""
    autogenerate(connection, one_table()).upgrade()
    connection.exec_driver_sql("COMMENT ON TYPE ee IS 'x'; COMMENT ON CONSTRAINT t_pkey ON t IS 'y'")
    assert shown(connection, one_table()) == ["? comment on enum public.ee", "? comment on primary key public.t.t_pkey"]
    assert autogenerate(connection, one_table()).found.upgrade == ()
    left = ["- comment on enum public.ee", "- comment on primary key public.t.t_pkey"]
    assert shown(connection, one_table(), drops="comment") == left


def test_what_models_can_say_is_theirs(connection: sa.Connection) -> None:
    """A comment by hand on a table, a column or a declared view is a difference."""
    metadata = one_table()
    View("v", "SELECT id FROM t", metadata=metadata)
    autogenerate(connection, metadata).upgrade()
    connection.exec_driver_sql(
        "COMMENT ON TABLE t IS 'x'; COMMENT ON COLUMN t.id IS 'x'; COMMENT ON VIEW v IS 'x';"
        "COMMENT ON COLUMN v.id IS 'x'"
    )
    assert shown(connection, metadata) == [
        "- comment on column public.t.id",
        "- comment on table public.t",
        "- comment on view public.v",
        "? comment on column public.v.id",
    ]


def test_a_comment_follows_a_rename(connection: sa.Connection) -> None:
    """The key gets the name that the models have for it and keeps its comment, also where names are left alone."""
    autogenerate(connection, one_table()).upgrade()
    connection.exec_driver_sql("COMMENT ON CONSTRAINT t_pkey ON t IS 'x'")
    renamed = one_table(naming_convention=NAMING)
    assert shown(connection, renamed, "renames") == ["? comment on primary key public.t.t_pkey"]
    revision = autogenerate(connection, renamed)
    assert "comment" not in revision.up + revision.down
    revision.upgrade()
    assert shown(connection, renamed) == ["? comment on primary key public.t.pk_t"]
    revision.downgrade()
    assert shown(connection, one_table()) == ["? comment on primary key public.t.t_pkey"]


def test_a_comment_goes_with_what_it_is_about(connection: sa.Connection) -> None:
    """Nothing is said about it: the type goes, and so does what was said of it."""
    autogenerate(connection, one_table()).upgrade()
    connection.exec_driver_sql("COMMENT ON TYPE ee IS 'x'")
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True))
    assert shown(connection, metadata) == ["- column public.t.e", "- enum public.ee"]


def test_comments_on_partitions_are_data_as_they_are(connection: sa.Connection) -> None:
    """What a job says of the partitions that it makes is nobody's difference."""
    metadata = sa.MetaData()
    columns = (sa.Column("id", sa.Integer, primary_key=True), sa.Column("b", sa.Text, index=True))
    sa.Table("p", metadata, *columns, postgresql_partition_by="RANGE (id)")
    autogenerate(connection, metadata).upgrade()
    connection.exec_driver_sql(
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2); COMMENT ON TABLE p1 IS 'x';"
        "COMMENT ON COLUMN p1.b IS 'x'; COMMENT ON INDEX p1_b_idx IS 'x'; COMMENT ON CONSTRAINT p1_pkey ON p1 IS 'x'"
    )
    assert shown(connection, metadata) == []
