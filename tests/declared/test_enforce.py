"""What fields say, as CHECKs that PostgreSQL holds everyone to."""

import datetime as dt
import enum
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

import annotated_types as at
import pytest
from pydantic import PositiveInt, constr
from sqlalchemy import CheckConstraint, Engine, String, Table, bindparam, insert, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.schema import CreateTable

from tests.declared.conftest import Build
from trueline import Field, Model
from trueline.declared.enforce import PatternError
from trueline.types import LowerText


class Colour(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


def checks(model: type[Model]) -> dict[str, str]:
    """Name and text of every CHECK, as PostgreSQL is given them."""
    table: Table = model.__table__
    ddl = str(CreateTable(table).compile(dialect=postgresql.dialect()))
    return dict(re.findall(r"CONSTRAINT (\S+) CHECK \((.*)\)(?:,|$)", ddl, re.MULTILINE))


def test_constraints_become_checks_with_telling_names() -> None:
    """Every bound, length, pattern and choice is a CHECK named after table, column and kind."""

    class Item(Model, table=True):
        id: int = Field(primary_key=True)
        name: str = Field(min_length=2, max_length=9)
        code: str = Field(pattern=r"^\w+$")
        email: str = Field(sa_type=LowerText(99))
        body: bytes = Field(max_length=4)
        amount: int = Field(ge=0, lt=100, multiple_of=5)
        share: float = Field(gt=-0.5, le=0.00001)
        ratio: float = Field(multiple_of=0.25)
        price: Decimal = Field(ge=Decimal("0.01"), decimal_places=2)
        total: Decimal = Field(max_digits=6, decimal_places=2, ge=0)
        digits: Decimal = Field(max_digits=4)
        since: dt.date = Field(ge=dt.date(2020, 2, 1))
        until: dt.datetime = Field(lt=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
        length: dt.timedelta = Field(gt=dt.timedelta(0))
        colour: Literal["it's", "blue"] | None = None
        size: Literal[1, 2] = 1
        sole: Literal[Colour.RED] = Colour.RED
        tags: list[Literal["a", "b"]] = Field(default_factory=list, min_length=1)
        counts: list[Annotated[int, at.Ge(0)]] = Field(default_factory=list)
        rank: PositiveInt | None = None
        short: constr(max_length=3, min_length=1) | None = None  # type: ignore[valid-type]  # pydantic's call form

    assert checks(Item) == {
        "ck_item_name_min_length": "length(name) >= 2",
        "ck_item_code_pattern": r"code ~ '^\w+$'",
        "ck_item_email_lower": "email = lower(email)",
        "ck_item_body_max_length": "length(body) <= 4",
        "ck_item_amount_ge": "amount >= 0",
        "ck_item_amount_lt": "amount < 100",
        "ck_item_amount_multiple_of": "mod(amount, 5) = 0",
        "ck_item_share_gt": "share > -0.5",
        "ck_item_share_le": "share <= 0.00001",
        "ck_item_ratio_multiple_of": "mod(CAST(ratio AS NUMERIC), 0.25) = 0",
        "ck_item_price_ge": "price >= 0.01",
        "ck_item_price_decimal_places": "round(price, 2) = price",
        "ck_item_total_ge": "total >= 0",
        "ck_item_digits_max_digits": "abs(digits) < 10000",
        "ck_item_since_ge": "since >= '2020-02-01'",
        "ck_item_until_lt": "until < '2030-01-01 00:00:00+00:00'",
        "ck_item_length_gt": "length > '0.000000 seconds'",
        "ck_item_colour_choice": "colour IN ('it''s', 'blue')",
        "ck_item_size_choice": "size IN (1, 2)",
        "ck_item_sole_choice": "sole IN ('red')",
        "ck_item_tags_choice": "tags <@ CAST(ARRAY['a', 'b'] AS VARCHAR[])",
        "ck_item_tags_min_length": "cardinality(tags) >= 1",
        "ck_item_counts_items_ge": "0 <= ALL (counts)",
        "ck_item_rank_gt": "rank > 0",
        "ck_item_short_min_length": "length(short) >= 1",
    }


CASES: list[tuple[Any, Any, Iterable[Any], Iterable[Any]]] = [
    (str, Field(min_length=2, max_length=3), ["ab", "äöü"], ["a", "abcd"]),
    (str | None, Field(default=None, min_length=2), [None, "ab"], ["a"]),
    (bytes, Field(min_length=1, max_length=2), [b"a", b"\x00\xff"], [b"", b"abc"]),
    (int, Field(ge=0, le=10, multiple_of=5), [0, 5, 10], [-5, 15, 3]),
    (float, Field(gt=0, lt=1, multiple_of=0.1), [0.3, 0.7], [0.0, 1.0, 0.35]),
    (Decimal, Field(max_digits=5, decimal_places=2, ge=0), [Decimal("999.99")], [Decimal("-0.01"), Decimal(1000)]),
    (Decimal, Field(decimal_places=1), [Decimal("1.50"), Decimal("1e20")], [Decimal("1.55")]),
    (dt.date, Field(gt=dt.date(2020, 1, 1)), [dt.date(2020, 1, 2)], [dt.date(2020, 1, 1)]),
    (
        dt.datetime,
        Field(ge=dt.datetime(2020, 1, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))),
        [dt.datetime(2020, 1, 1, 10, tzinfo=dt.UTC)],
        [dt.datetime(2020, 1, 1, 9, 59, tzinfo=dt.UTC)],
    ),
    (dt.timedelta, Field(le=dt.timedelta(minutes=5)), [dt.timedelta(seconds=300)], [dt.timedelta(seconds=301)]),
    (dt.time, Field(ge=dt.time(8)), [dt.time(8, 0)], [dt.time(7, 59, 59)]),
    (Literal["50%", "it's :a", "b\\"] | None, Field(default=None), ["50%", "it's :a", "b\\", None], ["50%%", "x"]),
    (Literal[1, 3], Field(), [1, 3], [2]),
    (Literal[True], Field(), [True], [False]),
    (list[Literal["a", "b"]], Field(max_length=2), [[], ["a"], ["b", "b"]], [["c"], ["a", "b", "a"]]),
    (list[Annotated[int, at.Gt(0)]], Field(), [[], [1, 2]], [[0], [1, -1]]),
    (str, Field(pattern=r'^(?:50%|a:b|"it\'s"|\\d)$'), ["50%", "a:b", '"it\'s"', "\\d"], ["51%", "a", "7"]),
    (str, Field(regex=r"^\d{2}:\d{2}$"), ["12:30"], ["1:30", "12:300", "ab:cd"]),
    (str, Field(sa_type=LowerText(9)), ["ab", "ä"], []),
]


@pytest.mark.parametrize(("annotation", "field", "good", "bad"), CASES, ids=range(len(CASES)))
def test_postgresql_accepts_and_refuses(
    annotation: Any, field: Any, good: Iterable[Any], bad: Iterable[Any], postgres: Engine, build: Build
) -> None:
    """PostgreSQL takes the values that the field allows and refuses the others, whoever writes them."""
    Thing: Any = _model(annotation, field)  # noqa: N806 - a class
    build(postgres)
    for value in good:
        with postgres.begin() as connection:
            connection.execute(insert(Thing).values(value=value))
    for value in bad:
        with pytest.raises((IntegrityError, DataError)), postgres.begin() as connection:
            connection.execute(insert(Thing).values(value=value))


def _model(annotation: Any, field: Any) -> Any:
    class Thing(Model, table=True):
        id: int | None = Field(default=None, primary_key=True)
        value: annotation = field

    return Thing


def test_other_writers_are_held_to_lower_case(postgres: Engine, build: Build) -> None:
    """What does not go through `LowerText` has to be lower case already."""
    _model(str, Field(sa_type=LowerText(9)))
    build(postgres)
    with pytest.raises(IntegrityError, match="ck_thing_value_lower"), postgres.begin() as connection:
        connection.execute(text("INSERT INTO thing (value) VALUES ('Ab')"))


@pytest.mark.parametrize(("annotation", "field", "good", "bad"), CASES, ids=range(len(CASES)))
def test_a_table_on_sqlite_takes_what_the_field_allows(
    annotation: Any, field: Any, good: Iterable[Any], bad: Iterable[Any], sqlite: Engine, build: Build
) -> None:
    """Every such table can be made on SQLite and takes the same values."""
    del bad
    Thing: Any = _model(annotation, field)  # noqa: N806 - a class
    build(sqlite)
    for value in good:
        with sqlite.begin() as connection:
            connection.execute(insert(Thing).values(value=value))


def test_alembic_renders_checks_that_mean_the_same(postgres: Engine, build: Build) -> None:
    """A CHECK as Alembic writes it into a revision is the one that ``create_all`` makes."""
    from alembic.autogenerate import api, render
    from alembic.migration import MigrationContext

    class Thing(Model, table=True):
        id: int | None = Field(default=None, primary_key=True)
        code: str = Field(pattern=r"^(?:50%|a:b|:c|\"it's\"|\\d)$", min_length=1)

    build(postgres)
    query = text(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'c' AND conrelid = 'thing'::regclass"
    )
    with postgres.begin() as connection:
        made = connection.execute(query).all()
        migration = MigrationContext.configure(connection)
        prefixes = {"sqlalchemy_module_prefix": "sa.", "alembic_module_prefix": "op.", "render_item": None}
        context = api.AutogenContext(migration, Thing.metadata, opts=prefixes)
        rendered = [
            render._render_check_constraint(constraint, context, None)
            for constraint in Thing.__table__.constraints
            if isinstance(constraint, CheckConstraint)
        ]
        connection.execute(text("DROP TABLE thing"))
        import sqlalchemy as sa
        from alembic.operations import Operations

        names = {"sa": sa, "op": Operations(migration)}
        columns: list[Any] = [sa.Column("id", sa.Integer, primary_key=True), sa.Column("code", String)]
        Operations(migration).create_table("thing", *columns, *(eval(code, names) for code in rendered if code))  # noqa: S307 - what a revision would do
        assert sorted(connection.execute(query).all()) == sorted(made)
        connection.execute(text("INSERT INTO thing (id, code) VALUES (1, :c)").bindparams(bindparam("c", "a:b")))


class Wide(Model):
    """Fields that several tables share."""

    size: int = Field(ge=0, description="How big it is")


def test_tables_enforce_what_their_bases_say() -> None:
    """Fields of a base that is no table are enforced in every table below it."""

    class One(Wide, table=True):
        id: int = Field(primary_key=True)

    class Two(Wide, table=True):
        id: int = Field(primary_key=True)

    assert checks(One) == {"ck_one_size_ge": "size >= 0"}
    assert checks(Two) == {"ck_two_size_ge": "size >= 0"}
    assert Two.__table__.c.size.comment == "How big it is"


def test_a_field_can_leave_a_rule_to_python() -> None:
    """``unenforced`` on a field takes one of its rules out of the database."""

    class Item(Model, table=True):
        id: int = Field(primary_key=True)
        amount: int = Field(ge=0, description="kept", unenforced={"range"})
        code: str = Field(pattern=r"(?P<a>a)", max_length=3, unenforced={"pattern"})

    assert checks(Item) == {}
    assert Item.__table__.c.amount.comment == "kept"
    assert str(Item.__table__.c.code.type) == "VARCHAR(3)"


def test_a_model_can_leave_rules_to_python() -> None:
    """``__unenforced__`` takes rules out of the database for a whole model."""

    class Item(Model, table=True):
        """A thing."""

        __unenforced__: ClassVar = {"range", "comment"}
        id: int = Field(primary_key=True)
        amount: int = Field(ge=0, min_length=None, description="gone")
        kind: Literal["a"] = "a"

    assert checks(Item) == {"ck_item_kind_choice": "kind IN ('a')"}
    assert Item.__table__.comment is None
    assert Item.__table__.c.amount.comment is None


def test_a_project_can_leave_rules_to_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """``[tool.trueline] unenforced`` takes rules out of the database everywhere."""
    monkeypatch.setenv("TRUELINE_UNENFORCED", "range")

    class Item(Model, table=True):
        id: int = Field(primary_key=True)
        amount: int = Field(ge=0)
        kind: Literal["a"] = "a"

    assert checks(Item) == {"ck_item_kind_choice": "kind IN ('a')"}


def test_a_check_of_the_models_own_is_not_doubled() -> None:
    """A CHECK that the model gave the same name takes the place of the one that would be made."""

    class Item(Model, table=True):
        __table_args__ = (CheckConstraint("amount >= 1", name="amount_ge"),)
        id: int = Field(primary_key=True)
        amount: int = Field(ge=0)

    assert checks(Item) == {"ck_item_amount_ge": "amount >= 1"}


def test_a_pattern_that_postgresql_lacks_is_refused_at_once() -> None:
    """A pattern that cannot be carried over is an error that names the field and how to keep it in Python."""
    with pytest.raises(PatternError) as caught:

        class Item(Model, table=True):
            id: int = Field(primary_key=True)
            code: str = Field(pattern=r"^\p{L}+$")

    assert r"'^\\p{L}+$' uses \p" in str(caught.value)
    assert "(class " in str(caught.value)
    assert "field code" in str(caught.value)
    assert 'unenforced={"pattern"}' in str(caught.value)


def test_infinite_bounds_are_no_bounds() -> None:
    """A bound that every value is within makes no CHECK."""

    class Item(Model, table=True):
        id: int = Field(primary_key=True)
        share: float = Field(lt=float("inf"))

    assert checks(Item) == {}


def test_descriptions_and_docstrings_become_comments() -> None:
    """A field's description is its column's comment, the docstring's first line the table's."""

    class Item(Model, table=True):
        """A thing that is sold.

        More about it.
        """

        id: int = Field(primary_key=True)
        name: str = Field(description="What it's called: 100%")
        other: str = Field(description="not this", sa_column_kwargs={"comment": "but this"})

    table = Item.__table__
    assert table.comment == "A thing that is sold."
    assert (table.c.id.comment, table.c.name.comment, table.c.other.comment) == (
        None,
        "What it's called: 100%",
        "but this",
    )
