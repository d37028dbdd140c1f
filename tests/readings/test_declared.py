"""What models declare, read from a database that was built from them."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, MetaData, Table, Text, event
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.readings.conftest import ReadSql
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column as CatalogColumn
from trueline.catalog.objects import ForeignKey as CatalogForeignKey
from trueline.catalog.objects import Index as CatalogIndex
from trueline.errors import TruelineError
from trueline.readings import Declared, read_declared
from trueline.settings import Settings


def tables_of(catalog: Catalog) -> set[tuple[str, ...]]:
    return {thing.key[1:] for thing in catalog if thing.kind == "table"}


def test_tables_in_several_schemas(live: Connection, settings: Settings) -> None:
    """Schemas that tables, types and sequences name are there, and hostile names are no trouble."""
    metadata = MetaData()
    mood = sa.Enum("a'b", "50%", "a:b", "\\", name='mo"od', schema="types")
    schema, own = 'Sch"e%ma', "select:%s"
    Table(own, metadata, Column("ü" * 31, Integer, primary_key=True), Column("x", mood), schema=schema)
    Table("plain", metadata, Column("x", mood, server_default="50%"), Column("m%", Text, comment="100 %(x)s"))
    sa.Sequence("numbers", schema="counting", metadata=metadata)
    catalog = read_declared(metadata, live, settings).catalog
    assert tables_of(catalog) == {(schema, own), ("public", "plain")}
    assert ("enum", "types", 'mo"od') in catalog
    assert catalog["enum", "types", 'mo"od'].labels == ("a'b", "50%", "a:b", "\\")  # type: ignore[attr-defined]
    assert catalog["comment", "column", "public", "plain", "m%"].text == "100 %(x)s"  # type: ignore[attr-defined]
    assert ("sequence", "counting", "numbers") in catalog


def test_circular_keys(live: Connection, settings: Settings) -> None:
    """Tables that refer to one another, and a chain of any length, are built; the metadata stays as it was."""
    metadata = MetaData()
    for one, two in (("a", "b"), ("b", "a")):
        Table(one, metadata, Column("id", Integer, primary_key=True), Column("other", ForeignKey(f"{two}.id")))
    for number in range(1500):
        target = ForeignKey(f"t{number + 1}.id") if number < 1499 else None
        Table(
            f"t{number}", metadata, Column("id", Integer, primary_key=True), *([Column("n", target)] if target else [])
        )
    first = read_declared(metadata, live, settings).catalog
    assert len(first.of_kind(CatalogForeignKey)) == 1501
    constraints = [key for table in metadata.tables.values() for key in table.foreign_key_constraints]
    assert all(key._create_rule is None for key in constraints)


def test_reference_rows_and_listeners(live: Connection, settings: Settings) -> None:
    """What listens to create_all comes along, whatever it sends; rows do not."""
    metadata = MetaData()
    table = Table("t", metadata, Column("x", Integer))
    event.listen(table, "after_create", sa.DDL("CREATE VIEW v AS SELECT x %% 2 AS x FROM t"))

    @event.listens_for(metadata, "after_create")
    def more(_: Any, connection: Any, **__: Any) -> None:
        connection.execute(table.insert().values(x=1))
        connection.execute(sa.text("CREATE VIEW w AS SELECT '%' AS x FROM v"))
        connection.exec_driver_sql("CREATE VIEW u AS SELECT 1 % 2 AS x")

    catalog = read_declared(metadata, live, settings).catalog
    assert {("view", "public", name) for name in "uvw"} <= {thing.key for thing in catalog}


def test_order_is_no_matter(live: Connection, settings: Settings) -> None:
    """A statement may come before the one that it needs."""
    metadata = MetaData()
    for number in range(60):
        meaning = f"TABLE v{number + 1}" if number < 59 else "SELECT 1 AS x"
        event.listen(metadata, "before_create", sa.DDL(f"CREATE VIEW v{number} AS {meaning}"))
    catalog = read_declared(metadata, live, settings).catalog
    assert len([thing for thing in catalog if thing.kind == "view"]) == 60


def test_bodies_are_not_checked(live: Connection, settings: Settings) -> None:
    """A function may speak of what is not there yet."""
    metadata = MetaData()
    body = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT x FROM nowhere'"
    event.listen(metadata, "before_create", sa.DDL(body))
    assert ("function", "public", "f", "") in read_declared(metadata, live, settings).catalog


def test_concurrent_index(live: Connection, settings: Settings) -> None:
    """An index that is to be built concurrently on a live table is the same index in an empty one."""
    metadata = MetaData()
    table = Table("t", metadata, Column("x", Integer))
    Index("ix", table.c.x, postgresql_concurrently=True)
    assert ("index", "public", "ix") in read_declared(metadata, live, settings).catalog


class Base(DeclarativeBase):
    pass


class Broken(Base):
    __tablename__ = "broken"
    id: Mapped[int] = mapped_column(primary_key=True)
    when: Mapped[str] = mapped_column(postgresql.CITEXT())
    bad: Mapped[str] = mapped_column(server_default=sa.text("no_such_function()"))


def test_what_cannot_be_built_is_one_error(live: Connection, settings: Settings) -> None:
    """An error names each model, table and object, PostgreSQL's words, and nothing that only follows from another."""
    metadata = Base.metadata
    Index("ix_late", Broken.__table__.c.when)
    with pytest.raises(TruelineError) as caught:
        read_declared(metadata, live, settings)
    text = str(caught.value)
    here = f"{Path(__file__).relative_to(Path.cwd())}:"
    assert "the models cannot be built, for 2 reasons" in text
    assert 'PostgreSQL refuses column "when" of table broken: type "citext" does not exist' in text
    assert "default of column bad of table broken: function no_such_function() does not exist" in text
    assert here in text
    assert "(class Broken)" in text
    assert "ix_late" not in text


