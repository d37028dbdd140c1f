"""Stories of partitioned tables and of parents: what is data, and what is schema."""

from __future__ import annotations

import sqlalchemy as sa

from tests.acceptance.drift.stories import Declare, Tell, number, quiet
from trueline.objects import Partition


def test_a_partition_key_that_changes_costs_the_rows(told: Tell) -> None:
    """The check names the table; the revision says what is lost, and needs leave for it."""

    def partitioned(by: str) -> Declare:
        return lambda metadata: sa.Table(
            "t", metadata, sa.Column("a", sa.Integer), sa.Column("b", sa.Integer), postgresql_partition_by=by
        )

    told(partitioned("RANGE (a)")).written()
    project = told(partitioned("LIST (b)"))
    assert project.check().line("public.t") is not None
    assert "destructive: drops table" in project.written("allow-destructive=all")
    assert quiet(project)


def test_partitions_and_children_and_what_extensions_own_are_left_alone(told: Tell) -> None:
    """Nobody declared them, and they are no table that has to go."""

    def declare(metadata: sa.MetaData) -> None:
        at = sa.Column("at", sa.Integer, primary_key=True, autoincrement=False)
        sa.Table("log", metadata, at, sa.Column("b", sa.Text, index=True), postgresql_partition_by="RANGE (at)")
        sa.Table("base", metadata, number())

    project = told(declare)
    project.written()
    project.execute(
        "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (1) TO (5);"
        "CREATE TABLE derived (more text) INHERITS (base);"
        "CREATE TABLE owned (id integer PRIMARY KEY);"
        "INSERT INTO pg_depend SELECT 'pg_class'::regclass, 'owned'::regclass, 0, 'pg_extension'::regclass, oid, 0, 'e'"
        " FROM pg_extension WHERE extname = 'plpgsql'"
    )
    assert quiet(project)


def test_a_table_of_partitions_changes_with_those_that_nobody_declared(told: Tell) -> None:
    """A column that comes to the parent comes to them too, and they stay."""

    def declare(*more: sa.Column[object]) -> Declare:
        return lambda metadata: sa.Table(
            "log", metadata, sa.Column("at", sa.Integer), *more, postgresql_partition_by="RANGE (at)"
        )

    told(declare()).written()
    project = told(declare(sa.Column("b", sa.Text, index=True, nullable=False, server_default="x")))
    project.execute("CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (1) TO (5); INSERT INTO log VALUES (2)")
    project.written()
    assert quiet(project)
    assert project.rows("SELECT b FROM log_1") == [("x",)]


def test_a_partition_that_is_declared_no_more_goes(told: Tell) -> None:
    """A declaration made it, so it is no table that a job added; another may take its place in the same revision."""

    def declare(name: str) -> Declare:
        def run(metadata: sa.MetaData) -> None:
            log = sa.Table("log", metadata, sa.Column("at", sa.Integer), postgresql_partition_by="RANGE (at)")
            Partition(log, name)

        return run

    told(declare("log_rest")).written()
    project = told(declare("log_other"))
    project.execute("CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (1) TO (5)")
    assert "destructive" in project.written("allow-destructive=all")
    assert quiet(project)
    assert project.rows("SELECT to_regclass('log_rest'), to_regclass('log_1')::text") == [(None, "log_1")]


def test_a_percent_sign_in_a_partition_key_is_what_the_driver_makes_of_it(told: Tell) -> None:
    """SQLAlchemy hands that text to the driver as it is, so that models double the sign; the column has one."""

    def declare(metadata: sa.MetaData) -> None:
        column = sa.Column("100%", sa.Integer)
        sa.Table("t", metadata, column, schema="s", postgresql_partition_by='RANGE ("100%%")')

    project = told(declare)
    project.written()
    assert quiet(project)


def test_a_child_that_is_declared_no_more_goes(told: Tell) -> None:
    """One that somebody made by hand stays, and its parent too."""

    def declare(*, child: bool) -> Declare:
        def run(metadata: sa.MetaData) -> None:
            sa.Table("base", metadata, number())
            if child:
                sa.Table("kid", metadata, sa.Column("more", sa.Text), postgresql_inherits="base")

        return run

    told(declare(child=True)).written()
    project = told(declare(child=False))
    project.execute("CREATE TABLE other () INHERITS (base)")
    assert "drop_table('kid')" in project.written("allow-destructive=all")
    assert quiet(project)
    assert project.rows("SELECT to_regclass('kid'), to_regclass('other')::text") == [(None, "other")]
