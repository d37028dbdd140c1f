"""Names and literals as SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy.dialects.postgresql.base import RESERVED_WORDS

from trueline.catalog.objects import Key

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")

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
}
_ROUTINES = frozenset({"function", "procedure", "aggregate"})
_ON_RELATION = frozenset({"trigger", "rule", "policy"})


def name(*parts: str) -> str:
    """A name with its schema, in quotes where it needs them."""
    return ".".join(part if _is_plain(part) else '"' + part.replace('"', '""') + '"' for part in parts)


def _is_plain(part: str) -> bool:
    return _PLAIN.fullmatch(part) is not None and part not in RESERVED_WORDS


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


def noun(key: Key) -> str:
    """What ``COMMENT ON`` takes."""
    kind, *parts = key
    if kind in _ROUTINES:
        arguments = parts[2] or ("*" if kind == "aggregate" else "")
        return f"{_NOUNS[kind]} {name(*parts[:2])}({arguments})"
    if kind in _ON_RELATION:
        return f"{_NOUNS[kind]} {name(parts[2])} ON {name(*parts[:2])}"
    if kind in _NOUNS:
        return f"{_NOUNS[kind]} {name(*parts)}"
    domain = "DOMAIN " if kind == "domain_constraint" else ""
    return f"CONSTRAINT {name(parts[2])} ON {domain}{name(*parts[:2])}"