def test_one_refusal(live: Connection, settings: Settings) -> None:
    """A single refusal is the error itself, with the way out."""
    metadata = MetaData()
    Table("t", metadata, Column("x", Text, server_default=sa.text("no_such()")), Index("ix_x", "x"))
    with pytest.raises(TruelineError) as caught:
        read_declared(metadata, live, settings)
    assert caught.value.what == "PostgreSQL refuses default of column x of table t: function no_such() does not exist"
    assert caught.value.where == ("table t",)
    assert "declare what it stands for beside the models" in (caught.value.fix or "")


def test_an_index_is_left_out(live: Connection, settings: Settings) -> None:
    """An index or constraint that nothing can stand for is left out, and said each time, with the way out."""
    metadata = MetaData()
    Table("t", metadata, Column("x", Text), Index("ix_x", "x", postgresql_using="gin"))
    for _ in range(2):
        found = read_declared(metadata, live, settings)
        assert ("index", "public", "ix_x") not in found.catalog
        (finding,) = found.left_out
        assert finding.what.startswith("PostgreSQL refuses index ix_x of table t: data type text has no default")
        assert finding.where == ("table t",)
        assert "postgresql_ops={'x': 'gin_trgm_ops'}" in (finding.fix or "")


def test_unwritable_type(live: Connection, settings: Settings) -> None:
    """A column without a type that PostgreSQL has is named with its table."""
    metadata = MetaData()
    Table("t", metadata, Column("x", sa.types.NullType()))
    with pytest.raises(TruelineError, match=r"table t cannot be written as SQL.*'x'"):
        read_declared(metadata, live, settings)


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
    assert "1::text" in found.catalog["function", "public", "slug", "text"].definition  # type: ignore[attr-defined]


