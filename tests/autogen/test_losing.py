"""What a change of type does to values, held against PostgreSQL's own doing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tests.autogen.drive import autogenerate, connected
from trueline.autogen.plan.losing import Effect, effect
from trueline.catalog.render.words import literal
from trueline.types import PgType

#: Type before and after, and values of which at least one is lost (or fails) where the verdict says so.
CASES = [
    ("numeric(12,4)", "numeric(12,2)", ["1.2345"], "loses"),
    ("numeric(12,2)", "numeric(14,2)", ["1.23", "9999999999.99"], "keeps"),
    ("numeric(12,2)", "numeric(14,4)", ["1.23", "9999999999.99"], "keeps"),
    ("numeric(12,2)", "numeric(12,4)", ["9999999999.99"], "fails"),
    ("numeric(12,2)", "numeric", ["1.23"], "keeps"),
    ("numeric", "numeric(12,2)", ["1.234"], "loses"),
    ("numeric(12,2)", "integer", ["1.23"], "loses"),
    ("numeric(12,0)", "bigint", ["123456789012"], "keeps"),
    ("numeric(12,0)", "integer", ["123456789012"], "fails"),
    ("numeric(30,0)", "double precision", ["123456789012345678901"], "loses"),
    ("numeric(6,2)", "real", ["1234.56"], "keeps"),
    ("numeric(12,4)", "money", ["1.2345"], "loses"),
    ("smallint", "integer", ["32767"], "keeps"),
    ("integer", "bigint", ["2147483647"], "keeps"),
    ("bigint", "integer", ["2147483648"], "fails"),
    ("integer", "smallint", ["32768"], "fails"),
    ("integer", "numeric(12,2)", ["2147483647"], "keeps"),
    ("integer", "numeric(5,2)", ["1000"], "fails"),
    ("integer", "double precision", ["2147483647"], "keeps"),
    ("integer", "real", ["16777217"], "loses"),
    ("bigint", "double precision", ["9007199254740993"], "loses"),
    ("integer", "boolean", ["5"], "loses"),
    ("boolean", "integer", ["true"], "keeps"),
    ("double precision", "real", ["1.23456789012"], "loses"),
    ("real", "double precision", ["1.5"], "keeps"),
    ("double precision", "integer", ["1.25"], "loses"),
    ("double precision", "numeric", ["0.30000000000000004"], "loses"),
    ("timestamp with time zone", "date", ["2020-01-01 10:11:12+00"], "loses"),
    ("timestamp with time zone", "timestamp(0) with time zone", ["2020-01-01 10:11:12.345+00"], "loses"),
    ("timestamp(6) without time zone", "timestamp without time zone", ["2020-01-01 10:11:12.345678"], "keeps"),
    ("timestamp(0) without time zone", "timestamp(3) without time zone", ["2020-01-01 10:11:12"], "keeps"),
    ("timestamp without time zone", "time without time zone", ["2020-01-01 10:11:12"], "loses"),
    ("time with time zone", "time without time zone", ["10:11:12+05"], "loses"),
    ("date", "timestamp without time zone", ["2020-01-01"], "keeps"),
    ("time without time zone", "interval", ["10:11:12"], "keeps"),
    ("interval", "time without time zone", ["1 day 10:11:12"], "loses"),
    ("interval", "interval(0)", ["1.5 seconds"], "loses"),
    ("interval", "interval year", ["1 year 2 days"], "loses"),
    ("interval year", "interval", ["1 year"], "keeps"),
    ("character varying(20)", "character varying(50)", ["a" * 20], "keeps"),
    ("character varying(50)", "character varying(20)", ["a" * 21], "fails"),
    ("character varying(50)", "text", ["a" * 50], "keeps"),
    ("text", "character varying(20)", ["a" * 21], "fails"),
    ("text", "character(3)", ["abcd"], "fails"),
    ("text", "name", ["a" * 64], "loses"),
    ("text", '"char"', ["ab"], "loses"),
    ("uuid", "character varying(36)", ["6b071c86-0000-0000-0000-000000000000"], "keeps"),
    ("integer", "character varying(3)", ["1234"], "fails"),
    ("text", "integer", ["x"], "fails"),
    ("text", "numeric(12,2)", ["1.2345"], "loses"),
    ("text", "date", ["2020-01-01 10:11"], "loses"),
    ("text", "boolean", ["x"], "fails"),
    ("inet", "cidr", ["10.0.0.1/8"], "loses"),
    ("cidr", "inet", ["10.0.0.0/8"], "keeps"),
    ("bit(8)", "bit(4)", ["10101010"], "fails"),
    ("bit varying(4)", "bit varying(8)", ["1010"], "keeps"),
    ("json", "jsonb", ['{"a": 1, "a": 2}'], "loses"),
    ("numeric(12,4)[]", "numeric(12,2)[]", ["{1.2345}"], "loses"),
    ("integer[]", "bigint[]", ["{1}"], "keeps"),
]


@pytest.fixture
def connection(empty_database_url: str) -> Iterator[sa.Connection]:
    with connected(empty_database_url) as connection:
        yield connection


@pytest.mark.parametrize(("old", "new", "values", "verdict"), CASES, ids=[f"{case[0]} to {case[1]}" for case in CASES])
def test_the_verdict_is_what_postgresql_does(
    connection: sa.Connection, old: str, new: str, values: list[str], verdict: str
) -> None:
    """What is said to be kept comes back; what is said to be lost does not; what is said to fail fails."""
    found = effect(old, new, asked=False)
    assert ("loses" if found.loses else "fails" if found.fails else "keeps") == verdict
    connection.exec_driver_sql(f"CREATE TEMP TABLE t (a {old})")
    for value in values:
        connection.execute(sa.insert(sa.table("t", sa.column("a"))).values(a=sa.literal_column(literal(value))))
    before = connection.exec_driver_sql("SELECT a::text FROM t").all()
    if not _retyped(connection, new):
        assert verdict == "fails"
    else:
        there = _retyped(connection, old)
        kept = there and connection.exec_driver_sql("SELECT a::text FROM t").all() == before
        assert verdict == ("keeps" if kept else "loses")


def _retyped(connection: sa.Connection, kind: str) -> bool:
    """Whether PostgreSQL does it: by assignment, or by a cast where there is none."""
    try:
        with connection.begin_nested():
            _retype(connection, kind)
    except DBAPIError:
        return False
    return True


def _retype(connection: sa.Connection, kind: str) -> None:
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"ALTER TABLE t ALTER a TYPE {kind}")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != "42804":
            raise
        connection.exec_driver_sql(f"ALTER TABLE t ALTER a TYPE {kind} USING a::{kind}")


def test_a_cast_that_is_asked_for_cuts() -> None:
    """Where an assignment would refuse."""
    assert effect("text", "character varying(3)", asked=True) == Effect("cuts values that are longer")


def models(kind: str) -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("a", PgType(kind)))
    return metadata


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("numeric(12,4)", "numeric(12,2)", "from numeric(12,4) to numeric(12,2), which rounds values"),
        ("numeric(12,2)", "numeric(14,2)", None),
    ],
)  # fmt: skip
def test_a_loss_is_marked_as_a_drop_is(connection: sa.Connection, old: str, new: str, words: str | None) -> None:
    """In the revision, and among what the command fails for; a wider type is no loss."""
    autogenerate(connection, models(old)).upgrade()
    revision = autogenerate(connection, models(new))
    assert revision.found.destroys == ((f"changes column public.t.a {words}",) if words else ())
    assert ("# destructive: changes column" in revision.up) == bool(words)
    assert "destructive" not in revision.down


def test_what_some_values_stop_is_remarked(connection: sa.Connection) -> None:
    """It loses nothing, so the command does not fail for it."""
    autogenerate(connection, models("bigint")).upgrade()
    revision = autogenerate(connection, models("integer"))
    assert revision.found.destroys == ()
    assert (
        "# fails where column public.t.a, which goes from bigint to integer, has values that are too great"
        in revision.up
    )


def test_a_domain_is_what_it_is_made_on(connection: sa.Connection) -> None:
    """A domain of fewer digits rounds the values of its columns."""
    from trueline.objects import Domain

    def made(digits: int) -> sa.MetaData:
        metadata = models("public.price")
        Domain("price", f"numeric(12,{digits})", metadata=metadata)
        return metadata

    autogenerate(connection, made(4)).upgrade()
    (lost,) = autogenerate(connection, made(2)).found.destroys
    assert lost.endswith("which rounds values")


def test_an_enum_without_a_value_is_remarked(connection: sa.Connection) -> None:
    """A row that still has it stops the upgrade."""

    def made(*labels: str) -> sa.MetaData:
        metadata = sa.MetaData()
        sa.Table("t", metadata, sa.Column("a", sa.Enum(*labels, name="k")))
        return metadata

    autogenerate(connection, made("x", "y")).upgrade()
    assert "has values that the new type does not have" in autogenerate(connection, made("x")).up


def not_null(*columns: sa.schema.SchemaItem) -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), *columns)
    return metadata


def test_a_column_that_wants_a_value_is_remarked(connection: sa.Connection) -> None:
    """With the way out; one that brings its value, or comes with its table, is not."""
    first = autogenerate(connection, not_null(sa.Column("a", sa.Text, nullable=False)))
    assert first.found.fails == ()
    first.upgrade()
    with_default = sa.Column("c", sa.Text, nullable=False, server_default="x")
    plain = [sa.Column(name, sa.Text, nullable=False) for name in ("a", "b")]
    revision = autogenerate(connection, not_null(*plain, with_default))
    (risk,) = revision.found.fails
    assert risk.startswith("fails where table public.t has rows: b is NOT NULL and has no default:\ngive it a server")
    assert "# fails where table public.t has rows: b is NOT NULL" in revision.up
    assert "fails" not in revision.down
    assert revision.found.destroys == ()


def test_not_null_and_a_rule_for_rows_that_are_there_are_remarked(connection: sa.Connection) -> None:
    """Each at its operation."""
    autogenerate(connection, not_null(sa.Column("a", sa.Text))).upgrade()
    unique = sa.Column("a", sa.Text, nullable=False)
    revision = autogenerate(connection, not_null(unique, sa.UniqueConstraint("a", name="uq_a")))
    assert "UPDATE public.t SET a = … WHERE a IS NULL\n" in revision.up
    assert "# fails where rows of public.t break uq_a: look for them before\n    op.create_unique" in revision.up


@pytest.mark.parametrize(
    ("old", "new", "by_zone"),
    [
        ("timestamp without time zone", "timestamp with time zone", True),
        ("timestamp with time zone", "timestamp(3) without time zone", True),
        ("timestamp with time zone", "date", True),
        ("date", "timestamp with time zone", True),
        ("timestamp with time zone", "timestamp(6) with time zone", False),
        ("date", "timestamp without time zone", False),
        ("timestamp without time zone", "date", False),
    ],
)
def test_what_depends_on_the_zone_of_a_session(old: str, new: str, by_zone: bool, empty_database_url: str) -> None:
    """A revision says so where the same values become others in a session of another TimeZone, and only there."""
    assert effect(old, new, asked=False).by_zone is by_zone
    told = set()
    with connected(empty_database_url) as connection:
        for zone in ("UTC", "Asia/Tokyo", "America/New_York"):
            connection.exec_driver_sql("SET TimeZone = 'UTC'")
            connection.exec_driver_sql(f"CREATE TEMP TABLE t (at {old})")
            connection.exec_driver_sql("INSERT INTO t VALUES ('2020-01-01 20:00:00'), ('2020-01-01 03:00:00')")
            connection.exec_driver_sql(f"SET TimeZone = '{zone}'")
            connection.exec_driver_sql(f"ALTER TABLE t ALTER at TYPE {new}")
            connection.exec_driver_sql("SET TimeZone = 'UTC'")
            told.add(str(connection.exec_driver_sql("SELECT at::text FROM t").all()))
            connection.exec_driver_sql("DROP TABLE t")
    assert (len(told) > 1) is by_zone
