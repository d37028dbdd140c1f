"""Names as they are given: a model, a table, another declaration, ``"schema.name"`` or ``("schema", "name")``."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Table

from trueline.catalog.render.words import name
from trueline.errors import TruelineError

#: Schema, or None for the one that is looked in first, and name.
Place = tuple[str | None, str]

#: Kinds whose declarations carry a comment.
COMMENTED = frozenset({"domain", "function", "procedure", "view", "materialized_view", "trigger", "policy"})

_PART = r'"(?:[^"]|"")+"|[^".]+'
_DOTTED = re.compile(rf"(?:(?P<schema>{_PART})\.)?(?P<name>{_PART})", re.DOTALL)


class ObjectError(TruelineError):
    """A declaration that cannot hold."""


def table_of(model: Any) -> Table:
    """The table of a model, or the table itself.

    Raises:
        TruelineError: when it is neither.
    """
    table = getattr(model, "__table__", model)
    if isinstance(table, Table):
        return table
    raise TruelineError(
        f"{model!r} has no table.", fix="pass a class that is declared with table=True, or a sqlalchemy.Table"
    )


def place_of(given: Any, where: str) -> Place:
    """Schema and name of what was given.

    Raises:
        ObjectError: it is nothing that has them.
    """
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], str):
        return given
    if isinstance(given, str):
        return _parsed(given, where)
    table = getattr(given, "__table__", given)
    schema, own = getattr(table, "schema", ""), getattr(table, "name", None)
    if isinstance(own, str) and schema != "":
        return schema, own
    raise ObjectError(
        f"{given!r} has no name in the database",
        where=where,
        fix='pass a model, a table, another declaration, "schema.name" or ("schema", "name")',
    )


def _parsed(given: str, where: str) -> Place:
    """A dot parts schema and name; a part with a dot of its own stands in double quotes, as in SQL."""
    match = _DOTTED.fullmatch(given)
    if match is None:
        raise ObjectError(
            f"{given!r} is no name with its schema", where=where, fix='("schema", "name")   # takes any characters'
        )
    schema, own = (_unquoted(part) if part else None for part in (match["schema"], match["name"]))
    return schema, own or ""


def _unquoted(part: str) -> str:
    return part[1:-1].replace('""', '"') if part.startswith('"') else part


def sql(place: Place) -> str:
    """The name as SQL."""
    return name(*filter(None, place))


def readable(place: Place) -> str:
    """The name as people write it."""
    return ".".join(filter(None, place))
