"""Every kind of column type, default, constraint and index that SQLAlchemy can declare for PostgreSQL."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from tests.acceptance.options import sayable

SCHEMA = "Every thing"


class Color(enum.Enum):
    """Labels that are names, unless somebody says otherwise."""

    RED = "red"
    BLUE = "sky blue"


def types() -> Iterator[Any]:
    """One of each, with and without what they can be given."""
    yield from (sa.SmallInteger, sa.Integer, sa.BigInteger, sa.Boolean, sa.Date, sa.Text, sa.Unicode, sa.UnicodeText)
    yield from (sa.String, sa.String(1), sa.String(255), sa.String(20, collation="C"), sa.Text(collation="C"))
    yield from (sa.CHAR, sa.CHAR(7), sa.VARCHAR(9), sa.NCHAR(3), sa.Unicode(12))
    yield from (sa.Float, sa.Float(24), sa.Float(53), sa.Double, sa.REAL, sa.FLOAT, sa.DOUBLE_PRECISION)
    yield from (sa.Numeric, sa.Numeric(10), sa.Numeric(10, 2), sa.DECIMAL(5, 5), sa.Numeric(12, 0))
    yield from (sa.DateTime, sa.DateTime(timezone=True), sa.Time, sa.Time(timezone=True), sa.TIMESTAMP, sa.Interval)
    yield from (pg.TIMESTAMP(precision=3), pg.TIMESTAMP(timezone=True, precision=0), pg.TIME(precision=2))
    yield from (pg.TIME(timezone=True, precision=6), pg.INTERVAL(fields="YEAR TO MONTH"), pg.INTERVAL(precision=3))
    yield from (pg.INTERVAL(fields="DAY TO SECOND", precision=4), sa.Interval(second_precision=2))
    yield from (sa.LargeBinary, pg.BYTEA, sa.Uuid, sa.UUID(as_uuid=False), pg.UUID, sa.JSON, pg.JSON, pg.JSONB)
    yield from (sa.JSON().with_variant(pg.JSONB(), "postgresql"), sa.Uuid(native_uuid=False), sa.PickleType)
    yield from (pg.INET, pg.CIDR, pg.MACADDR, pg.MACADDR8, pg.MONEY, pg.OID, pg.REGCLASS, pg.TSVECTOR, pg.TSQUERY)
    yield from (pg.BIT, pg.BIT(5), pg.BIT(varying=True), pg.BIT(8, varying=True))
    yield from (pg.INT4RANGE, pg.INT8RANGE, pg.NUMRANGE, pg.DATERANGE, pg.TSRANGE, pg.TSTZRANGE)
    yield from (pg.INT4MULTIRANGE, pg.INT8MULTIRANGE, pg.NUMMULTIRANGE, pg.DATEMULTIRANGE, pg.TSTZMULTIRANGE)
    yield from (sa.ARRAY(sa.Integer), pg.ARRAY(sa.String(5)), pg.ARRAY(sa.Numeric(4, 1), dimensions=2))
    yield from (pg.ARRAY(pg.TIMESTAMP(timezone=True, precision=1)), pg.ARRAY(pg.JSONB), sa.ARRAY(sa.Uuid))
    yield from (sa.Enum("a", "it's %s", ":x", name="by name", schema=SCHEMA), sa.Enum(Color, name="color"))
    yield from (sa.ARRAY(sa.Enum("p", "q", name="in array", schema=SCHEMA)), pg.ENUM("x", "y", name="Native"))
    yield from (
        sa.Enum("a", "bcd", name="no_native", native_enum=False),
        sa.Enum("a", "b", name="held", native_enum=False, create_constraint=True),
    )
    yield from (
        sa.Boolean(create_constraint=True, name="flag"),
        pg.DOMAIN("positive", sa.Integer, check=sa.text("VALUE > 0")),
    )
    yield from (
        sa.String(3).with_variant(sa.String(9), "postgresql"),
        pg.CITEXT().with_variant(sa.Text(), "postgresql"),
    )


#: Type and default, as models write them.
DEFAULTS: list[tuple[Any, Any]] = [
    (sa.Integer, "7"),
    (sa.Integer, sa.text("-7")),
    (sa.Integer, sa.text("1 + 1")),
    (sa.BigInteger, sa.text("9223372036854775807")),
    (sa.Numeric(10, 2), sa.text("0")),
    (sa.Numeric(10, 2), "0.50"),
    (sa.Float, sa.text("1e3")),
    (sa.Boolean, sa.true()),
    (sa.Boolean, sa.false()),
    (sa.Boolean, "1"),
    (sa.Boolean, sa.text("TRUE")),
    (sa.Text, ""),
    (sa.Text, "it's"),
    (sa.Text, "100%"),
    (sa.Text, "%(name)s %s"),
    (sa.Text, "a:b :name ::x"),
    (sa.Text, "back\\slash"),
    (sa.Text, "two\nlines"),
    (sa.Text, "'quoted'"),
    (sa.Text, "NULL"),
    (sa.Text, sa.text("'Case'")),
    (sa.Text, sa.text("upper('x')")),
    (sa.Text, sa.text("NULL")),
    (sa.Text, sa.func.concat("a", sa.text("'b'"))),
    (sa.String(5), "abc"),
    (sa.CHAR(5), "ab"),
    (sa.Date, sa.text("CURRENT_DATE")),
    (sa.Date, "2020-02-03"),
    (sa.DateTime(timezone=True), sa.func.now()),
    (sa.DateTime(timezone=True), sa.text("now()")),
    (sa.DateTime(timezone=True), sa.text("NOW( )")),
    (sa.DateTime(timezone=True), sa.text("CURRENT_TIMESTAMP")),
    (sa.DateTime, sa.text("timezone('utc', now())")),
    (sa.DateTime, sa.text("(now() AT TIME ZONE 'utc')")),
    (sa.DateTime(timezone=True), "2020-01-01 12:00:00+02"),
    (sa.Interval, sa.text("'1 day'::interval")),
    (sa.Interval, "90 minutes"),
    (sa.Uuid, sa.text("gen_random_uuid()")),
    (sa.Uuid, sa.func.gen_random_uuid()),
    (sa.JSON, sa.text("""'{"a": 1}'""")),
    (pg.JSONB, "{}"),
    (pg.JSONB, sa.text("""'{"a:b": "100%", "c": [null]}'::jsonb""")),
    (pg.JSONB, sa.text("jsonb_build_object('a', 1)")),
    (sa.ARRAY(sa.Integer), "{}"),
    (sa.ARRAY(sa.Text), sa.text("ARRAY['a', 'b']::text[]")),
    (sa.ARRAY(sa.Text), sa.text("""'{"a,b",c}'""")),
    (sa.LargeBinary, sa.text(r"'\x00ff'")),
    (pg.INET, "127.0.0.1"),
    (pg.BIT(3), sa.text("B'101'")),
    (pg.INT4RANGE, sa.text("'[1,5)'")),
    (sa.Float, sa.text("RANDOM()")),
    (sa.Float, sa.func.random()),
    (sa.Integer, sa.text("(CASE WHEN random() > 0.5 THEN 1 ELSE 2 END)")),
    (sa.Text, sa.text("current_user")),
    (sa.Enum("a", "b", name="with default"), "b"),
    (sa.ARRAY(sa.Enum("a", "b", name="with default")), sa.text("""'{a,b}'::"with default"[]""")),
]

#: Expressions of indexes and checks that PostgreSQL prints in other words than they are written in.
CONDITIONS = [
    "a > 0",
    "a>0 AND  b<>''",
    "a BETWEEN 1 AND 5",
    "a NOT BETWEEN 1 AND 5 OR a IS NULL",
    "a IN (1, 2, 3)",
    "b IN ('x', 'Y', 'it''s')",
    "c IN ('x', 'y')",
    "c = ANY (ARRAY['x', 'y'])",
    "b LIKE 'a%' AND b NOT ILIKE '%:b'",
    r"b ~ '^\d+(:[a-z]+)?$'",
    "length(b)>3 and LOWER(b)=b",
    "char_length(c) <= 5",
    "coalesce(a, 0) + 1 < 10::bigint",
    "d > '2020-01-01' AND d < '2030-01-01 00:00:00+00'",
    "NOT (a IS NULL AND b IS NULL)",
    "(a IS NULL) = (b IS NULL)",
    "e ->> 'k' = 'v' AND e ? 'key'",
    "e @> '{\"a\": 1}'",
    "CASE WHEN a > 1 THEN b IS NOT NULL ELSE true END",
    "num_nonnulls(a, b) = 1",
    "b || ' ' || c <> ' '",
    "a::text = b",
    "CAST(a AS numeric(5, 2)) > 1.50",
    "extract(year from f) > 2000",
    "b COLLATE \"C\" > 'a'",
    "a <> ALL ('{1,2}'::int[])",
    "position('@' in b) > 1",
    "substring(b from 1 for 2) = 'ab'",
    "trim(b) <> ''",
    "(a, b) IS DISTINCT FROM (1, 'x')",
    "a % 2 = 0",
    "f - date '2020-01-01' > 3",
    "true",
]

INDEXES = [
    "lower(b)",
    "(b || ' ' || c)",
    "(a + 1)",
    "coalesce(b, '')",
    "(e ->> 'name')",
    "(e #>> '{a,b}')",
    "date_trunc('day', f::timestamp)",
    "(b::varchar(3))",
    "md5(b || '%s:x')",
    "(a IS NULL)",
    "to_tsvector('simple', b)",
    "(CASE WHEN a > 1 THEN 'x' END)",
]


def _wide(metadata: sa.MetaData, table: str) -> sa.Table:
    return sa.Table(
        table,
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a", sa.Integer),
        sa.Column("b", sa.Text),
        sa.Column("c", sa.String(10)),
        sa.Column("d", sa.DateTime(timezone=True)),
        sa.Column("e", pg.JSONB),
        sa.Column("f", sa.Date),
        sa.Column("g", pg.INT4RANGE),
        sa.Column("h", sa.ARRAY(sa.Text)),
        schema=SCHEMA,
    )


def everything(naming: dict[str, str]) -> sa.MetaData:
    """All of it, under a naming convention or PostgreSQL's own names."""
    metadata = sa.MetaData(naming_convention=naming)
    for build in (_types, _defaults, _checks, _indexes, _constraints, _keys, _numbers, _storage, _plain_names):
        build(metadata)
    return metadata


