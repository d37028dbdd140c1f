"""What models need and do not declare, taken over from the revisions or the live database."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, MetaData, Table, Text, event
from sqlalchemy.dialects import mysql, postgresql

from tests.readings.conftest import ReadSql
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column as CatalogColumn
from trueline.catalog.objects import Index as CatalogIndex
from trueline.errors import TruelineError
from trueline.readings import Declared, read_declared
from trueline.settings import Settings


def declared(sql: str, metadata: MetaData, live: Connection, settings: Settings, read_sql: ReadSql) -> Declared:
    """The declared reading where revisions lead to what the SQL does."""
    return read_declared(metadata, live, settings, migrated=lambda: read_sql(sql))


FUNCTION = "CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';"


def test_function_that_only_revisions_define(
    live: Connection, settings: Settings, read_sql: ReadSql, caplog: pytest.LogCaptureFixture
) -> None:
    """An index and a default on a function that no model declares take it over, and nothing else, and say so."""
    metadata = MetaData()
    table = Table("t", metadata, Column("x", Text), Column("y", Text, server_default=sa.text("slug('a')")))
    Index("ix_slug", sa.text("slug(x)"), _table=table)
    others = "CREATE FUNCTION other() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE e AS ENUM ('a');"
    others += "CREATE VIEW v AS SELECT 1"
    with caplog.at_level(logging.INFO):
        found = declared(FUNCTION + others, metadata, live, settings, read_sql)
    assert found.taken_over == (("function", "public", "slug", "text"),)
    assert ("function", "public", "slug", "text") in found.catalog
    assert not {thing.kind for thing in found.catalog} & {"enum", "view"}
    assert ("index", "public", "ix_slug") in found.catalog
    (finding,) = found.findings
    assert "function public.slug(text) is in the revisions only" in finding.what
    assert "column y of public.t" in finding.what
    assert "index public.ix_slug" in finding.what
    assert "PostgreSQL: function slug(" in finding.what
    assert "trueline declare" in (finding.fix or "")
    assert finding.where == ("table t",)
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.INFO] == [
        "taken over from the revisions: function public.slug(text), which models need and do not declare"
    ]


def test_a_chain_is_taken_over(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """Schema, type, sequence, table and function that need one another are taken over together."""
    sql = """
        CREATE SCHEMA tools; CREATE TYPE tools.mood AS ENUM ('a');
        CREATE FUNCTION tools.f(tools.mood) RETURNS tools.mood LANGUAGE sql IMMUTABLE AS 'SELECT $1';
        CREATE DOMAIN tools.d AS tools.mood CHECK (tools.f(VALUE) = 'a');
        CREATE SEQUENCE tools.unused;
        CREATE TABLE tools.base (d tools.d);
    """
    metadata = MetaData()
    event.listen(metadata, "after_create", sa.DDL("CREATE VIEW v AS SELECT d FROM tools.base"))
    found = declared(sql, metadata, live, settings, read_sql)
    assert set(found.taken_over) == {
        ("schema", "tools"),
        ("enum", "tools", "mood"),
        ("function", "tools", "f", "tools.mood"),
        ("domain", "tools", "d"),
        ("table", "tools", "base"),
    }
    assert ("sequence", "tools", "unused") not in found.catalog


def test_what_models_declare_is_theirs(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """A function that a model declares otherwise than revisions is not overwritten by theirs."""
    metadata = MetaData()
    Table("t", metadata, Column("x", Text, server_default=sa.text("other()")))
    mine = "CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql AS 'SELECT 1::text'"
    event.listen(metadata, "before_create", sa.DDL(mine))
    other = "CREATE FUNCTION other() RETURNS text LANGUAGE sql AS 'SELECT slug(1::text)'"
    found = declared(FUNCTION + other, metadata, live, settings, read_sql)
    assert found.taken_over == (("function", "public", "other", ""),)
    assert "1::text" in found.catalog["function", "public", "slug", "text"].definition  # type: ignore[attr-defined] # its key says the kind


def test_index_without_operator_class(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """A GIN index that PostgreSQL refuses as declared is the one that revisions have under its name."""
    metadata = MetaData()
    Table("t", metadata, Column("x", Integer), Index("ix_x", "x", postgresql_using="gin"))
    found = declared("CREATE TABLE t (x int); CREATE INDEX ix_x ON t (x)", metadata, live, settings, read_sql)
    assert found.taken_over == (("index", "public", "ix_x"),)
    assert "USING btree" in found.catalog["index", "public", "ix_x"].definition  # type: ignore[attr-defined] # its key says the kind
    (finding,) = found.findings
    assert "PostgreSQL refuses index ix_x of table t" in finding.what
    assert "what the revisions call so stands for it" in finding.what
    assert "btree_gin" in (finding.fix or "")


def test_parts_of_a_table(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """Of a table that PostgreSQL refuses, only what it refuses is taken over: column, default, constraint."""
    metadata = MetaData()
    Table(
        "t",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("when", postgresql.TSVECTOR().with_variant(mysql.DATETIME(), "postgresql")),
        Column("flag", sa.Boolean, server_default=sa.text("maybe")),
        sa.CheckConstraint("nonsense(id)", name="sane"),
        sa.UniqueConstraint("flag", name="uq_flag"),
    )
    sql = """CREATE TABLE t (id serial PRIMARY KEY, "when" timestamptz, flag boolean DEFAULT true, more int);
        ALTER TABLE t ADD CONSTRAINT sane CHECK (id > 0)"""
    found = declared(sql, metadata, live, settings, read_sql)
    assert set(found.taken_over) == {
        ("column", "public", "t", "when"),
        ("column", "public", "t", "flag"),
        ("check", "public", "t", "sane"),
    }
    columns = {column.name: column for column in found.catalog.of_kind(CatalogColumn)}
    assert columns["when"].type == "timestamp with time zone"
    assert columns["flag"].default == "true"
    assert "more" not in columns
    assert ("unique", "public", "t", "uq_flag") in found.catalog
    assert ("primary_key", "public", "t", "t_pkey") in found.catalog
    assert len(found.findings) == 3


def test_live_is_the_last_source(live: Connection, settings: Settings) -> None:
    """What revisions have not got either is looked for in the live database."""
    live.exec_driver_sql(FUNCTION)
    live.commit()
    metadata = MetaData()
    Table("t", metadata, Column("x", Text, server_default=sa.text("slug('a')")))
    for _ in range(2):
        found = read_declared(metadata, live, settings)
        assert found.taken_over == (("function", "public", "slug", "text"),)
        assert "is in the live database only" in found.findings[0].what


def test_broken_history(live: Connection, settings: Settings) -> None:
    """Where revisions cannot be replayed, that is said beside what is missing."""

    def broken() -> Catalog:
        raise TruelineError("revision abc failed")

    metadata = MetaData()
    Table("t", metadata, Column("x", Text, server_default=sa.text("slug('a')")))
    with pytest.raises(TruelineError, match="nothing could be taken over from the revisions: revision abc failed"):
        read_declared(metadata, live, settings, migrated=broken)


def test_missing_extension(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """An extension that the database's own server lacks is an error that says to install it there."""
    metadata = MetaData()
    event.listen(metadata, "before_create", sa.DDL('CREATE EXTENSION "no_such_extension"'))
    with pytest.raises(TruelineError) as caught:
        read_declared(metadata, live, settings, migrated=lambda: read_sql("SELECT 1"))
    assert "no_such_extension" in caught.value.what
    assert (caught.value.fix or "").startswith("install no_such_extension on the server")