def test_index_without_operator_class(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """A GIN index that PostgreSQL refuses as declared is the one that revisions have under its name."""
    metadata = MetaData()
    Table("t", metadata, Column("x", Integer), Index("ix_x", "x", postgresql_using="gin"))
    found = declared("CREATE TABLE t (x int); CREATE INDEX ix_x ON t (x)", metadata, live, settings, read_sql)
    assert found.taken_over == (("index", "public", "ix_x"),)
    assert "USING btree" in found.catalog["index", "public", "ix_x"].definition  # type: ignore[attr-defined]
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


def test_one_name_on_two_tables(live: Connection, settings: Settings) -> None:
    """A constraint's name that two tables have is built once; the other gets a free name, and that is said."""
    metadata = MetaData()
    for name in ("one", "two"):
        Table(name, metadata, Column("x", Integer), sa.UniqueConstraint("x", name="uq_x"))
    found = read_declared(metadata, live, settings)
    assert ("unique", "public", "one", "uq_x") in found.catalog
    assert ("unique", "public", "two", "two_x_key") in found.catalog
    (finding,) = found.findings
    one, two = (f"unique constraint uq_x of table {name}" for name in ("one", "two"))
    assert finding.what == f"{two} has the name of {one}: it is built as two_x_key"
    assert [each.name for table in metadata.tables.values() for each in table.constraints if each.name] == ["uq_x"] * 2


def test_one_name_follows_live(live: Connection, settings: Settings) -> None:
    """Which table keeps the name, and what the other is called, is as the live database has it."""
    live.exec_driver_sql(
        "CREATE TABLE one (x int CONSTRAINT uq_other UNIQUE); CREATE TABLE two (x int CONSTRAINT uq_x UNIQUE)"
    )
    live.commit()
    metadata = MetaData()
    for name in ("one", "two"):
        Table(name, metadata, Column("x", Integer), sa.UniqueConstraint("x", name="uq_x"))
    found = read_declared(metadata, live, settings)
    assert ("unique", "public", "two", "uq_x") in found.catalog
    assert ("unique", "public", "one", "uq_other") in found.catalog


def test_declared_twice(live: Connection, settings: Settings) -> None:
    """The same index declared twice is built once; one named as its table, and two checks of one name, are built."""
    metadata = MetaData()
    table = Table("t", metadata, Column("x", Integer), Column("t", Integer))
    Index("ix_x", table.c.x)
    Index("ix_x", table.c.x)
    Index("t", table.c.t)
    table.append_constraint(sa.CheckConstraint("x > 0", name="positive"))
    table.append_constraint(sa.CheckConstraint("t > 0", name="positive"))
    found = read_declared(metadata, live, settings)
    assert ("index", "public", "ix_x") in found.catalog
    assert ("index", "public", "t_t_idx") in found.catalog
    assert len([thing for thing in found.catalog if thing.kind == "check"]) == 2
    assert len(found.findings) == 3
    assert "index ix_x of table t is declared twice" in " ".join(each.what for each in found.findings)
    assert len(table.indexes) == 3


def test_missing_extension(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """An extension that the server lacks is an error that says where scratch databases could be instead."""
    metadata = MetaData()
    event.listen(metadata, "before_create", sa.DDL('CREATE EXTENSION "no_such_extension"'))
    with pytest.raises(TruelineError) as caught:
        read_declared(metadata, live, settings, migrated=lambda: read_sql("SELECT 1"))
    assert "no_such_extension" in caught.value.what
    assert "CREATEDB" in (caught.value.fix or "")
    assert "TRUELINE_SCRATCH" in (caught.value.fix or "")


def test_sequence_with_its_owner(live: Connection, settings: Settings, read_sql: ReadSql) -> None:
    """A sequence that is taken over belongs to the column that it belongs to there."""
    metadata = MetaData()
    Table("t", metadata, Column("x", Integer, server_default=sa.text("nextval('numbers')")))
    sql = "CREATE SEQUENCE numbers; CREATE TABLE t (x int DEFAULT nextval('numbers'));"
    found = declared(sql + "ALTER SEQUENCE numbers OWNED BY t.x", metadata, live, settings, read_sql)
    key = ("sequence", "public", "numbers")
    assert found.taken_over == (key,)
    assert found.catalog[key].owned_by == ("column", "public", "t", "x")  # type: ignore[attr-defined]


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