def _types(metadata: sa.MetaData) -> None:
    columns = [sa.Column(f"c{number}", type_) for number, type_ in enumerate(types())]
    required: list[sa.Column[Any]] = [
        sa.Column(f"n{number}", type_, nullable=False) for number, type_ in enumerate((sa.Integer, sa.Text))
    ]
    sa.Table("types", metadata, *columns, *required, schema=SCHEMA)


def _defaults(metadata: sa.MetaData) -> None:
    columns = [sa.Column(f"c{n}", type_, server_default=default) for n, (type_, default) in enumerate(DEFAULTS)]
    sa.Table("defaults", metadata, *columns)


def _checks(metadata: sa.MetaData) -> None:
    table = _wide(metadata, "checks")
    for number, condition in enumerate(CONDITIONS):
        escaped = condition.replace(":[", "\\:[").replace(":b", "\\:b")
        table.append_constraint(sa.CheckConstraint(escaped, name=f"condition {number}"))
    other = _wide(metadata, "Partial %s")
    for number, condition in enumerate(CONDITIONS):
        escaped = condition.replace(":[", "\\:[").replace(":b", "\\:b")
        sa.Index(f"ix partial {number}", other.c.a, postgresql_where=sa.text(escaped))


def _indexes(metadata: sa.MetaData) -> None:
    table = _wide(metadata, "indexes")
    for number, expression in enumerate(INDEXES):
        sa.Index(f"ix_expression_{number}", sa.literal_column(expression), unique=number % 2 == 0, _table=table)
    sa.Index(None, table.c.a)
    sa.Index("ix_order", table.c.a, table.c.b.desc(), table.c.c.asc().nulls_first())
    sa.Index("ix_desc", table.c.b.desc().nulls_last(), table.c.a.asc())
    sa.Index("ix_hash", table.c.b, postgresql_using="hash")
    sa.Index("ix_gin", table.c.e, postgresql_using="gin")
    sa.Index("ix_gin_ops", table.c.e, postgresql_using="gin", postgresql_ops={"e": "jsonb_path_ops"})
    sa.Index("ix_gist", table.c.g, postgresql_using="gist")
    sa.Index("ix_spgist", table.c.g, postgresql_using="spgist")
    sa.Index("ix_brin", table.c.d, postgresql_using="brin", postgresql_with={"pages_per_range": 64})
    sa.Index("ix_gin_array", table.c.h, postgresql_using="gin", postgresql_with={"fastupdate": False})
    sa.Index("ix_ops", table.c.b, table.c.c, postgresql_ops={"b": "text_pattern_ops", "c": "varchar_pattern_ops"})
    sa.Index("ix_include", table.c.a, postgresql_include=["b", "c"])
    sa.Index("ix_unique_where", table.c.a, unique=True, postgresql_where=table.c.b.is_not(None))
    sa.Index("ix_where_in", table.c.a, postgresql_where=table.c.c.in_(["x", "y"]))
    sa.Index("ix_where_like", table.c.a, postgresql_where=table.c.c.like("x%"))
    sa.Index("ix_nulls", table.c.a, table.c.c, unique=True, postgresql_nulls_not_distinct=True)
    sa.Index("ix_lower", sa.func.lower(table.c.b), table.c.a)
    sa.Index("ix_func_ops", sa.func.lower(table.c.b).label("low"), postgresql_ops={"low": "text_pattern_ops"})
    sa.Index("ix_cast", sa.cast(table.c.a, sa.Text))
    sa.Index("ix_collate", table.c.b.collate("C"))
    sa.Index("ix_concat", table.c.b + " " + table.c.c)
    sa.Index("ix_json", table.c.e["name"].astext)
    sa.Index('"', table.c.a, table.c.f)


