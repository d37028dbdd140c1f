"""Types whose values are the same on PostgreSQL and on SQLite."""

import datetime as dt
import enum
import ipaddress
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.types import TypeEngine
from sqlmodel import AutoString
from sqlmodel.sql.sqltypes import UTCDateTime

from trueline import types


class Mood(enum.Enum):
    HAPPY = "happy"
    SAD = "not happy"


class Point(BaseModel):
    x: int
    tags: list[str]
    at: dt.datetime | None = None


class Case(NamedTuple):
    """A type, its name in PostgreSQL and values that it must give back."""

    make: Callable[[], TypeEngine[Any]]
    native: str
    values: st.SearchStrategy[Any]


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
# PostgreSQL keeps microseconds; both ends leave room for the time zone.
moments = st.datetimes(dt.datetime(1, 1, 3), dt.datetime(9999, 12, 29), timezones=st.just(dt.UTC))  # noqa: DTZ001 - bounds
days = st.dates(dt.date(1, 1, 2), dt.date(9999, 12, 30))
spans = st.timedeltas(dt.timedelta(days=-9999), dt.timedelta(days=9999))
small = st.integers(-(2**31), 2**31 - 2)
big = st.integers(-(2**63), 2**63 - 2)
exact = st.decimals(-(10**6), 10**6, places=2, allow_nan=False)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts | st.floats(-1e9, 1e9).map(lambda f: round(f, 6)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
interfaces = st.ip_addresses(v=4).map(lambda address: ipaddress.ip_interface(f"{address}/20"))
points = st.builds(Point, x=small, tags=st.lists(texts, max_size=3), at=st.none() | moments)


def ranges(bounds: st.SearchStrategy[Any]) -> st.SearchStrategy[Range[Any]]:
    """Ranges with every kind of bound, and the empty one."""

    def build(one: Any, other: Any, kind: Any) -> Range[Any]:
        if one is not None and other is not None and one > other:
            one, other = other, one
        return Range(one, other, bounds=kind)

    kinds = st.sampled_from(["[)", "[]", "()", "(]"])
    return st.builds(build, st.none() | bounds, st.none() | bounds, kinds) | st.just(Range(empty=True))


def arrays(items: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.none() | items, max_size=4)


def grid(width: int) -> st.SearchStrategy[list[list[uuid.UUID]]]:
    return st.lists(st.lists(st.uuids(), min_size=width, max_size=width), min_size=1, max_size=3)


def mood() -> sa.Enum:
    return sa.Enum(Mood, name="mood", values_callable=lambda cls: [member.value for member in cls])


CASES = {
    "jsonb": Case(types.JSONB, "jsonb", json_values.filter(lambda value: value is not None)),
    "uuid": Case(types.UUID, "uuid", st.uuids()),
    "bigint": Case(types.BIGINT, "bigint", big),
    "numeric": Case(lambda: types.NUMERIC(12, 2), "numeric(12,2)", exact),
    "numeric_open": Case(types.NUMERIC, "numeric", st.decimals(-(10**6), 10**6, places=6).map(Decimal.normalize)),
    "lower_text": Case(lambda: types.LowerText(40), "character varying(40)", texts.map(str.lower)),
    "inet": Case(types.INET, "inet", st.ip_addresses() | interfaces),
    "cidr": Case(types.CIDR, "cidr", st.ip_addresses().map(lambda a: ipaddress.ip_network(f"{a}/20", strict=False))),
    "tsvector": Case(types.TSVECTOR, "tsvector", st.sampled_from(["'cat' 'dog'", "'a':1 'b':2"])),
    "int4range": Case(types.INT4RANGE, "int4range", ranges(small)),
    "int8range": Case(types.INT8RANGE, "int8range", ranges(big)),
    "numrange": Case(types.NUMRANGE, "numrange", ranges(exact)),
    "daterange": Case(types.DATERANGE, "daterange", ranges(days)),
    "tstzrange": Case(types.TSTZRANGE, "tstzrange", ranges(moments)),
    "json_of": Case(lambda: types.json_of(Point), "jsonb", points),
    "json_of_mapping": Case(lambda: types.json_of(dict[str, uuid.UUID]), "jsonb", st.dictionaries(texts, st.uuids())),
    "array_of_text": Case(lambda: types.ARRAY(sa.String), "character varying[]", arrays(texts)),
    "array_of_int": Case(lambda: types.ARRAY(sa.Integer()), "integer[]", arrays(small)),
    "array_of_bool": Case(lambda: types.ARRAY(sa.Boolean), "boolean[]", arrays(st.booleans())),
    "array_of_float": Case(lambda: types.ARRAY(sa.Float(53)), "double precision[]", arrays(st.floats(allow_nan=False))),
    "array_of_uuid": Case(lambda: types.ARRAY(types.UUID()), "uuid[]", arrays(st.uuids())),
    "array_of_decimal": Case(lambda: types.ARRAY(sa.Numeric(12, 2)), "numeric(12,2)[]", arrays(exact)),
    "array_of_date": Case(lambda: types.ARRAY(sa.Date()), "date[]", arrays(days)),
    "array_of_moment": Case(lambda: types.ARRAY(UTCDateTime()), "timestamp with time zone[]", arrays(moments)),
    "array_of_time": Case(lambda: types.ARRAY(sa.Time()), "time without time zone[]", arrays(st.times())),
    "array_of_interval": Case(lambda: types.ARRAY(sa.Interval()), "interval[]", arrays(spans)),
    "array_of_lower_text": Case(
        lambda: types.ARRAY(types.LowerText(40)), "character varying(40)[]", arrays(texts.map(str.lower))
    ),
    "array_of_inet": Case(lambda: types.ARRAY(types.INET()), "inet[]", arrays(st.ip_addresses())),
    "array_of_range": Case(lambda: types.ARRAY(types.NUMRANGE()), "numrange[]", arrays(st.builds(Range, exact))),
    "array_of_bytes": Case(lambda: types.ARRAY(sa.LargeBinary()), "bytea[]", arrays(st.binary(max_size=5))),
    "array_of_enum": Case(lambda: types.ARRAY(mood()), "mood[]", st.lists(st.sampled_from(Mood), max_size=4)),
    "nested_array": Case(lambda: types.ARRAY(types.UUID(), dimensions=2), "uuid[]", st.integers(1, 3).flatmap(grid)),
}  # fmt: skip


@pytest.fixture
def sqlite() -> Iterator[sa.Engine]:
    engine = sa.create_engine("sqlite://")
    yield engine
    engine.dispose()


@pytest.fixture
def postgres(empty_database_url: str) -> Iterator[sa.Engine]:
    engine = sa.create_engine(empty_database_url)
    yield engine
    engine.dispose()


def stored(engine: sa.Engine, make: Callable[[], TypeEngine[Any]]) -> Callable[[Any], Any]:
    """A function that writes a value, reads it back and finds it again by itself."""
    table = sa.Table("t", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("value", make()))
    table.metadata.create_all(engine)

    def there_and_back(value: Any) -> Any:
        with engine.begin() as connection:
            connection.execute(table.delete())
            connection.execute(table.insert().values(value=value))
            return connection.scalars(sa.select(table.c.value)).one()

    return there_and_back


def holds_nothing(value: Range[Any]) -> bool:
    """Whether no value lies within the bounds, which `Range` itself does not see."""
    if value.empty or (value.lower == value.upper and value.bounds != "[]"):
        return True
    step: Any = {int: 1, dt.date: dt.timedelta(days=1)}.get(type(value.lower))
    return step is not None and value.bounds == "()" and value.lower is not None and value.lower + step == value.upper


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
@pytest.mark.parametrize("name", CASES)
def test_values_come_back(name: str, database: str, request: pytest.FixtureRequest) -> None:
    """Whatever value a type takes, it gives back, and None too."""
    case = CASES[name]
    there_and_back = stored(request.getfixturevalue(database), case.make)

    @given(case.values)
    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    def check(value: Any) -> None:
        back = there_and_back(value)
        assert back == value or (back.empty and holds_nothing(value))
        # JSON has one kind of number, and SQLite takes 0.0 for 0.
        assert type(back) is type(value) or isinstance(value, float)

    check()
    assert there_and_back(None) is None


@pytest.mark.parametrize("name", CASES)
def test_types_are_native_and_migrations_show_nothing_else(name: str, postgres: sa.Engine) -> None:
    """On PostgreSQL each type is the native one, and so is what a revision would create."""
    case = CASES[name]
    with postgres.begin() as connection:
        for type_ in (case.make(), types.migration_type(case.make())):
            table = sa.Table("t", sa.MetaData(), sa.Column("value", type_))
            table.create(connection)
            query = "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass"
            assert connection.scalar(sa.text(f"{query} AND attnum = 1")) == case.native
            table.drop(connection)


@pytest.mark.parametrize(
    ("type_", "rendered"),
    [
        (types.JSONB(), "JSONB(astext_type=Text())"),
        (types.json_of(Point), "JSONB(astext_type=Text())"),
        (types.UUID(), "Uuid()"),
        (types.BIGINT(), "BigInteger()"),
        (types.NUMERIC(12, 2), "Numeric(precision=12, scale=2)"),
        (types.LowerText(320), "String(length=320)"),
        (types.LowerText(), "String()"),
        (types.INET(), "INET()"),
        (types.TSTZRANGE(), "TSTZRANGE()"),
        (types.ARRAY(types.LowerText(9)), "ARRAY(String(length=9))"),
        (AutoString(5), "String(length=5)"),
        (AutoString(), "String()"),
        (UTCDateTime(), "DateTime(timezone=True)"),
        (sa.String().with_variant(sa.Text(), "postgresql"), "Text()"),
        (sa.Integer(), "Integer()"),
    ],
)
def test_revisions_show_the_plain_type(type_: TypeEngine[Any], rendered: str) -> None:
    """What a revision is written from carries no fallback and no type of this package."""
    plain = types.migration_type(type_)
    assert repr(plain) == rendered
    assert not plain._variant_mapping


def test_revisions_show_an_enums_labels() -> None:
    """An enum is written with its labels, name and schema, without its class."""
    type_ = sa.Enum(Mood, name="mood", schema="s", values_callable=lambda cls: [member.value for member in cls])
    plain = types.migration_type(type_)
    assert isinstance(plain, sa.Enum)
    assert (plain.enums, plain.name, plain.schema) == (["happy", "not happy"], "mood", "s")
    assert plain.enum_class is None


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_lower_text_is_found_in_any_case(database: str, request: pytest.FixtureRequest) -> None:
    """What is stored is lower case, and comparisons and unique keys do not see case."""
    engine: sa.Engine = request.getfixturevalue(database)
    column: sa.Column[str] = sa.Column("email", types.LowerText(99), unique=True)
    table = sa.Table("t", sa.MetaData(), column)
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(table.insert().values(email="Ada@Example.ORG"))
        assert connection.scalars(sa.select(column)).one() == "ada@example.org"
        for condition in (column == "ADA@example.org", column.in_(["ADA@EXAMPLE.ORG"]), column.like("ADA@%")):
            assert connection.scalars(sa.select(column).where(condition)).one() == "ada@example.org"
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(table.insert().values(email="ADA@EXAMPLE.ORG"))


def test_lower_text_says_what_it_is() -> None:
    """Its repr can be pasted, and a literal in SQL is lower-cased as well."""
    assert repr(types.LowerText(320)) == "trueline.types.LowerText(320)"
    assert repr(types.LowerText()) == "trueline.types.LowerText()"
    literal = sa.literal("A'B", types.LowerText()).compile(compile_kwargs={"literal_binds": True})
    assert str(literal) == "'a''b'"


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_json_is_null_and_can_be_searched(database: str, request: pytest.FixtureRequest) -> None:
    """None in a JSON column is SQL's NULL, and a path into a typed document can be compared."""
    engine: sa.Engine = request.getfixturevalue(database)
    table = sa.Table("t", sa.MetaData(), sa.Column("a", types.JSONB()), sa.Column("b", types.json_of(Point)))
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(table.insert().values(a=None, b=None))
        assert connection.scalar(sa.select(sa.func.count()).where(table.c.a.is_(None), table.c.b.is_(None))) == 1
        connection.execute(table.insert().values(a={"x": 1}, b=Point(x=7, tags=[])))
        found = connection.execute(sa.select(table).where(table.c.b["x"].as_integer() == 7)).one()
        assert tuple(found) == ({"x": 1}, Point(x=7, tags=[]))


def test_a_document_that_does_not_fit_is_refused(sqlite: sa.Engine) -> None:
    """A value that is not of the annotated type is refused before it is written."""
    there_and_back = stored(sqlite, lambda: types.json_of(Point))
    with pytest.raises(sa.exc.StatementError) as caught:
        there_and_back({"x": "no number"})
    assert isinstance(caught.value.orig, ValidationError)


def test_ranges_that_postgresql_refuses_are_refused(sqlite: sa.Engine) -> None:
    """Bounds in the wrong order and datetimes without a time zone are errors on SQLite as well."""
    with pytest.raises(sa.exc.StatementError, match="lower bound"):
        stored(sqlite, types.INT4RANGE)(Range(2, 1))
    other = sa.create_engine("sqlite://")
    with pytest.raises(sa.exc.StatementError, match="time zone"):
        stored(other, types.TSTZRANGE)(Range(dt.datetime(2024, 1, 1), None))  # noqa: DTZ001 - the point
    other.dispose()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Range(1, 3, bounds="[]"), Range(1, 4, bounds="[)")),
        (Range(1, 3, bounds="()"), Range(2, 3, bounds="[)")),
        (Range(1, 1, bounds="[)"), Range(empty=True)),
        (Range(1, 2, bounds="()"), Range(empty=True)),
        (Range(None, 3, bounds="[]"), Range(None, 4, bounds="()")),
    ],
)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_ranges_come_back_in_postgresqls_form(
    value: Range[int], expected: Range[int], database: str, request: pytest.FixtureRequest
) -> None:
    """Discrete ranges come back with an included lower and an excluded upper bound, from both databases."""
    back = stored(request.getfixturevalue(database), types.INT4RANGE)(value)
    assert (back.lower, back.upper, back.empty) == (expected.lower, expected.upper, expected.empty)
    assert back.empty or back.bounds == expected.bounds or back.lower is None


