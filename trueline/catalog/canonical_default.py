"""One spelling for defaults that are a constant.

How PostgreSQL prints a constant tells which type the column had when the default was written, and whether it was
written in quotes; what is inserted is the same:

    integer DEFAULT 0, then bigint: 0      bigint DEFAULT '0': '0'::bigint      ->  0
    varchar DEFAULT 'x', then text: 'x'::character varying                      ->  'x'::text
    json DEFAULT '{}', then jsonb: '{}'::json                                   ->  '{}'::jsonb
    varchar(9) DEFAULT NULL: NULL::character varying                            ->  none
"""

from __future__ import annotations

import re
from functools import lru_cache

_CONSTANT = re.compile(r"(?P<value>NULL|'(?:[^']|'')*')(?:::(?P<type>[a-z]+(?: [a-z]+)*(?:\[\])?))?")
_NUMBER = re.compile(r"'(-?\d+(?:\.\d+)?)'")
_MODIFIERS = re.compile(r"\([\d,]+\)")

_NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"})
_STRINGS = frozenset({"text", "character varying", "character", "bpchar"})
_JSON = frozenset({"json", "jsonb"})


@lru_cache(maxsize=4096)  # a few constants are the defaults of most columns
def canonical_default(text: str, kind: str) -> str | None:
    """The default of a column of this type as one writes it; None where it is no default at all."""
    match = _CONSTANT.fullmatch(text)
    if match is None:
        return text
    value, given, own = match["value"], match["type"], _MODIFIERS.sub("", kind)
    if value == "NULL":
        return None
    if given in _NUMBERS and own in _NUMBERS and (number := _NUMBER.fullmatch(value)):
        return number[1]
    if given is not None and _is_alike(given, own, value):
        return f"{value}::{'bpchar' if own == 'character' else own}"
    return text


def _is_alike(given: str, own: str, value: str) -> bool:
    """Whether the constant means the same in both types."""
    if given in _STRINGS and own in _STRINGS:
        return given != "bpchar" or not value.endswith(" '")
    if given.startswith("interval") and own.startswith("interval"):
        return not own.endswith("[]")
    return {given, own} <= _JSON or (value == "'{}'" and given.endswith("[]") and own.endswith("[]"))