def _perhaps(name: str, metadata: sa.MetaData) -> str | None:
    """A convention such as ours asks for a name; without one, PostgreSQL gives it."""
    return name if "ck" in metadata.naming_convention else None


def _constraints(metadata: sa.MetaData) -> None:
    sa.Table(
        "constraints",
        metadata,
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("a", sa.Integer, unique=True),
        sa.Column("b", sa.Text, index=True),
        sa.Column("c", sa.Text, index=True, unique=True),
        sa.Column("d", sa.Integer, sa.CheckConstraint("d > 0", name=_perhaps("of column", metadata))),
        sa.Column("g", pg.INT4RANGE),
        sa.Column("i", sa.Integer),
        sa.UniqueConstraint("a", "b"),
        sa.UniqueConstraint("b", "a", name="uq named", deferrable=True, initially="DEFERRED"),
        sa.UniqueConstraint("b", "d", name="uq_nulls", postgresql_nulls_not_distinct=True),
        sa.UniqueConstraint("d", name="uq_include", **sayable(sa.UniqueConstraint, include=["b"])),
        sa.UniqueConstraint("d", "b", deferrable=True),
        sa.CheckConstraint("a > 0 AND a < 10", name="range"),
        sa.CheckConstraint("b <> ''", name=_perhaps("of table", metadata)),
        pg.ExcludeConstraint(("g", "&&"), name=_perhaps("ex", metadata)),
        pg.ExcludeConstraint(("g", "&&"), name="ex where", where=sa.text("a > 5"), using="gist", deferrable=True),
        pg.ExcludeConstraint((sa.text("int4range(a, i, '[]')"), "&&"), name="ex_expression"),
        pg.ExcludeConstraint(("a", "="), ("b", "="), name="ex_btree", using="btree", ops={"b": "text_pattern_ops"}),
        schema=SCHEMA,
        comment="it's 100% :x",
    )