def test_a_uuid_is_36_characters_on_sqlite(sqlite: sa.Engine) -> None:
    """SQLite shows a UUID as PostgreSQL prints it, and a string that spells one is accepted."""
    key = uuid.uuid4()
    assert stored(sqlite, types.UUID)(str(key)) == key
    with sqlite.connect() as connection:
        assert connection.scalar(sa.text("SELECT value FROM t")) == str(key)


def test_numbers_are_compared_as_numbers_on_sqlite(sqlite: sa.Engine) -> None:
    """NUMERIC on SQLite orders, compares and sums like numbers."""
    table = sa.Table("t", sa.MetaData(), sa.Column("v", types.NUMERIC(12, 2)))
    table.metadata.create_all(sqlite)
    with sqlite.begin() as connection:
        for value in ("9", "10", "-1.10"):
            connection.execute(table.insert().values(v=Decimal(value)))
        assert connection.scalars(sa.select(table.c.v).order_by(table.c.v)).all() == [
            Decimal("-1.10"),
            Decimal("9.00"),
            Decimal("10.00"),
        ]
        assert connection.scalar(sa.select(sa.func.count()).where(table.c.v > Decimal(9))) == 1
        assert connection.scalar(sa.select(sa.func.sum(table.c.v))) == Decimal("17.90")


@pytest.mark.parametrize("name", CASES)
def test_types_are_cacheable(name: str) -> None:
    """Statements with these types can be cached, here and on both databases."""
    type_ = CASES[name].make()
    for one in (type_, type_.dialect_impl(postgresql.dialect()), type_.dialect_impl(sqlite_dialect.dialect())):
        assert isinstance(one._static_cache_key, tuple)
