"""What autogenerate writes for a metadata that stock Alembic cannot bring to a database."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from tests.autogen.drive import NAMING, autogenerate, connected, names_left
from trueline.errors import TruelineError
from trueline.objects import Partition, ReferenceRows
from trueline.rows import upsert


class Color(enum.Enum):
    RED = "red"
    BLUE = "sky blue"


def color() -> sa.Enum:
    return sa.Enum(Color, name="color", schema="shop", values_callable=lambda members: [m.value for m in members])


def shop() -> sa.MetaData:
    """Two schemas, an enum used three ways, a circle of keys, partitions, and rows with every kind of value."""
    metadata = sa.MetaData(naming_convention=NAMING)
    sa.Table(
        "items",
        metadata,
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("latest_order_id", sa.ForeignKey("sales.orders.id", use_alter=True)),
        sa.Column("color", color()),
        schema="shop",
        info={"note": "for Python only"},
    )
    orders = sa.Table(
        "orders",
        metadata,
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("item_id", sa.ForeignKey("shop.items.id")),
        sa.Column("colors", sa.ARRAY(color())),
        sa.Column("extra", sa.JSON().with_variant(pg.JSONB(), "postgresql")),
        sa.Column("desk", sa.Integer),
        sa.Column("during", pg.TSTZRANGE),
        pg.ExcludeConstraint((sa.text("int4range(desk, desk, '[]')"), "&&"), ("during", "&&"), name="ex_desk").ddl_if(
            dialect="postgresql"
        ),
        sa.CheckConstraint("desk GLOB '*'", name="only_sqlite").ddl_if(dialect="sqlite"),
        schema="sales",
    )
    sa.Index("ix_open", orders.c.item_id, unique=True, postgresql_where=orders.c.id > 3, sqlite_where=orders.c.id > 3)
    log = sa.Table(
        "log",
        metadata,
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), primary_key=True),
        schema="sales",
        postgresql_partition_by="RANGE (at)",
    )
    Partition(log, "log_rest")
    Partition(log, "log_2026", "FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2027-01-01 00:00:00+00')")
    packages = sa.Table(
        "packages",
        metadata,
        sa.Column("slug", sa.String(20), primary_key=True),
        sa.Column("price", sa.Numeric(10, 2), nullable=False),
        sa.Column("tags", sa.ARRAY(sa.Text)),
        sa.Column("meta", pg.JSONB),
        sa.Column("on", sa.Boolean),
        sa.Column("color", color()),
    )
    ReferenceRows(packages, ("slug",), [
        {"slug": "free", "price": Decimal(0), "tags": ["a", 'b"c\\'], "meta": {"k": "it's 100% :x"}, "on": True,
         "color": Color.BLUE},
        {"slug": "pro", "price": Decimal("29.99"), "tags": [], "meta": None, "on": False, "color": None},
    ])  # fmt: skip
    return metadata


@pytest.fixture
def connection(empty_database_url: str) -> Iterator[sa.Connection]:
    with connected(empty_database_url) as connection:
        yield connection


def test_a_generated_revision_applies_and_leaves_nothing_to_say(connection: sa.Connection) -> None:
    """Upgrading with the rendered text brings an empty database to the models."""
    metadata = shop()
    autogenerate(connection, metadata).upgrade()
    assert autogenerate(connection, metadata).diffs == []


def test_its_downgrade_leaves_nothing_behind(connection: sa.Connection) -> None:
    """Tables, partitions, enum types and schemas are all gone after the way back."""
    before = names_left(connection)
    revision = autogenerate(connection, shop())
    revision.upgrade()
    assert names_left(connection) != before
    revision.downgrade()
    assert names_left(connection) == before


def test_dropping_every_model_empties_the_database_and_comes_back(connection: sa.Connection) -> None:
    """A revision that drops everything goes both ways, circular keys included."""
    before = names_left(connection)
    autogenerate(connection, shop()).upgrade()
    dropping = autogenerate(connection, sa.MetaData(naming_convention=NAMING))
    dropping.upgrade()
    assert names_left(connection) == before
    dropping.downgrade()
    left = names_left(connection)["relations"]
    assert {"shop.items", "sales.orders", "sales.log", "packages", "sales.ix_open"} <= {*left}
    keys = sa.text("SELECT conname FROM pg_constraint WHERE contype = 'f'")
    assert {*connection.scalars(keys)} == {"fk_items_latest_order_id_orders", "fk_orders_item_id_items"}


def test_only_postgresql_reaches_the_revision(connection: sa.Connection) -> None:
    """Options and constraints for SQLite, and the models' own notes, stay out of it."""
    text = autogenerate(connection, shop()).up
    assert "sqlite" not in text
    assert "GLOB" not in text
    assert "info=" not in text


def test_an_enum_type_is_created_once_and_apart_from_its_tables(connection: sa.Connection) -> None:
    """Three columns use the type, one operation makes it."""
    text = autogenerate(connection, shop()).up
    assert text.count("op.create_enum('color', ['red', 'sky blue'], schema='shop')") == 1
    assert text.count("postgresql.ENUM(") == text.count("create_type=False") == 3


