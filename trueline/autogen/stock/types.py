"""PostgreSQL's name of a type, as ``format_type`` has it, to the SQLAlchemy type that a developer would write."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.types import TypeEngine

from trueline.autogen.operations.brackets import outer_parts
from trueline.autogen.stock.words import bare
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Enum
from trueline.types import PgType

_Type = TypeEngine[Any]

#: Types without modifiers.
_PLAIN: dict[str, Callable[[], _Type]] = {
    "bigint": sa.BigInteger,
    "bit": pg.BIT,
    "boolean": sa.Boolean,
    "bytea": sa.LargeBinary,
    "date": sa.Date,
    "double precision": sa.Double,
    "integer": sa.Integer,
    "interval": sa.Interval,
    "json": sa.JSON,
    "jsonb": pg.JSONB,
    "numeric": sa.Numeric,
    "real": sa.REAL,
    "smallint": sa.SmallInteger,
    "uuid": sa.Uuid,
    **{
        kind.lower(): getattr(pg, kind)
        for kind in (
            *("CIDR", "INET", "MACADDR", "MACADDR8", "MONEY", "OID", "REGCLASS", "REGCONFIG", "TSQUERY", "TSVECTOR"),
            *("DATERANGE", "INT4RANGE", "INT8RANGE", "NUMRANGE", "TSRANGE", "TSTZRANGE"),
            *("DATEMULTIRANGE", "INT4MULTIRANGE", "INT8MULTIRANGE", "NUMMULTIRANGE", "TSMULTIRANGE", "TSTZMULTIRANGE"),
        )
    },
}

#: Types of text, which may have a collation.
_STRINGS: dict[str, Callable[..., _Type]] = {
    "text": sa.Text,
    "character varying": sa.String,
    "character": sa.CHAR,
}

_MODIFIED = re.compile(r"(?P<kind>[a-z ]+?)\((?P<first>\d+)(?:,(?P<second>-?\d+))?\)(?P<rest>[a-z ]*)")
_INTERVAL = re.compile(r"interval(?: (?P<fields>[a-z ]+?))?(?:\((?P<precision>\d+)\))?")
_COLLATION = "pg_catalog."


def sql_type(text: str, catalog: Catalog, collation: str | None = None, *, default_schema: str | None = None) -> _Type:
    """The type that compiles to what ``text`` says, with this collation.

    Args:
        text: as ``format_type`` has it.
        catalog: where enum types are looked up.
        collation: as SQL has it, when it is not the type's own.
        default_schema: the schema that an enum type need not name.
    """
    if text.endswith("[]"):
        return _array(text, catalog, collation, default_schema)
    if collation is not None:
        return _collated(text, collation)
    enum = _enum(text, catalog)
    if enum is not None:
        schema = None if enum.schema == default_schema else enum.schema
        return pg.ENUM(*enum.labels, name=enum.name, schema=schema, create_type=False)
    return _builtin(text) or PgType(text)


def _array(text: str, catalog: Catalog, collation: str | None, default_schema: str | None) -> _Type:
    if collation is not None:
        return PgType(text, collation)
    return pg.ARRAY(sql_type(text.removesuffix("[]"), catalog, default_schema=default_schema))


def _collated(text: str, collation: str) -> _Type:
    name = bare(collation.removeprefix(_COLLATION)) if collation.startswith(_COLLATION) else None
    kind, length = _string(text)
    if kind is None or name is None or '"' in name or "%" in name:
        return PgType(text, collation)
    return kind(collation=name) if length is None else kind(length=length, collation=name)


def _string(text: str) -> tuple[Callable[..., _Type] | None, int | None]:
    if text in {"text", "character varying"}:
        return _STRINGS[text], None
    match = _MODIFIED.fullmatch(text)
    if match and match["kind"] in {"character varying", "character"} and not match["second"]:
        return _STRINGS[match["kind"]], int(match["first"])
    return None, None


def _enum(text: str, catalog: Catalog) -> Enum | None:
    parts = [bare(part) for part in outer_parts(text, ".")]
    if len(parts) != 2:
        return None
    found = catalog.get(("enum", str(parts[0]), str(parts[1])))
    return found if isinstance(found, Enum) else None


def _builtin(text: str) -> _Type | None:
    if text in _PLAIN:
        return _PLAIN[text]()
    kind, length = _string(text)
    if kind is not None:
        return kind() if length is None else kind(length=length)
    return _timed(text) or _modified(text) or _interval(text)


def _timed(text: str) -> _Type | None:
    """Times and timestamps, with or without time zone and precision."""
    for ending, zone in ((" without time zone", False), (" with time zone", True)):
        if not text.endswith(ending):
            continue
        kind, _, precision = text.removesuffix(ending).partition("(")
        if not precision:
            return _CLOCKS[kind](timezone=zone) if zone else _CLOCKS[kind]()
        return _PRECISE[kind](timezone=zone, precision=int(precision.rstrip(")")))
    return None


_CLOCKS: dict[str, Callable[..., _Type]] = {"timestamp": sa.DateTime, "time": sa.Time}
_PRECISE: dict[str, Callable[..., _Type]] = {"timestamp": pg.TIMESTAMP, "time": pg.TIME}


def _modified(text: str) -> _Type | None:
    match = _MODIFIED.fullmatch(text)
    if match is None or match["rest"]:
        return pg.BIT(varying=True) if text == "bit varying" else None
    first = int(match["first"])
    match match["kind"]:
        case "numeric":
            return sa.Numeric(precision=first, scale=int(match["second"] or 0))
        case "bit":
            return pg.BIT(length=first)
        case "bit varying":
            return pg.BIT(length=first, varying=True)
    return None


def _interval(text: str) -> _Type | None:
    match = _INTERVAL.fullmatch(text)
    if match is None:
        return None
    precision = int(match["precision"]) if match["precision"] else None
    return pg.INTERVAL(fields=match["fields"], precision=precision)
