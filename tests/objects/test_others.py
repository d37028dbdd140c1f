"""Policies, row security, extensions, domains, grants, and statements for everything else."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from tests.objects.drive import create, created, emitted, one, orders
from trueline.catalog.objects import Column, Table
from trueline.catalog.objects import Domain as CatalogDomain
from trueline.catalog.objects import Grant as CatalogGrant
from trueline.catalog.objects import Policy as CatalogPolicy
from trueline.errors import TruelineError
from trueline.objects import Domain, Extension, Function, Grant, Policy, Procedure, RowSecurity, Statement, View


def test_policy(any_empty_url: str) -> None:
    """A policy may be written as SQL or as an expression, for one command and for some roles."""
    metadata = sa.MetaData()
    table = orders(metadata)
    Policy("own", on=table, using="tenant = 7", with_check=table.c.total > 5, comment="c")
    Policy(
        "not %", on=table, command="select", permissive=False, to=["pg_monitor", "public"], using=table.c.note != "%"
    )
    RowSecurity(table, force=True)
    catalog = created(metadata, any_empty_url)
    own, restrictive = (one(catalog, "policy", "shop", "orders", name) for name in ("own", "not %"))
    assert isinstance(own, CatalogPolicy)
    assert isinstance(restrictive, CatalogPolicy)
    assert (own.using, own.check) == ("(tenant = 7)", "(total > (5)::numeric)")
    assert (restrictive.command, restrictive.permissive) == ("SELECT", False)
    found = one(catalog, "table", "shop", "orders")
    assert isinstance(found, Table)
    assert (found.row_security, found.force_row_security) == (True, True)
    assert ("comment", *own.key) in catalog


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"command": "merge"}, "is for 'merge'"),
        ({"command": "insert", "using": "true"}, "is for insert, which sees no rows"),
        ({"command": "delete", "with_check": "true"}, "is for delete, which writes no rows"),
    ],
)
def test_wrong_policies_are_refused(options: dict[str, Any], message: str) -> None:
    """A command that there is not, and a condition that a command does not take, are errors where they are written."""
    with pytest.raises(TruelineError, match=f"policy p of shop.orders {message}"):
        Policy("p", on=orders(sa.MetaData()), **options)


def test_row_security_is_declared_once() -> None:
    """A table has it or not."""
    table = orders(sa.MetaData())
    RowSecurity(table)
    with pytest.raises(TruelineError, match=r"row security shop\.orders is declared twice"):
        RowSecurity("shop.orders", metadata=table.metadata)


def test_extension(any_empty_url: str) -> None:
    """What is installed stays as it is; schema and version can be chosen."""
    metadata = sa.MetaData()
    Extension("plpgsql", metadata=metadata)
    assert ("extension", "plpgsql") in created(metadata, any_empty_url)
    chosen = sa.MetaData()
    Extension("my-ext", "Schema", "1.0", cascade=True, metadata=chosen)
    assert [text for label, text in emitted(chosen) if label != "settings"] == [
        'CREATE SCHEMA IF NOT EXISTS "Schema"',
        """CREATE EXTENSION IF NOT EXISTS "my-ext" SCHEMA "Schema" VERSION '1.0' CASCADE""",
    ]


def test_domain(any_empty_url: str) -> None:
    """A domain has a type of SQLAlchemy, a default, checks with and without names, and serves as a column's type."""
    metadata = sa.MetaData()
    email = Domain(
        "email %",
        sa.String(50),
        schema="shop",
        default=sa.literal("a@b%"),
        not_null=True,
        checks={"at": "VALUE LIKE '%@%'", "short": sa.func.length(sa.literal_column("VALUE")) < 40},
        collation='"C"',
        comment="d",
        metadata=metadata,
    )
    Domain("plain", "numeric(4, 2)", checks=["VALUE > 0", "VALUE < 9"], metadata=metadata)
    sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("mail", email.column_type))
    catalog = created(metadata, any_empty_url)
    found = one(catalog, "domain", "shop", "email %")
    assert isinstance(found, CatalogDomain)
    assert (found.type, found.default, found.not_null) == ("character varying(50)", "'a@b%'::character varying", True)
    assert [check.name for check in found.checks] == ["at", "short"]
    plain = one(catalog, "domain", "public", "plain")
    assert isinstance(plain, CatalogDomain)
    assert len(plain.checks) == 2
    column = one(catalog, "column", "public", "t", "mail")
    assert isinstance(column, Column)
    assert column.type == 'shop."email %"'
    assert ("comment", *found.key) in catalog