def test_one_enum_name_with_two_meanings_is_refused(connection: sa.Connection) -> None:
    """The error names both columns and their labels."""
    metadata = sa.MetaData()
    sa.Table("a", metadata, sa.Column("x", sa.Enum("one", name="kind")))
    sa.Table("b", metadata, sa.Column("y", sa.Enum("two", name="kind")))
    with pytest.raises(TruelineError, match="different labels") as caught:
        autogenerate(connection, metadata)
    assert "a.x: one" in str(caught.value)
    assert "b.y: two" in str(caught.value)


def test_an_enum_type_in_use_elsewhere_survives_its_first_table(connection: sa.Connection) -> None:
    """Only the last user of a type takes it along."""

    def models(*names: str) -> sa.MetaData:
        metadata = sa.MetaData(naming_convention=NAMING)
        for name in names:
            kind = sa.Enum("one", name="k")
            sa.Table(name, metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("x", kind))
        return metadata

    autogenerate(connection, models("a", "b")).upgrade()
    assert "drop_enum" not in autogenerate(connection, models("b")).up
    autogenerate(connection, models("b")).upgrade()
    assert "op.drop_enum('k')" in autogenerate(connection, models()).up


def test_a_new_column_creates_its_enum_type(connection: sa.Connection) -> None:
    """Stock autogenerate forgets the type of an added column: the upgrade then fails."""
    metadata = sa.MetaData(naming_convention=NAMING)
    table = sa.Table("a", metadata, sa.Column("id", sa.Integer, primary_key=True))
    autogenerate(connection, metadata).upgrade()
    table.append_column(sa.Column("x", sa.Enum("one", name="k")))
    added = autogenerate(connection, metadata)
    added.upgrade()
    assert autogenerate(connection, metadata).diffs == []
    added.downgrade()
    assert names_left(connection)["types"] == []


def test_partitions_made_by_a_job_are_left_alone(connection: sa.Connection) -> None:
    """A partition that no model declares is data, not schema."""
    metadata = shop()
    autogenerate(connection, metadata).upgrade()
    connection.execute(
        sa.text(
            "CREATE TABLE sales.log_2027 PARTITION OF sales.log"
            " FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')".replace(":", "\\:")
        )
    )
    assert autogenerate(connection, metadata).diffs == []


def test_a_changed_and_a_foreign_row_are_brought_back(connection: sa.Connection) -> None:
    """The revision upserts what was changed by hand, deletes what was added, and knows the way back."""
    metadata = shop()
    autogenerate(connection, metadata).upgrade()
    connection.execute(sa.text("UPDATE packages SET price = 5, \"on\" = NULL WHERE slug = 'pro'"))
    connection.execute(sa.text("INSERT INTO packages (slug, price, tags) VALUES ('x', 1, '{p,NULL}')"))
    by_hand = connection.execute(sa.text("SELECT * FROM packages ORDER BY slug")).all()
    revision = autogenerate(connection, metadata)
    revision.upgrade()
    assert autogenerate(connection, metadata).diffs == []
    revision.downgrade()
    assert connection.execute(sa.text("SELECT * FROM packages ORDER BY slug")).all() == by_hand


def test_a_second_upsert_does_not_touch_the_rows(connection: sa.Connection) -> None:
    """Rows that are right already keep their version, so that nothing is written or locked for them."""
    autogenerate(connection, shop()).upgrade()
    connection.commit()
    versions = sa.select(sa.literal_column("ctid", sa.Text)).select_from(sa.table("packages"))
    before = connection.execute(versions).all()
    row = {"slug": "pro", "price": "29.990", "tags": "{}", "meta": None, "on": False, "color": None}
    connection.execute(upsert("packages", ["slug"], [row]))
    assert connection.execute(versions).all() == before


def test_rows_that_others_refer_to_do_not_block_the_way_back(connection: sa.Connection) -> None:
    """A revision that creates a table with its rows drops both together, whatever the application has written since."""
    metadata = shop()
    metadata.tables["sales.orders"].append_column(sa.Column("package", sa.ForeignKey("packages.slug")))
    before = names_left(connection)
    revision = autogenerate(connection, metadata)
    revision.upgrade()
    connection.execute(sa.text("INSERT INTO sales.orders (package) VALUES ('free')"))
    assert "delete_rows" not in revision.down
    revision.downgrade()
    assert names_left(connection) == before


def test_rows_that_come_later_are_deleted_on_the_way_back(connection: sa.Connection) -> None:
    """Where the table was there before, the downgrade takes only the new rows."""
    metadata = sa.MetaData()
    table = sa.Table("p", metadata, sa.Column("slug", sa.Text, primary_key=True))
    autogenerate(connection, metadata).upgrade()
    connection.execute(sa.text("INSERT INTO p VALUES ('mine')"))
    ReferenceRows(table, ("slug",), [{"slug": "a"}], complete=False)
    revision = autogenerate(connection, metadata)
    revision.upgrade()
    revision.downgrade()
    assert connection.scalars(sa.select(table.c.slug)).all() == ["mine"]


