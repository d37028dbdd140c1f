"""Types as SQLAlchemy has them: exact for everything that ``format_type`` can print."""

from __future__ import annotations

import pytest
from alembic.migration import MigrationContext

from tests.autogen.stock.copying import building, options, rendered
from tests.autogen.stock.test_stock_table import differences
from tests.autogen.workshop import Workshop
from tests.catalog.names import quoted
from trueline.autogen.stock.column import add_column
from trueline.autogen.stock.types import sql_type
from trueline.catalog.objects import Column

#: As written in SQL, and how the revision shows it.
SHOWN = {
    "varchar(80)": "sa.String(length=80)",
    "varchar": "sa.String()",
    'varchar(5) COLLATE "C"': "sa.String(length=5, collation='C')",
    "char(3)": "sa.CHAR(length=3)",
    "text": "sa.Text()",
    'text COLLATE "C"': "sa.Text(collation='C')",
    "integer": "sa.Integer()",
    "bigint": "sa.BigInteger()",
    "smallint": "sa.SmallInteger()",
    "boolean": "sa.Boolean()",
    "real": "sa.REAL()",
    "float8": "sa.Double()",
    "numeric": "sa.Numeric()",
    "numeric(10, 2)": "sa.Numeric(precision=10, scale=2)",
    "numeric(5)": "sa.Numeric(precision=5, scale=0)",
    "date": "sa.Date()",
    "timestamptz": "sa.DateTime(timezone=True)",
    "timestamp": "sa.DateTime()",
    "timestamptz(3)": "postgresql.TIMESTAMP(timezone=True, precision=3)",
    "timestamp(0)": "postgresql.TIMESTAMP(precision=0)",
    "time": "sa.Time()",
    "timetz": "sa.Time(timezone=True)",
    "time(2)": "postgresql.TIME(precision=2)",
    "interval": "sa.Interval()",
    "interval(3)": "postgresql.INTERVAL(precision=3)",
    "interval year to month": "postgresql.INTERVAL(fields='year to month')",
    "uuid": "sa.Uuid()",
    "json": "sa.JSON()",
    "jsonb": "postgresql.JSONB(astext_type=sa.Text())",
    "bytea": "sa.LargeBinary()",
    "inet": "postgresql.INET()",
    "tsvector": "postgresql.TSVECTOR()",
    "bit(4)": "postgresql.BIT(length=4)",
    "varbit(4)": "postgresql.BIT(length=4, varying=True)",
    "int4range": "postgresql.INT4RANGE()",
    "text[]": "postgresql.ARRAY(sa.Text())",
    "numeric(4, 1)[]": "postgresql.ARRAY(sa.Numeric(precision=4, scale=1))",
    "xml": "trueline.types.PgType('xml')",
    "shop.state": "postgresql.ENUM('open', \"it's\", name='state', schema='shop', create_type=False)",
    "state": "postgresql.ENUM('a', name='state', create_type=False)",
    "state[]": "postgresql.ARRAY(postgresql.ENUM('a', name='state', create_type=False))",
    "shop.email": "trueline.types.PgType('shop.email')",
    "shop.pair": "trueline.types.PgType('shop.pair')",
}

SETUP = """
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('open', 'it''s');
CREATE TYPE state AS ENUM ('a');
CREATE DOMAIN shop.email AS text;
CREATE TYPE shop.pair AS (a integer, b text);
"""

#: Everything else that may stand behind a column's name.
ODD = """
varchar(1)[]; char(1); char(10485760); bpchar; "char"; name; numeric(1000, 1000); numeric(3, -2);
numeric(2, 5)[]; bit(1); bit(64)[]; varbit; varbit[]; time(6) with time zone; time(0)[];
timestamp(6)[]; timestamptz(0)[]; interval year; interval month; interval day; interval hour;
interval minute; interval second; interval second(0); interval day to hour; interval day to minute;
interval day to second; interval day to second(2)[]; interval hour to minute; interval hour to
second(6); interval minute to second; interval(0)[]; money; oid; oid[]; regclass; regconfig;
regtype; tsquery; tsvector[]; cidr; inet[]; macaddr; macaddr8; xml[]; point; line; lseg; box; path;
polygon; circle; pg_lsn; txid_snapshot; json[]; jsonb[]; uuid[]; bytea[]; daterange; tsrange;
tstzrange; numrange; int8range[]; int4multirange; tstzmultirange[]; datemultirange; nummultirange;
int8multirange; tsmultirange; jsonpath; text[] COLLATE "C"; char(3) COLLATE "C"; name COLLATE "C";
varchar(2) COLLATE "POSIX"; text COLLATE "ucs_basic"; varchar COLLATE @s.@o; @s.@k; @s.@k[]; @s.@d;
@s.@d[]; @r.@k; @r.@k[]; @s.@m; @s.@m[]; @s.@t; @s.@t[]; @s.mood; @r."a.b"
"""

ODD_SETUP = """
CREATE SCHEMA @r;
CREATE COLLATION @s.@o FROM "C";
CREATE TYPE @s.@k AS ENUM ('one', 'it''s %s', 'ünï :x', '"', '\\');
CREATE TYPE @s.mood AS ENUM ();
CREATE TYPE @r."a.b" AS ENUM ('a.b');
CREATE DOMAIN @s.@d AS varchar(50);
CREATE TYPE @r.@k AS (@a integer);
CREATE TYPE @s.@m AS RANGE (subtype = float8);
CREATE TABLE @s.@t (@a integer);
"""


def test_what_a_developer_would_write(workshop: Workshop) -> None:
    """The usual types are the ones that people know."""
    columns = ", ".join(f"c{number} {kind}" for number, kind in enumerate(SHOWN))
    [made] = workshop.make(f"{SETUP} CREATE TABLE t ({columns});")
    context = MigrationContext.configure(dialect_name="postgresql", opts=options())
    text = rendered(context, building(made))
    for number, shown in enumerate(SHOWN.values()):
        assert f"sa.Column('c{number}', {shown}, nullable=True)" in text


def test_any_type_is_exact(workshop: Workshop) -> None:
    """Modifiers, fields, arrays, collations and names of every sort come out as they were."""
    kinds = [kind.strip() for kind in ODD.split(";")]
    columns = ", ".join(f"c{number} {kind}" for number, kind in enumerate(kinds))
    [made] = workshop.make(f"{ODD_SETUP} CREATE TABLE @s.@u ({columns});")
    workshop.begin(f"{ODD_SETUP} CREATE TABLE @s.@u ();")
    place = (quoted("@s")[1:-1].replace('""', '"'), "order")
    for column in sorted(made.of_kind(Column), key=lambda each: each.position):
        if (column.schema, column.table) == place:
            workshop.run(add_column(column, made, default_schema="public"))
    assert differences(made, workshop.read()) == []


@pytest.mark.parametrize("kind", ["public.geometry(Point,4326)", "a b c(1,2)"])
def test_a_type_says_what_it_is(kind: str, workshop: Workshop) -> None:
    """What SQLAlchemy has no class for keeps its words."""
    [made] = workshop.make("")
    assert str(sql_type(kind, made)).replace(" ", "").upper() == kind.replace(" ", "").upper()
