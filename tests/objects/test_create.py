"""What ``create_all`` and ``drop_all`` do about declarations, and in which order."""

from __future__ import annotations

import enum
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from tests.objects.drive import create, created, emitted, labels, one, orders, read
from trueline.declared.create import CreateObject
from trueline.errors import TruelineError
from trueline.objects import (
    Domain,
    Extension,
    Function,
    Grant,
    MaterializedView,
    Policy,
    Procedure,
    ReferenceRows,
    RowSecurity,
    Statement,
    Trigger,
    View,
)


class State(enum.StrEnum):
    OPEN = "open"
    DONE = "done"


def everything(metadata: sa.MetaData) -> sa.Table:
    """One of each kind, each declared before what it needs."""
    Grant("select", on="shop.totals", to="public", metadata=metadata)
    Trigger("tg", on="shop.orders", function="shop.touch", events="update", metadata=metadata)
    Policy("own", on="shop.orders", using="tenant = shop.tenant()", metadata=metadata)
    RowSecurity("shop.orders", metadata=metadata)
    View("twice", "SELECT t.* FROM shop.totals AS t, shop.sums", schema="shop", metadata=metadata)
    MaterializedView("sums", "SELECT * FROM shop.totals", schema="shop", metadata=metadata)
    View("totals", "SELECT note, shop.rows_of() AS r FROM shop.orders", schema="shop", metadata=metadata)
    Function(
        "rows_of",
        returns="SETOF shop.orders",
        body="BEGIN ATOMIC SELECT * FROM shop.orders; END",
        language="sql",
        schema="shop",
        metadata=metadata,
    )
    Function("state", "a shop.state", "text", body="RETURN a::text", language="sql", schema="shop", metadata=metadata)
    Function("tenant", returns="integer", body="SELECT 1", language="sql", schema="shop", metadata=metadata)
    Function("touch", returns="trigger", body="BEGIN RETURN NEW; END", schema="shop", metadata=metadata)
    Function("ok", "a text", "boolean", body="RETURN a <> ''", language="sql", schema="shop", metadata=metadata)
    Procedure("p", body="BEGIN PERFORM * FROM shop.twice; END", schema="shop", metadata=metadata)
    Domain("word", sa.Text(), schema="shop", checks=["shop.ok(VALUE)"], metadata=metadata)
    Statement("CREATE TYPE shop.pair AS (a shop.word, b shop.state)", metadata=metadata)
    Statement("COMMENT ON VIEW shop.twice IS 'x'", metadata=metadata)
    Extension("plpgsql", metadata=metadata)
    return sa.Table(
        "orders",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tenant", sa.Integer, server_default=sa.text("shop.tenant()")),
        sa.Column("state", sa.Enum(State, name="state", schema="shop", values_callable=lambda e: [m.value for m in e])),
        sa.Column("note", Domain("note", sa.Text(), schema="shop", metadata=metadata).column_type),
        schema="shop",
    )


def test_order_is_found() -> None:
    """Whatever the order of declaration, what is needed comes first; tables where they are needed."""
    metadata = sa.MetaData()
    everything(metadata)
    order = labels(metadata)
    for first, second in [
        ("schema shop", "extension plpgsql"),
        ("function shop.ok(a text)", "domain shop.word"),
        ("domain shop.word", "type shop.pair"),
        ("function shop.rows_of()", "view shop.totals"),
        ("view shop.totals", "materialized view shop.sums"),
        ("materialized view shop.sums", "view shop.twice"),
        ("view shop.twice", "statement COMMENT ON VIEW shop.twice IS 'x'"),
        ("function shop.touch()", "trigger tg of shop.orders"),
        ("view shop.totals", "grant of select on shop.totals to public"),
    ]:
        assert order.index(first) < order.index(second), (first, second, order)


def test_everything_can_be_created(any_empty_url: str) -> None:
    """PostgreSQL takes the order; what is there already is left alone the second time."""
    metadata = sa.MetaData()
    everything(metadata)
    first = created(metadata, any_empty_url)
    create(metadata, any_empty_url)
    assert read(any_empty_url) == first
    assert {"view", "materialized_view", "function", "procedure", "trigger", "policy", "domain", "composite"} <= {
        thing.kind for thing in first
    }


