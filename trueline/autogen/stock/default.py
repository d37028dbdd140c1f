"""Defaults, identities and generated values of columns, as SQLAlchemy writes them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from trueline.autogen.operations.brackets import outer_parts, without_brackets
from trueline.autogen.stock.words import bare, expression
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, Enum, Identity
from trueline.catalog.render.words import name

#: The type that a string constant is written with, by the beginning of the column's.
_STRING_TYPES = {"text": "text", "character varying": "character varying", "character": "bpchar"}

_NUMBERS = frozenset({"smallint", "bigint", "numeric", "real", "double precision"})

#: Highest value of the types that a sequence can fill.
HIGHEST = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}


def server_default(column: Column, catalog: Catalog) -> str | sa.TextClause | None:
    """The default as ``server_default`` takes it: a plain string where it is one. None where neither can hold it."""
    if column.written is None:
        return None
    plain = _plain_string(column.written)
    if plain is not None and plain[1] in _constant_types(column.type, catalog):
        return plain[0]
    return expression(column.written)


def default_clause(column: Column, catalog: Catalog) -> sa.DefaultClause | None:
    """The default as ``alter_column`` takes it; None where that cannot hold it."""
    value = server_default(column, catalog)
    return None if value is None else sa.DefaultClause(value)


def _plain_string(default: str) -> tuple[str, str] | None:
    """Value and type of ``'value'::type``, where a developer's string would be just the value."""
    if not default.startswith("'"):
        return None
    body, separator, kind = default.rpartition("::")
    inner = body[1:-1]
    simple = separator and body.endswith("'") and len(body) > 1 and inner.isprintable()
    # Alembic's rendering takes quotes off the ends.
    if not simple or any(character in inner for character in "'\\%:"):
        return None
    return inner, kind


def _constant_types(kind: str, catalog: Catalog) -> frozenset[str]:
    parts = [bare(part) for part in outer_parts(kind, ".")]
    if len(parts) == 2 and isinstance(catalog.get(("enum", str(parts[0]), str(parts[1]))), Enum):
        return frozenset({kind})
    base = kind.partition("(")[0]
    if kind.endswith("[]"):
        return frozenset()
    return frozenset({_STRING_TYPES[base]} if base in _STRING_TYPES else {base} if base in _NUMBERS else ())


def identity(given: Identity, kind: str) -> sa.Identity:
    """The identity with the options that are not PostgreSQL's own choice."""
    usual = usual_identity(given, kind)
    options: dict[str, Any] = {
        word: getattr(given, field) for word, field in _WORDS.items() if getattr(given, field) != getattr(usual, field)
    }
    return sa.Identity(always=given.always, **options)


_WORDS = {
    "start": "start",
    "increment": "increment",
    "minvalue": "minimum",
    "maxvalue": "maximum",
    "cache": "cache",
    "cycle": "cycle",
}


def usual_identity(given: Identity, kind: str) -> Identity:
    """What PostgreSQL makes of the same without further options, but for the direction it counts in."""
    highest = HIGHEST.get(kind, 2**63 - 1)
    low, high = (1, highest) if given.increment > 0 else (-highest - 1, -1)
    start = given.minimum if given.increment > 0 else given.maximum
    return Identity(given.always, given.sequence, start, 1, low, high)


def identity_words(given: Identity) -> str:
    """The whole identity as SQL, its sequence's name included."""
    mode = "ALWAYS" if given.always else "BY DEFAULT"
    return (
        f"GENERATED {mode} AS IDENTITY (SEQUENCE NAME {name(*given.sequence)} START {given.start}"
        f" INCREMENT {given.increment} MINVALUE {given.minimum} MAXVALUE {given.maximum}"
        f" CACHE {given.cache}{' CYCLE' if given.cycle else ''})"
    )


def computed(column: Column) -> sa.Computed | None:
    """The generated value, or None where SQLAlchemy has no words for it."""
    generated = column.generated
    text = expression(without_brackets(generated.expression)) if generated else None
    if generated is None or text is None or not (generated.stored or _knows_virtual()):
        return None
    return sa.Computed(text, persisted=generated.stored)


def _knows_virtual() -> bool:
    """Since 2.1; before, SQLAlchemy refused to."""
    from sqlalchemy.dialects.postgresql.base import PGDialect

    return hasattr(PGDialect, "supports_virtual_generated_columns")
