"""Views and materialized views."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.objects.drive import created, emitted, one, orders
from trueline.catalog.objects import Comment
from trueline.catalog.objects import MaterializedView as CatalogMaterializedView
from trueline.catalog.objects import View as CatalogView
from trueline.errors import TruelineError
from trueline.objects import MaterializedView, View
from trueline.testing.servers import Server


def test_select_becomes_a_view(any_server: Server, any_empty_url: str) -> None:
    """A select() is written with its values in it; options, defaults and comment come along."""
    metadata = sa.MetaData()
    table = orders(metadata)
    View(
        "large",
        sa.select(table.c.id, table.c.total, table.c.note).where(table.c.total > 100, table.c.note.like("100%:x\\")),
        schema="shop",
        security_barrier=True,
        check_option="local",
        defaults={"total": "101"},
        comment="it's 100%",
    )
    catalog = created(metadata, any_empty_url)
    view = one(catalog, "view", "shop", "large")
    assert isinstance(view, CatalogView)
    assert "~~ '100%:x\\'::text" in view.definition
    assert view.options == ("check_option=local", "security_barrier=true")
    assert view.defaults == (("total", "101"),)
    assert one(catalog, "comment", "view", "shop", "large") == Comment(view.key, "it's 100%")
    assert any_server.version >= 15


@pytest.mark.parametrize("query", ["SELECT 1 AS one;", "  SELECT 1 AS one\n;\n"])
def test_text_becomes_a_view(empty_database_url: str, query: str) -> None:
    """SQL stands as it was written; a semicolon at its end does not matter."""
    metadata = sa.MetaData()
    View("one", query, columns=["first"], security_invoker=True, metadata=metadata)
    view = one(created(metadata, empty_database_url), "view", "public", "one")
    assert isinstance(view, CatalogView)
    assert view.columns == (("first", "integer"),)


def test_metadata_of_a_select_is_that_of_its_tables() -> None:
    """A view of a table joins the metadata of the table."""
    metadata = sa.MetaData()
    assert View("v", sa.select(orders(metadata))).metadata is metadata


def test_views_can_be_queried() -> None:
    """A view is a table to select from, always the same one, with the columns of its select()."""
    metadata = sa.MetaData()
    view = View("large", sa.select(orders(metadata).c.id), schema="shop")
    assert view.table is view.table
    assert str(sa.select(view.table).where(view.table.c.id == 1)) == (
        "SELECT shop.large.id \nFROM shop.large \nWHERE shop.large.id = :id_1"
    )


def test_materialized_view_has_indexes(any_empty_url: str) -> None:
    """Indexes are SQLAlchemy's, or whole statements; unnamed ones are named by the metadata's convention."""
    metadata = sa.MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s"})
    table = orders(metadata)
    MaterializedView(
        "sums",
        sa.select(table.c.tenant, sa.func.sum(table.c.total).label("total")).group_by(table.c.tenant),
        schema="shop",
        indexes=[
            sa.Index("uq_sums", "tenant", unique=True),
            sa.Index(None, "total", postgresql_where=sa.text("total > 5")),
            sa.Index("ix_expression", sa.text("(total + 1)"), postgresql_using="btree"),
            "CREATE INDEX ix_text ON shop.sums (tenant, total);",
        ],
        options={"fillfactor": 60, "autovacuum_enabled": False},
        settings={"total": "SET STATISTICS 50"},
        cluster="uq_sums",
        with_data=False,
        comment="per tenant",
    )
    catalog = created(metadata, any_empty_url)
    view = one(catalog, "materialized_view", "shop", "sums")
    assert isinstance(view, CatalogMaterializedView)
    assert view.options == ("autovacuum_enabled=false", "fillfactor=60")
    assert (view.clustered_on, view.populated) == ("uq_sums", False)
    assert view.settings == (("total", "SET STATISTICS 50"),)
    assert {key[2] for key in (thing.key for thing in catalog) if key[0] == "index"} == {
        "uq_sums",
        "ix_sums_total",
        "ix_expression",
        "ix_text",
    }


def test_view_with_hostile_name(any_empty_url: str) -> None:
    """Quotes, percent signs, colons, capitals and 63 bytes are names like any other."""
    metadata = sa.MetaData()
    schema, name, column = 'S "%s" :x', "é" * 31 + "x", "%(Select)s"
    View(name, f'SELECT 1 AS "{column}"', schema=schema, metadata=metadata, comment="%(x)s :y")
    view = one(created(metadata, any_empty_url), "view", schema, name)
    assert isinstance(view, CatalogView)
    assert view.columns == ((column, "integer"),)


def test_percent_signs_are_doubled_for_drivers_that_halve_them() -> None:
    """What a mock engine is given can be run through the driver as it is."""
    metadata = sa.MetaData()
    View("v", "SELECT 5 % 3 AS x", metadata=metadata)
    assert emitted(metadata) == [("view v", "CREATE VIEW v AS\nSELECT 5 %% 3 AS x")]


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("v", {"query": " "}, "view v has no query"),
        ("v", {"query": "SELECT 1", "check_option": "always"}, "has the check option 'always'"),
        ("", {"query": "SELECT 1"}, "is called ''"),
        ("v" * 64, {"query": "SELECT 1"}, "has a name of 64 bytes; PostgreSQL keeps 63"),
    ],
)
def test_what_cannot_be_a_view_is_refused(name: str, options: dict[str, object], message: str) -> None:
    """The error names the line and the way out, and nothing is registered."""
    metadata = sa.MetaData()
    with pytest.raises(TruelineError, match=message) as caught:
        View(name, metadata=metadata, **options)  # type: ignore[arg-type]
    assert f"at tests/objects/{__name__.rpartition('.')[2]}.py:" in str(caught.value)
    assert "fix:" in str(caught.value)
    View("v", "SELECT 1", metadata=metadata)


def test_what_is_no_query_is_refused_when_it_is_written() -> None:
    """A query that says nothing to SQL, or holds a value without a literal, is an error that names the view."""
    metadata = sa.MetaData()
    View("v", 5, metadata=metadata)
    with pytest.raises(TruelineError, match="view v is made of 5"):
        emitted(metadata)
    metadata = sa.MetaData()
    View("w", sa.select(sa.bindparam("x", object(), sa.LargeBinary)), metadata=metadata)
    with pytest.raises(TruelineError, match="view w cannot be written as SQL"):
        emitted(metadata)


@pytest.mark.parametrize("second", [View, MaterializedView])
def test_a_name_is_declared_once(second: type[View] | type[MaterializedView]) -> None:
    """The error names both places."""
    metadata = sa.MetaData()
    View("v", "SELECT 1", schema="s", metadata=metadata)
    with pytest.raises(TruelineError, match=r"view s\.v is declared twice") as caught:
        second("v", "SELECT 2", schema="s", metadata=metadata)
    assert len(caught.value.where) == 2
    assert caught.value.where[0] != caught.value.where[1]