def test_domain_is_its_own_type_on_sqlite() -> None:
    """Elsewhere a column of a domain has the type below it."""
    metadata = sa.MetaData()
    email = Domain("email", sa.String(50), metadata=metadata)
    sa.Table("t", metadata, sa.Column("mail", email.column_type))
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    assert str(sa.inspect(engine).get_columns("t")[0]["type"]) == "VARCHAR(50)"
    engine.dispose()


def test_domain_of_a_text_says_nothing_to_python() -> None:
    """The error says how a domain becomes the type of a column."""
    with pytest.raises(TruelineError, match="says nothing to Python"):
        _ = Domain("d", "integer", metadata=sa.MetaData()).column_type


def test_grants(empty_database_url: str) -> None:
    """Privileges on tables, columns, views, sequences, schemas, routines and types; from nothing where it is said."""
    metadata = sa.MetaData()
    table = orders(metadata)
    function = Function("f", "a integer DEFAULT 1", "integer", body="RETURN a", language="sql", metadata=metadata)
    Procedure("p", "a integer", body="BEGIN END", schema="shop", metadata=metadata)
    domain = Domain("d", "integer", schema="shop", metadata=metadata)
    view = View("v", "SELECT 1 AS x", metadata=metadata)
    sa.Sequence("s", schema="shop", metadata=metadata)
    Grant("select, insert", on=table, to="pg_monitor")
    Grant(["update"], on=table, to="pg_monitor", columns=["note"])
    Grant("select", on=view, to="public", with_grant_option=False)
    Grant("select", on="shop.orders", to="pg_read_all_data", with_grant_option=True, metadata=metadata)
    Grant("usage", on="shop", on_kind="schema", to="public", metadata=metadata)
    Grant("usage", on=("shop", "s"), on_kind="sequence", to="public", metadata=metadata)
    Grant((), on=function, to="public", only=True)
    Grant("execute", on="shop.p(integer)", on_kind="procedure", to="pg_monitor", only=True, metadata=metadata)
    Grant("usage", on=domain, to="pg_monitor")
    catalog = created(metadata, empty_database_url, frozenset({"grant"}))
    found = {thing.key[1:]: thing.privileges for thing in catalog.of_kind(CatalogGrant)}
    found = {key: value for key, value in found.items() if key[1] != "public" or key[0] != "schema"}
    assert found == {
        ("table", "shop", "orders", "pg_monitor"): ("INSERT", "SELECT"),
        ("column", "shop", "orders", "note", "pg_monitor"): ("UPDATE",),
        ("view", "public", "v", "public"): ("SELECT",),
        ("table", "shop", "orders", "pg_read_all_data"): ("SELECT*",),
        ("schema", "shop", "public"): ("USAGE",),
        ("sequence", "shop", "s", "public"): ("USAGE",),
        ("function", "public", "f", "integer", "public"): (),
        ("procedure", "shop", "p", "integer", "pg_monitor"): ("EXECUTE",),
        ("domain", "shop", "d", "pg_monitor"): ("USAGE",),
    }


@pytest.mark.parametrize(
    ("privileges", "options", "message"),
    [
        ("select", {"on_kind": "view"}, "is on a view"),
        ((), {}, "names no privilege"),
        ([" "], {}, "names no privilege"),
    ],
)
def test_wrong_grants_are_refused(privileges: Any, options: dict[str, Any], message: str) -> None:
    """A kind without privileges, and none at all, are errors where they are written."""
    with pytest.raises(TruelineError, match=message):
        Grant(privileges, on="shop.orders", to="public", metadata=sa.MetaData(), **options)


STATEMENTS = [
    "CREATE TYPE shop.pair AS (a integer, b text)",
    "CREATE TYPE shop.span AS RANGE (subtype = float8, subtype_diff = float8mi)",
    "CREATE AGGREGATE shop.total(numeric) (SFUNC = numeric_add, STYPE = numeric)",
    "CREATE STATISTICS shop.st (ndistinct) ON tenant, total FROM shop.orders;",
    "CREATE COLLATION shop.plain (locale = 'C')",
    "CREATE OPERATOR CLASS shop.money_ops FOR TYPE shop.pair USING btree AS OPERATOR 3 shop.===, "
    "FUNCTION 1 shop.cmp(shop.pair, shop.pair)",
    "CREATE CAST (integer AS shop.pair) WITH FUNCTION shop.paired(integer)",
    "CREATE OPERATOR shop.=== (FUNCTION = shop.same, LEFTARG = shop.pair, RIGHTARG = shop.pair)",
    "CREATE FUNCTION shop.same(shop.pair, shop.pair) RETURNS boolean IMMUTABLE RETURN ($1).a = ($2).a",
    "CREATE FUNCTION shop.cmp(shop.pair, shop.pair) RETURNS integer IMMUTABLE RETURN ($1).a - ($2).a",
    "CREATE FUNCTION shop.paired(integer) RETURNS shop.pair IMMUTABLE RETURN ROW($1, '')::shop.pair",
    "CREATE TEXT SEARCH CONFIGURATION shop.site (COPY = english)",
    "CREATE PUBLICATION all_orders FOR TABLE shop.orders",
    "CREATE EVENT TRIGGER loud ON ddl_command_end EXECUTE FUNCTION shop.loud()",
    "COMMENT ON EVENT TRIGGER loud IS 'x'",
    "CREATE FUNCTION shop.loud() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''%', tg_tag; END'".replace(
        "''%'", "''%''"
    ),
    "CREATE RULE r AS ON DELETE TO shop.orders WHERE old.note = '%s' DO INSTEAD NOTHING",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO pg_monitor",
    "COMMENT ON COLUMN shop.orders.note IS '100% :x'",
]