def _keys(metadata: sa.MetaData) -> None:
    options: list[dict[str, Any]] = [
        {},
        {"ondelete": "CASCADE"},
        {"onupdate": "SET NULL", "ondelete": "RESTRICT"},
        {"ondelete": "SET DEFAULT", "deferrable": True},
        {"ondelete": "NO ACTION", "deferrable": True, "initially": "DEFERRED"},
        {"match": "FULL"},
        {"ondelete": "SET NULL (k5)"},
    ]
    sa.Table("target", metadata, sa.Column("id", sa.Integer, primary_key=True), schema="public")
    keys = [
        sa.Column(f"k{number}", sa.Integer, sa.ForeignKey("public.target.id", **given))
        for number, given in enumerate(options[:-1])
    ]
    sa.Table("pointing", metadata, *keys, schema=SCHEMA)
    sa.Table("inside", metadata, sa.Column("id", sa.ForeignKey("public.target.id"), primary_key=True), schema="public")
    sa.Table(
        "usual", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("up", sa.ForeignKey("usual.id"))
    )
    sa.Table(
        "pair",
        metadata,
        sa.Column("x", sa.Integer, primary_key=True),
        sa.Column("y", sa.String(5), primary_key=True),
        sa.Column("z_id", sa.ForeignKey("circle.id", use_alter=True, name="fk_circle")),
    )
    sa.Table(
        "circle",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("x", sa.Integer),
        sa.Column("y", sa.String(5)),
        sa.ForeignKeyConstraint(["x", "y"], ["pair.x", "pair.y"], ondelete="CASCADE"),
    )


