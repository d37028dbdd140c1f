"""What models declare, read from a database that was built from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, MetaData, Table, Text, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import ForeignKey as CatalogForeignKey
from trueline.errors import TruelineError
from trueline.readings import read_declared
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


def test_a_key_that_leads_nowhere(live: Connection, settings: Settings) -> None:
    """A foreign key to a table that nobody declares says what to do."""
    metadata = MetaData()
    Table("t", metadata, Column("x", ForeignKey("missing.id")))
    with pytest.raises(TruelineError, match="could not find table 'missing'") as caught:
        read_declared(metadata, live, settings)
    assert "import the module that declares it" in str(caught.value)


def test_json_has_no_order(live: Connection, settings: Settings) -> None:
    """An index on a json column says which type has one."""
    metadata = MetaData()
    Table("t", metadata, Column("x", sa.JSON, index=True))
    (finding,) = read_declared(metadata, live, settings).left_out
    assert "JSONB   # for x" in (finding.fix or "")


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
