"""Names and literals as SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from trueline.catalog.objects import DEFINED, Key

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")

#: What PostgreSQL itself writes in quotes: every keyword of 15 to 18 but the unreserved ones (quote_identifier in
#: ruleutils.c, pg_get_keywords()).
_KEYWORDS = """
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
    case cast char character check coalesce collate collation column concurrently constraint create cross
    current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
    decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
    freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect
    interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query
    json_scalar json_serialize json_table json_value lateral leading least left like limit localtime
    localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on
    only or order out outer overlaps overlay placing position precision primary real references returning right
    row select session_user setof similar smallint some substring symmetric system_user table tablesample then
    time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when
    where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi
    xmlroot xmlserialize xmltable
"""

#: How a statement names an object of a kind. On a relation: ``… name ON relation``.
_NOUNS = {
    "schema": "SCHEMA",
    "extension": "EXTENSION",
    "table": "TABLE",
    "view": "VIEW",
    "materialized_view": "MATERIALIZED VIEW",
    "sequence": "SEQUENCE",
    "index": "INDEX",
    "statistics": "STATISTICS",
    "enum": "TYPE",
    "composite": "TYPE",
    "range": "TYPE",
    "domain": "DOMAIN",
    "function": "FUNCTION",
    "procedure": "PROCEDURE",
    "aggregate": "AGGREGATE",
    "column": "COLUMN",
    "view_column": "COLUMN",
    "attribute": "COLUMN",
    "trigger": "TRIGGER",
    "rule": "RULE",
    "policy": "POLICY",
    **{cls.kind: cls.kind.replace("_", " ").upper() for cls in DEFINED},
}
_ROUTINES = frozenset({"function", "procedure", "aggregate"})
_ON_RELATION = frozenset({"trigger", "rule", "policy"})
_FOR_METHOD = frozenset({"operator_class", "operator_family"})


_QUOTED = frozenset(_KEYWORDS.split())


def name(*parts: str) -> str:
    """A name with its schema, unless that is empty, in quotes where PostgreSQL puts them."""
    return ".".join(map(_part, filter(None, parts)))


@lru_cache(maxsize=8192)  # the same few names stand everywhere
def _part(part: str) -> str:
    plain = _PLAIN.fullmatch(part) is not None and not is_keyword(part)
    return part if plain else '"' + part.replace('"', '""') + '"'


def is_keyword(word: str) -> bool:
    """Whether PostgreSQL puts it in quotes where it is a name."""
    return word in _QUOTED


def literal(text: str) -> str:
    """A string."""
    return "'" + text.replace("'", "''") + "'"


def names(parts: Iterable[str]) -> str:
    """Several names."""
    return ", ".join(name(part) for part in parts)


def options(given: Sequence[str]) -> str:
    """Options as ``name=value`` in parentheses."""
    pairs = (option.partition("=") for option in given)
    return "(" + ", ".join(f"{key} = {_value(value)}" for key, _, value in pairs) + ")"


def _value(value: str) -> str:
    return value if re.fullmatch(r"[A-Za-z0-9_.-]+", value) else literal(value)


def operator_name(schema: str, symbol: str) -> str:
    """An operator with its schema; nothing can be quoted in the operator itself."""
    return f"{name(schema)}.{symbol}"


def noun(key: Key) -> str:
    """What ``COMMENT ON`` takes."""
    kind, *parts = key
    if kind in _ROUTINES:
        arguments = parts[2] or ("*" if kind == "aggregate" else "")
        return f"{_NOUNS[kind]} {name(*parts[:2])}({arguments})"
    if kind in _ON_RELATION:
        return f"{_NOUNS[kind]} {name(parts[2])} ON {name(*parts[:2])}"
    if kind == "operator":
        return f"OPERATOR {operator_name(*parts[:2])} ({parts[2]})"
    if kind in _FOR_METHOD:
        return f"{_NOUNS[kind]} {name(*parts[:2])} USING {name(parts[2])}"
    if kind in {"cast", "transform"}:  # called by types, which are SQL already
        return f"CAST ({parts[0]})" if kind == "cast" else f"TRANSFORM FOR {parts[0]}"
    if kind in _NOUNS:
        return f"{_NOUNS[kind]} {name(*parts)}"
    domain = "DOMAIN " if kind == "domain_constraint" else ""
    return f"CONSTRAINT {name(parts[2])} ON {domain}{name(*parts[:2])}"