def _numbers(metadata: sa.MetaData) -> None:
    free = sa.Sequence("free", metadata=metadata, schema=SCHEMA)
    sa.Sequence(
        "odd", 5, -2, minvalue=-99, maxvalue=7, cycle=True, cache=3, data_type=sa.SmallInteger, metadata=metadata
    )
    sa.Table("small_serial", metadata, sa.Column("id", sa.SmallInteger, primary_key=True), schema=SCHEMA)
    sa.Table("big_serial", metadata, sa.Column("id", sa.BigInteger, primary_key=True))
    sa.Table("by_hand", metadata, sa.Column("id", sa.Integer, primary_key=True, autoincrement=False))
    sa.Table(
        "numbers",
        metadata,
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column(
            "always",
            sa.BigInteger,
            sa.Identity(always=True, start=5, increment=3, minvalue=2, maxvalue=99, cycle=True, cache=4),
        ),
        sa.Column("small", sa.SmallInteger, sa.Identity(start=-1, increment=-1, maxvalue=0, minvalue=-9)),
        sa.Column("drawn", sa.BigInteger, server_default=free.next_value()),
        sa.Column("n", sa.Integer),
        sa.Column("twice", sa.Integer, sa.Computed("n * 2", persisted=True)),
        sa.Column("text", sa.Text, sa.Computed("'a%' || n::text || ':x'", persisted=True)),
        schema=SCHEMA,
    )


def _storage(metadata: sa.MetaData) -> None:
    sa.Table(
        "stored",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("b", sa.Text, comment="of a column: 100%"),
        schema=SCHEMA,
        **sayable(sa.Table, **{"with": {"fillfactor": 70}}),
    )
    sa.Table("quick", metadata, sa.Column("id", sa.Integer), schema=SCHEMA, prefixes=["UNLOGGED"])
    sa.Table(
        "log",
        metadata,
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("b", sa.Text, index=True),
        schema=SCHEMA,
        postgresql_partition_by="RANGE (at)",
    )
    sa.Table("nothing", metadata, schema=SCHEMA)


def _plain_names(metadata: sa.MetaData) -> None:
    for name in ("order", "UPPER", "with space", 'quo"te', "semi;colon", "do.t", "per%cent", "co:lon", "é" * 30):
        sa.Table(
            name,
            metadata,
            sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
            sa.Column("user", sa.Text, index=True),
            sa.Column("Select", sa.Integer, unique=True),
            sa.Column("per%cent", sa.Text, server_default="x"),
            sa.Column("co:lon", sa.Text, comment="c"),
            sa.Column('quo"te', sa.ForeignKey("by_hand.id")),
            schema=SCHEMA,
        )