def test_sequence_with_its_owner(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """A sequence that is taken over belongs to the column that it belongs to there."""
    metadata = MetaData()
    Table("t", metadata, Column("x", Integer, server_default=sa.text("nextval('numbers')")))
    sql = "CREATE SEQUENCE numbers; CREATE TABLE t (x int DEFAULT nextval('numbers'));"
    found = declared(sql + "ALTER SEQUENCE numbers OWNED BY t.x", metadata, live, settings, read_sql)
    key = ("sequence", "public", "numbers")
    assert found.taken_over == (key,)
    assert found.catalog[key].owned_by == ("column", "public", "t", "x")  # type: ignore[attr-defined] # its key says the kind


def test_extension_of_the_revisions(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """A type that comes with an extension which only revisions create brings the extension."""
    query = "SELECT name FROM pg_available_extensions WHERE name IN ('vector', 'hstore') ORDER BY 1 DESC LIMIT 1"
    extension = live.exec_driver_sql(query).scalar_one_or_none() or pytest.skip("this server has neither")
    live.rollback()

    class Type(sa.types.UserDefinedType[Any]):
        def get_col_spec(self, **_: Any) -> str:
            return str(extension)

    metadata = MetaData()
    Table("t", metadata, Column("x", Type()))
    found = declared(f"CREATE EXTENSION {extension}", metadata, live, settings, read_sql)
    assert found.taken_over == (("extension", str(extension)),)
    with pytest.raises(TruelineError, match=rf"Extension\('{extension}'\)"):
        read_declared(metadata, live, settings)


def test_what_cannot_be_built_either(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """What revisions have, and the scratch server cannot make, is known by its value, and that is said."""
    metadata = MetaData()
    Table("t", metadata, Column("x", Text), Index("ix_x", "x", postgresql_using="gin"))
    made = read_sql("CREATE TABLE t (x text); CREATE INDEX ix_x ON t (x)")
    definition = "CREATE INDEX ix_x ON public.t USING gin (x tools.gin_trgm_ops)"
    key = ("index", "public", "ix_x")
    foreign = made.only(
        replace(each, definition=definition) if isinstance(each, CatalogIndex) else each for each in made
    )
    found = read_declared(metadata, live, settings, migrated=lambda: foreign)
    assert found.catalog[key] == foreign[key]
    assert found.taken_over == (key,)
    assert "unseen: the database's own server cannot make that one either" in found.findings[0].what


def test_only_causes_are_listed(live: Connection, settings: Settings) -> None:
    """A key to a table that could not be built is no reason of its own."""
    metadata = MetaData()
    Table("a", metadata, Column("id", Integer, primary_key=True), postgresql_partition_by="NONSENSE (id)")
    Table("b", metadata, Column("a", ForeignKey("a.id"), index=True, comment="x"))
    with pytest.raises(TruelineError) as caught:
        read_declared(metadata, live, settings)
    assert caught.value.what.startswith("PostgreSQL refuses table a: ")
    assert "table b" not in str(caught.value)


def test_public_that_was_dropped(live: Connection, settings: Settings) -> None:
    """A live database without the schema public has models without it, unless one of them is in it."""
    live.exec_driver_sql("DROP SCHEMA public; CREATE SCHEMA core")
    live.commit()
    metadata = MetaData()
    Table("t", metadata, Column("x", Integer), schema="core")
    assert ("schema", "public") not in read_declared(metadata, live, settings).catalog
    Table("u", metadata, Column("x", Integer), schema="public")
    assert ("schema", "public") in read_declared(metadata, live, settings).catalog


def test_hostile_names_are_taken_over(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """Quotes, percent signs and upper case in names are no trouble, neither for what is needed nor for what is not."""
    sql = """
        CREATE SCHEMA "Sch""e%"; CREATE TYPE "Sch""e%"."mo'od:x" AS ENUM ('50%');
        CREATE FUNCTION "Sch""e%"."f%s"("mo'od:x" "Sch""e%"."mo'od:x") RETURNS int LANGUAGE sql AS 'SELECT 5 % 2';
        CREATE FUNCTION "Sch""e%"."not ""needed"(VARIADIC "%" int[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE AGGREGATE "Sch""e%"."sum %"(int) (SFUNC = int4pl, STYPE = int);
    """
    metadata = MetaData()
    default = sa.text("""\"Sch\"\"e%\".\"f%s\"('50%')""")
    Table("t", metadata, Column("x", Integer, server_default=default))
    found = declared(sql, metadata, live, settings, read_sql)
    schema, kind = 'Sch"e%', "mo'od:x"
    assert set(found.taken_over) == {
        ("schema", schema),
        ("enum", schema, kind),
        ("function", schema, "f%s", f'"Sch""e%"."{kind}"'),
    }
    assert not {thing.key[2] for thing in found.catalog if thing.kind in {"function", "aggregate"}} - {"f%s"}


def test_a_serial_column_makes_its_own_sequence(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """What a table is without is taken over, and its sequence keeps the name that PostgreSQL gives it."""
    metadata = MetaData()
    key = Column("id", Integer, primary_key=True)
    Table("t", metadata, key, Column("x", postgresql.DOMAIN("pos", Integer(), create_type=False)))
    sql = "CREATE DOMAIN pos AS integer; CREATE TABLE t (id serial PRIMARY KEY, x pos)"
    found = declared(sql, metadata, live, settings, read_sql)
    assert found.taken_over == (("domain", "public", "pos"),)
    assert [thing.key for thing in found.catalog if thing.kind == "sequence"] == [("sequence", "public", "t_id_seq")]
