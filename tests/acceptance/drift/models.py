"""What the cells' projects declare, each in a schema that it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from trueline.catalog.render.words import name
from trueline.objects import (
    Domain,
    Function,
    Grant,
    MaterializedView,
    Policy,
    Procedure,
    RowSecurity,
    Statement,
    Trigger,
    View,
)

Build = Callable[[sa.MetaData, str], None]

#: What everybody's projects have.
NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def plain(metadata: sa.MetaData, schema: str) -> None:
    """Two tables with a bit of everything."""
    t = sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("a", sa.Integer),
        sa.Column("b", sa.Text),
        sa.Column("c", sa.String(10)),
        sa.Column("d", sa.Interval),
        sa.Column("e", sa.Numeric(8, 2)),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column("span", pg.INT4RANGE),
        sa.CheckConstraint("a > 0", name="positive"),
        sa.UniqueConstraint("a", "b", name="uq_ab"),
        sa.UniqueConstraint("c"),
        pg.ExcludeConstraint(("span", "&&"), name="ex_span"),
        schema=schema,
    )
    sa.Index("ix_b", t.c.b)
    sa.Index("ix_c", t.c.c, unique=True)
    sa.Index("ix_full", (t.c.b + sa.literal_column("' '") + t.c.c), postgresql_where=t.c.b != "Literal")
    sa.Table(
        "u",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("t_id", sa.Integer, sa.ForeignKey(f"{schema}.t.id")),
        sa.Column("a", sa.Integer),
        sa.Column("b", sa.Text),
        sa.ForeignKeyConstraint(["a", "b"], [f"{schema}.t.a", f"{schema}.t.b"], name="fk_pair"),
        schema=schema,
    )


def enums(metadata: sa.MetaData, schema: str) -> None:
    """An enum type in two columns."""
    kind = sa.Enum("one", "two", "three", name="kind", schema=schema)
    sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", kind, server_default="one"),
        sa.Column("kinds", sa.ARRAY(kind)),
        schema=schema,
    )


def sequences(metadata: sa.MetaData, schema: str) -> None:
    """Sequences, identity and defaults."""
    one = sa.Sequence("one", schema=schema, metadata=metadata)
    sa.Sequence("two", schema=schema, metadata=metadata)
    sa.Sequence("full", 5, 3, minvalue=2, maxvalue=99, cycle=True, cache=4, schema=schema, metadata=metadata)
    sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, sa.Identity(start=10, increment=2, cache=3), primary_key=True),
        sa.Column("always", sa.BigInteger, sa.Identity(always=True)),
        sa.Column("s", sa.Integer, one, server_default=one.next_value()),
        sa.Column("n", sa.Integer, server_default=sa.text("7")),
        sa.Column("j", sa.JSON, server_default=sa.text("""'{"a": 1}'""")),
        sa.Column("q", sa.Text, server_default="it's"),
        sa.Column("p", sa.Text, server_default=sa.text("'0'")),
        sa.Column("double", sa.Integer, sa.Computed("n * 2", persisted=True)),
        schema=schema,
    )
    sa.Table("serial", metadata, sa.Column("id", sa.Integer, primary_key=True), schema=schema)


def stored(metadata: sa.MetaData, schema: str) -> None:
    """A partitioned table, inheritance, which PostgreSQL's dialect cannot say with a schema, and comments."""
    sa.Table(
        "parts",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("b", sa.Text),
        schema=schema,
        postgresql_partition_by="RANGE (id)",
    )
    parent = sa.Table("parent", metadata, sa.Column("a", sa.Integer), schema=schema, comment="old")
    child = sa.Table("child", metadata, sa.Column("a", sa.Integer), schema=schema)
    child.append_column(sa.Column("b", sa.Integer, comment="of b"))
    child.add_is_dependent_on(parent)
    inherits = f"ALTER TABLE {name(schema, 'child')} INHERIT {name(schema, 'parent')}"
    sa.event.listen(child, "after_create", sa.DDL(inherits.replace("%", "%%")))


def key(metadata: sa.MetaData, schema: str) -> None:
    """A composite key."""
    sa.Table(
        "t",
        metadata,
        sa.Column("a", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("b", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("c", sa.Integer),
        schema=schema,
    )


def objects(metadata: sa.MetaData, schema: str) -> None:
    """What trueline.objects declares, one of each."""
    t = sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Text), schema=schema)
    given: dict[str, Any] = {"schema": schema, "metadata": metadata}
    email = Domain("email", sa.Text(), checks={"has_at": "VALUE LIKE '%@%'"}, default="'a@b'", comment="mail", **given)
    t.append_column(sa.Column("mail", email.column_type))
    doubled = Function("doubled", "n integer", "integer", body="SELECT n * 2", language="sql", comment="twice", **given)
    touch = Function("touch", "", "trigger", body="BEGIN RETURN NEW; END", **given)
    Procedure("tidy", "since date", body="BEGIN END", **given)
    Trigger("touched", t, touch, timing="before", events=("insert", "update"), when="NEW.id > 0", comment="t")
    RowSecurity(t, force=True)
    Policy("own", t, using="a = current_user", command="select", comment="p")
    view = View("seen", sa.select(t.c.id, t.c.a).where(t.c.a != "100% :x"), schema, metadata=metadata, comment="v")
    View("over", f"SELECT id FROM {name(schema, 'seen')}", schema, metadata=metadata, security_barrier=True)  # noqa: S608 - quoted
    MaterializedView("kept", sa.select(t.c.id, t.c.a), schema, indexes=[sa.Index("ix_kept", "a")], metadata=metadata)
    Statement(f"CREATE RULE loud AS ON DELETE TO {name(schema, 't')} DO ALSO NOTHING", metadata=metadata)
    Statement(f"CREATE STATISTICS {name(schema, 'both')} ON id, a FROM {name(schema, 't')}", metadata=metadata)
    Statement(f"CREATE TYPE {name(schema, 'pair')} AS (x integer, y text)", metadata=metadata)
    Grant("select", t, "pg_monitor")
    Grant("execute", doubled, "pg_monitor")
    Grant("select", view, "public")


#: By the name that the cells call them.
MODELS: dict[str, Build] = {build.__name__: build for build in (plain, enums, sequences, stored, key, objects)}
