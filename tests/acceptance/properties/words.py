"""What the random schemas are made of: names that break what quotes carelessly, types, defaults, conditions."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

#: The names that every pair is given, in an order of its own.
NAMES = (
    "plain",
    "Upper",
    "order",
    "user",
    "with space",
    'quo"te',
    "apo'strophe",
    "per%cent",
    "%s",
    "%(name)s",
    "co:lon",
    ":bind",
    "a::b",
    "do.t",
    "public",
    "public.t",
    "é" * 31,
    "x" * 63,
    "日本語",
    "😀",
    "back\\slash",
    "$1",
    "semi;--",
    "(paren)",
    "[label]",
    "null",
    "check",
    "1digit",
    "type",
    "a,b",
    "'",
    '"',
    "{}",
    "_",
    "{x}",
    "\\",
)

#: Of the schemas; the first two are the same place, once spelled out.
SCHEMAS = (None, "public", 'Sch"ema %s:x', "other")

LABELS = ("a", "b", "C", "it's", "100% :x", "ünï", "", "two words", "back\\slash", '"')

COMMENTS = (None, "plain", "it's 100% :x", "two\nlines \\ $$", "ü")


class Type(NamedTuple):
    """A column type: how it is declared, its defaults, and what can become of it."""

    make: Any
    family: str
    defaults: tuple[str, ...] = ()
    comparable: bool = True


TYPES: dict[str, Type] = {
    "integer": Type(sa.Integer(), "number", ("7", "1 + 2", "(-1)")),
    "bigint": Type(sa.BigInteger(), "number", ("9223372036854775807", "0")),
    "smallint": Type(sa.SmallInteger(), "number", ("1",)),
    "numeric": Type(sa.Numeric(8, 2), "number", ("0.50", "1")),
    "numeric free": Type(sa.Numeric(), "number", ("0",)),
    "double": Type(sa.Double(), "number", ("random()", "1.5")),
    "text": Type(sa.Text(), "text", ("'it''s'", "''", "'100% :x %(n)s'", "upper('a')", "'back\\slash'")),
    "varchar": Type(sa.String(), "text", ("'x'",)),
    "varchar 5": Type(sa.String(5), "text", ("'abc'",)),
    "varchar 30": Type(sa.String(30), "text", ("'abc'", "'A'")),
    "text C": Type(sa.Text(collation="C"), "text", ("'x'",)),
    "char": Type(sa.CHAR(4), "text", ("'ab'",)),
    "boolean": Type(sa.Boolean(), "boolean", ("true", "false")),
    "date": Type(sa.Date(), "time", ("CURRENT_DATE", "'2020-02-03'")),
    "timestamp": Type(sa.DateTime(), "time", ("now()", "'2020-02-03 04:05:06'")),
    "timestamptz": Type(sa.DateTime(timezone=True), "time", ("now()", "CURRENT_TIMESTAMP")),
    "timestamptz 3": Type(pg.TIMESTAMP(timezone=True, precision=3), "time", ("now()",)),
    "interval": Type(sa.Interval(), "interval", ("'1 day'",)),
    "interval day": Type(pg.INTERVAL(fields="DAY TO SECOND", precision=3), "interval", ("'02:03:04'",)),
    "json": Type(sa.JSON(), "json", ("'{}'", '\'{"a": "%"}\''), comparable=False),
    "jsonb": Type(pg.JSONB(), "json", ("'[]'", "'{\"a:b\": [null]}'")),
    "uuid": Type(sa.Uuid(), "uuid", ("gen_random_uuid()",)),
    "bytea": Type(sa.LargeBinary(), "bytes", (r"'\x00ff'",)),
    "inet": Type(pg.INET(), "inet", ("'127.0.0.1'",)),
    "integers": Type(sa.ARRAY(sa.Integer), "array", ("'{}'", "ARRAY[1, 2]")),
    "texts": Type(sa.ARRAY(sa.Text), "array", ("'{a,\"b c\"}'",)),
    "range": Type(pg.INT4RANGE(), "range", ("'[1,5)'",)),
}

#: Of the attributes of composite types.
ATTRIBUTES = {
    "integer": "integer",
    "bigint": "bigint",
    "text": "text",
    "text C": 'text COLLATE "C"',
    "texts": "text[]",
    "date": "date",
}

CONDITIONS: dict[str, tuple[str, ...]] = {
    "number": ("{0} > 0", "{0} BETWEEN 1 AND 9", "{0} IN (1, 2)", "{0} + 1 <> 5 OR {0} IS NULL"),
    "text": ("{0} <> ''", "length({0}) > 2", "{0} LIKE '%s:x%'", "{0} IN ('a', 'it''s')", "{0} ~ '^[a-z]+$'"),
    "time": ("{0} > '2020-01-01'", "{0} IS NOT NULL"),
    "other": ("{0} IS NOT NULL", "({0} IS NULL) = false"),
}


def castable(old: str, new: str) -> bool:
    """Whether a column of one type can become one of the other: within a family, and by way of text."""
    one, other = family(old), family(new)
    return one == other or "text" in {one, other} or {one, other} == {"enum"}


def family(type_: str) -> str:
    """Of a type by its key; enums, domains and composite types are families of their own."""
    if type_.startswith("enum[]"):
        return type_
    if type_.startswith("enum"):
        return "enum"
    if type_.startswith(("domain", "composite")):
        return type_
    return TYPES[type_].family


def comparable(type_: str) -> bool:
    """Whether an index can be made of it."""
    return TYPES[type_].comparable if type_ in TYPES else not type_.startswith("composite")


def conditions(type_: str) -> tuple[str, ...]:
    """What a check or an index may ask of a column of this type."""
    return CONDITIONS.get(family(type_), CONDITIONS["other"])
