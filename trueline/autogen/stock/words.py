"""What the stock operations' arguments have in common: names, SQL expressions, PostgreSQL's spelling of names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import TextClause, text
from sqlalchemy.sql.elements import conv

from trueline.autogen.sql_text import for_text
from trueline.catalog.render.words import name
from trueline.errors import TruelineError

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")


def left_out(schema: str, default_schema: str) -> str | None:
    """The schema as operations have it: None for the default one."""
    return None if schema == default_schema else schema


def exact(given: str) -> conv:
    """A name that no naming convention may touch: ``op.f('…')``."""
    return conv(given)


def expression(sql: str) -> TextClause | None:
    """SQL as ``sa.text()``, or None where that cannot hold it."""
    try:
        return text(for_text(sql))
    except TruelineError:
        return None


def spelled(part: str) -> str:
    """A pattern for a name as PostgreSQL writes it, which puts some key words into quotes that need none."""
    quoted = '"' + part.replace('"', '""') + '"'
    forms = {quoted, part} if _PLAIN.fullmatch(part) else {quoted}
    return f"(?:{'|'.join(re.escape(form) for form in sorted(forms))})"


def spelled_list(parts: Iterable[str]) -> str:
    """A pattern for several names."""
    return ", ".join(spelled(part) for part in parts)


def bare(quoted: str) -> str | None:
    """The name that SQL spells so; None for what is no name alone."""
    if _PLAIN.fullmatch(quoted):
        return quoted
    inner = quoted[1:-1].replace('""', '"') if len(quoted) > 2 else ""
    return inner if inner and '"' + inner.replace('"', '""') + '"' == quoted else None


def column_action(column: str, action: str) -> str:
    """What follows ALTER TABLE, for a column."""
    return f"ALTER COLUMN {name(column)} {action}"