def test_everything_can_be_dropped(any_empty_url: str) -> None:
    """drop_all takes declarations with it, so that create_all can begin anew; schemas and extensions stay."""
    metadata = sa.MetaData()
    everything(metadata)
    engine = sa.create_engine(any_empty_url, poolclass=NullPool)
    before = read(any_empty_url)
    metadata.create_all(engine)
    metadata.drop_all(engine)
    left = {thing.key for thing in read(any_empty_url)} - {thing.key for thing in before}
    assert left == {("schema", "shop")}
    metadata.create_all(engine)


def test_without_a_transaction_it_works_too(empty_database_url: str) -> None:
    """On a connection that commits each statement there are no savepoints, and none are needed."""
    metadata = sa.MetaData()
    everything(metadata)
    engine = sa.create_engine(empty_database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    metadata.create_all(engine)
    metadata.create_all(engine)
    one(read(empty_database_url), "view", "shop", "twice")


def test_some_tables_only(empty_database_url: str) -> None:
    """Where the caller names tables, what speaks of another one is left out."""
    metadata = sa.MetaData()
    table = orders(metadata)
    other = sa.Table("others", metadata, sa.Column("id", sa.Integer), schema="shop")
    View("v", sa.select(table.c.id), schema="shop")
    View("w", sa.select(other.c.id), schema="shop")
    engine = sa.create_engine(empty_database_url, poolclass=NullPool)
    metadata.create_all(engine, tables=[table])
    kinds = {thing.key for thing in read(empty_database_url)}
    assert ("view", "shop", "v") in kinds
    assert ("view", "shop", "w") not in kinds


def test_sqlite_has_tables_alone() -> None:
    """On SQLite nothing is created but tables and their rows."""
    metadata = sa.MetaData()
    table = orders(metadata, schema=None)
    View("v", sa.select(table.c.id))
    Function("f", body="x", metadata=metadata)
    Trigger("tg", on=table, function="f", events="insert")
    ReferenceRows(table, ("id",), [{"id": 1, "total": 5}])
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        assert connection.execute(sa.text("SELECT count(*) FROM orders")).scalar() == 1
        assert sa.inspect(connection).get_view_names() == []
        metadata.drop_all(connection)
    engine.dispose()


def test_rows_arrive_before_triggers(empty_database_url: str) -> None:
    """Reference rows are what they were declared as, whatever a trigger would make of them."""
    metadata = sa.MetaData()
    table = orders(metadata)
    ReferenceRows(table, ("id",), [{"id": 1, "total": 5, "note": "as declared"}])
    body = "BEGIN NEW.note := 'changed'; RETURN NEW; END"
    function = Function("f", returns="trigger", body=body, schema="shop", metadata=metadata)
    Trigger("tg", on=table, function=function, timing="before", events="insert")
    create(metadata, empty_database_url)
    engine = sa.create_engine(empty_database_url, poolclass=NullPool)
    with engine.connect() as connection:
        assert connection.execute(sa.select(table.c.note)).scalar() == "as declared"


def test_mock_engine_is_told_what_each_statement_is_for() -> None:
    """Every statement of a declaration carries it, and a label."""
    metadata = sa.MetaData()
    view = View("v", "SELECT 1", metadata=metadata, comment="c")
    seen: list[Any] = []
    engine = sa.create_mock_engine("postgresql+psycopg://", lambda element, *_: seen.append(element))
    metadata.create_all(engine)
    assert all(isinstance(element, CreateObject) for element in seen)
    assert [(element.object, element.label) for element in seen] == [(view, "view v"), (view, "view v")]


def test_hints_give_way() -> None:
    """A column that is called like a view is no reason to turn the order of what is sure around."""
    metadata = sa.MetaData()
    View("a", "SELECT 1 AS b", schema="s", metadata=metadata)
    View("b", "SELECT * FROM s.a", schema="s", metadata=metadata)
    assert labels(metadata) == ["schema s", "view s.a", "view s.b"]


@pytest.mark.parametrize("name", ["null", "n"])
def test_a_bare_name_gives_way(name: str) -> None:
    """A keyword that a view is called like, or a column that is, is less sure than a name with its schema."""
    metadata = sa.MetaData()
    View(name, f'TABLE s."{name}"', metadata=metadata)
    MaterializedView(name, "SELECT n FROM (SELECT 1 AS n) t WHERE n IS NOT NULL", "s", metadata=metadata)
    assert labels(metadata) == ["schema s", f"materialized view s.{name}", f"view {name}"]


def test_a_comment_waits_for_its_policy(empty_database_url: str) -> None:
    """A policy that waits for a view that is called like a word of it has its comment after it; so has a trigger."""
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("n", sa.Integer))
    Function("f", returns="trigger", language="plpgsql", body="BEGIN RETURN NEW; END", metadata=metadata)
    Statement("COMMENT ON POLICY p ON public.t IS 'x'", metadata=metadata)
    Statement("COMMENT ON TRIGGER g ON t IS 'x'", metadata=metadata)
    View("check", "SELECT n FROM t", metadata=metadata)
    View("update", "SELECT n FROM t", metadata=metadata)
    Policy("p", "t", using="true", with_check="n > 0", metadata=metadata)
    Trigger("g", "t", "f", timing="before", events="update", metadata=metadata)
    create(metadata, empty_database_url)
    names = labels(metadata)
    assert names.index("policy p of t") < names.index("statement COMMENT ON POLICY p ON public.t IS 'x'")