def test_rows_that_others_may_add_stay(connection: sa.Connection) -> None:
    """``complete=False`` leaves unlisted rows alone."""
    metadata = sa.MetaData()
    table = sa.Table("p", metadata, sa.Column("slug", sa.Text, primary_key=True))
    ReferenceRows(table, ("slug",), [{"slug": "a"}], complete=False)
    autogenerate(connection, metadata).upgrade()
    connection.execute(sa.text("INSERT INTO p VALUES ('mine')"))
    assert autogenerate(connection, metadata).diffs == []


def test_one_schema_at_a_time(connection: sa.Connection) -> None:
    """``-x schema=shop`` writes only what belongs to that schema."""
    metadata = sa.MetaData(naming_convention=NAMING)
    sa.Table("a", metadata, sa.Column("id", sa.Integer, primary_key=True), schema="shop")
    sa.Table("b", metadata, sa.Column("id", sa.Integer, primary_key=True), schema="sales")
    revision = autogenerate(connection, metadata, "shop")
    assert "sales" not in revision.up
    revision.upgrade()
    rest = autogenerate(connection, metadata)
    assert "'shop'" not in rest.up
    assert "create_schema('sales')" in rest.up


def test_create_all_makes_partitions_and_rows_too(connection: sa.Connection) -> None:
    """A database made by ``create_all`` has what a migrated one has."""
    metadata = shop()
    for name in ("shop", "sales"):
        connection.execute(sa.schema.CreateSchema(name))
    metadata.create_all(connection)
    assert autogenerate(connection, metadata).diffs == []


def test_a_key_to_a_schema_that_is_left_out_waits_for_it(connection: sa.Connection) -> None:
    """The table comes without the key, and the revision that brings the target adds it."""
    metadata = sa.MetaData(naming_convention=NAMING)
    key: sa.Column[int] = sa.Column("b_id", sa.ForeignKey("sales.b.id"))
    sa.Table("a", metadata, sa.Column("id", sa.Integer, primary_key=True), key, schema="shop")
    sa.Table("b", metadata, sa.Column("id", sa.Integer, primary_key=True), schema="sales")
    first = autogenerate(connection, metadata, "shop")
    assert "ForeignKey" not in first.up
    first.upgrade()
    second = autogenerate(connection, metadata, "shop", "sales")
    assert "op.create_foreign_key(op.f('fk_a_b_id_b')" in second.up
    second.upgrade()
    assert autogenerate(connection, metadata).diffs == []


def colours(*more: sa.Column[str], rows: list[dict[str, str]]) -> sa.MetaData:
    metadata = sa.MetaData()
    table = sa.Table("p", metadata, sa.Column("slug", sa.Text, primary_key=True), *more)
    ReferenceRows(table, ("slug",), rows)
    return metadata


def test_a_new_column_takes_its_values_from_the_rows(connection: sa.Connection) -> None:
    """It becomes NOT NULL when the rows have their values; nothing fails on the way there, nor back."""
    autogenerate(connection, colours(rows=[{"slug": "a"}, {"slug": "b"}])).upgrade()
    connection.execute(sa.text("INSERT INTO p VALUES ('x')"))
    rows = [{"slug": "a", "color": "red"}, {"slug": "c", "color": "blue"}]
    metadata = colours(sa.Column("color", sa.Text, nullable=False), rows=rows)
    revision = autogenerate(connection, metadata)
    assert revision.found.fails == ()
    revision.upgrade()
    assert autogenerate(connection, metadata).diffs == []
    revision.downgrade()
    assert sorted(connection.scalars(sa.text("SELECT slug FROM p"))) == ["a", "b", "x"]


def test_a_column_that_becomes_required_takes_its_values_from_the_rows(connection: sa.Connection) -> None:
    """The rows come first, and then the NOT NULL."""
    autogenerate(connection, colours(sa.Column("color", sa.Text), rows=[{"slug": "a"}])).upgrade()
    metadata = colours(sa.Column("color", sa.String(9), nullable=False), rows=[{"slug": "a", "color": "red"}])
    revision = autogenerate(connection, metadata)
    revision.upgrade()
    assert autogenerate(connection, metadata).diffs == []
    revision.downgrade()
    assert connection.execute(sa.text("SELECT * FROM p")).all() == [("a", None)]


def test_rows_can_do_without_a_column_that_goes(connection: sa.Connection) -> None:
    """It goes before rows come that have no value for it."""
    rows = [{"slug": "a", "color": "red"}]
    autogenerate(connection, colours(sa.Column("color", sa.Text, nullable=False), rows=rows)).upgrade()
    metadata = colours(rows=[{"slug": "a"}, {"slug": "b"}])
    autogenerate(connection, metadata).upgrade()
    assert autogenerate(connection, metadata).diffs == []