def test_statements(any_empty_url: str) -> None:
    """Every other kind is declared by the statement that makes it, in any order."""
    metadata = sa.MetaData()
    for statement in reversed(STATEMENTS):
        Statement(statement, metadata=metadata)
    orders(metadata)
    catalog = created(metadata, any_empty_url, frozenset({"default_privileges", "database"}))
    assert {
        ("composite", "shop", "pair"),
        ("range", "shop", "span"),
        ("aggregate", "shop", "total", "numeric"),
        ("statistics", "shop", "st"),
        ("rule", "shop", "orders", "r"),
        ("collation", "shop", "plain"),
        ("operator", "shop", "===", "shop.pair, shop.pair"),
        ("operator_class", "shop", "money_ops", "btree"),
        ("cast", "integer AS shop.pair"),
        ("text_search_configuration", "shop", "site"),
        ("publication", "all_orders"),
        ("event_trigger", "loud"),
        ("comment", "column", "shop", "orders", "note"),
    } <= {thing.key for thing in catalog}
    assert any(thing.kind == "default_privileges" for thing in catalog)


@pytest.mark.parametrize(
    ("statement", "options", "label"),
    [
        ("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix ON t (a)", {}, "index ix"),
        ('CREATE TYPE "S"."t" AS ()', {}, "type S.t"),
        ('CREATE OPERATOR "S".=@> (FUNCTION = f)', {}, "operator S.=@>"),
        ("CREATE OPERATOR @ (FUNCTION = f)", {}, "operator @"),
        ("CREATE OPERATOR CLASS s.o DEFAULT FOR TYPE t USING btree AS STORAGE t", {}, "operator class s.o"),
        ("CREATE TEXT SEARCH CONFIGURATION s.c (COPY = english)", {}, "text search configuration s.c"),
        ("CREATE UNLOGGED TABLE s.t ()", {}, "table s.t"),
        ("CREATE CAST (a AS b) WITHOUT FUNCTION", {}, "statement CREATE CAST (a AS b) WITHOUT FUNCTION"),
        ("ALTER TABLE t ADD x integer", {"name": "x"}, "statement x"),
        ("COMMENT ON TABLE " + "t" * 80 + " IS ''", {}, "statement COMMENT ON TABLE " + "t" * 42 + "…"),
    ],
)
def test_statement_is_called_by_what_it_makes(statement: str, options: dict[str, Any], label: str) -> None:
    """Messages say what a statement is about."""
    assert Statement(statement, metadata=sa.MetaData(), **options).label == label


def test_empty_and_repeated_statements_are_refused() -> None:
    """A statement says something, and once."""
    metadata = sa.MetaData()
    with pytest.raises(TruelineError, match="is empty"):
        Statement(["CREATE TYPE t AS ()", " ; "], metadata=metadata)
    Statement("CREATE TYPE t AS ()", metadata=metadata)
    with pytest.raises(TruelineError, match="type t is declared twice"):
        Statement("CREATE TYPE t AS ();", metadata=metadata)


def test_what_postgresql_refuses_names_the_declaration(empty_database_url: str) -> None:
    """The error has the server's words, the line of the declaration and the statement."""
    metadata = sa.MetaData()
    View("v", "SELECT nothing", schema="shop", metadata=metadata)
    with pytest.raises(
        TruelineError, match=r"PostgreSQL refuses view shop\.v: column \"nothing\" does not exist"
    ) as error:
        create(metadata, empty_database_url)
    assert "test_others.py:" in error.value.where[0]
    assert "CREATE VIEW shop.v AS" in str(error.value.fix)