def test_bodies_are_hints() -> None:
    """A view that is filled by a function comes after what the function's body speaks of."""
    metadata = sa.MetaData()
    MaterializedView("a", "SELECT s.f()", schema="s", metadata=metadata)
    Function("f", returns="bigint", body="SELECT count(*) FROM s.z", language="sql", schema="s", metadata=metadata)
    MaterializedView("z", "SELECT 1", schema="s", metadata=metadata)
    assert labels(metadata)[1:] == ["function s.f()", "materialized view s.z", "materialized view s.a"]


def test_a_table_and_a_function_may_share_a_name(any_empty_url: str) -> None:
    """A parenthesis tells which of the two is meant."""
    metadata = sa.MetaData()
    sa.Table("x", metadata, sa.Column("id", sa.Integer), schema="s")
    View("v", "SELECT s.x(1) AS one, s.y() AS two FROM s.x", schema="s", metadata=metadata)
    Function("x", "a integer", "integer", body="RETURN a", language="sql", schema="s", metadata=metadata)
    View("y", "SELECT * FROM s.x", schema="s", metadata=metadata)
    Function(
        "y", returns="bigint", body="RETURN (SELECT count(*) FROM s.y)", language="sql", schema="s", metadata=metadata
    )
    created(metadata, any_empty_url)


@pytest.mark.parametrize("early", [True, False])
def test_place_of_a_routine_can_be_said(early: bool) -> None:
    """Where its text does not tell, the declaration does."""
    metadata = sa.MetaData()
    orders(metadata)
    Function("f", body="x", metadata=metadata, before_tables=early)
    texts = [text.split(" ")[1] for label, text in tables_too(metadata) if label != "settings"]
    assert (texts.index("FUNCTION") < texts.index("TABLE")) is early


def tables_too(metadata: sa.MetaData) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def take(element: Any, *_: object) -> None:
        found.append((getattr(element, "label", ""), str(element.compile(dialect=engine.dialect)).strip()))

    engine = sa.create_mock_engine("postgresql+psycopg://", take)
    metadata.create_all(engine)
    return found


def test_a_name_that_another_kind_has_is_no_silent_success(empty_database_url: str) -> None:
    """What is there already is left alone; an index that somebody else's name stands in the way of is an error."""
    metadata = sa.MetaData()
    sa.Table("taken", metadata, sa.Column("id", sa.Integer))
    MaterializedView("m", "SELECT 1 AS x", indexes=["CREATE INDEX taken ON m (x)"], metadata=metadata)
    with pytest.raises(TruelineError, match="PostgreSQL refuses materialized view m"):
        create(metadata, empty_database_url)


def test_nothing_is_emitted_without_declarations() -> None:
    """A metadata of tables alone is created as SQLAlchemy does it."""
    metadata = sa.MetaData()
    orders(metadata, schema=None)
    assert emitted(metadata) == []
