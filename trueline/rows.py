"""Reference rows as SQL: plain values in, idempotent statements out.

A revision must not depend on the models of the day it runs, so its rows hold only values that PostgreSQL
reads from an untyped literal (``'29.99'``, ``'{a,b}'``, ``'{"k": 1}'``); the server converts them to the
type of the column.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Delete,
    TableClause,
    Text,
    Update,
    and_,
    cast,
    column,
    delete,
    false,
    literal_column,
    null,
    or_,
    table,
)
from sqlalchemy import update as sql_update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.types import ARRAY, TypeEngine

from trueline.errors import TruelineError

#: What a rendered revision may hold: each is a Python literal and an untyped SQL literal.
Plain = None | bool | int | float | str
PlainRow = Mapping[str, Plain]

_POSTGRESQL = PGDialect()


def plain(value: object, type_: TypeEngine[Any]) -> Plain:
    """The value as PostgreSQL reads it from an untyped literal.

    Raises:
        TruelineError: for a value that has no such form.
    """
    match value:
        case Enum():
            return plain(value.value, type_)
        case None | bool() | int() | float() | str():
            return value
        case Decimal() | UUID():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return f"{value.total_seconds()} seconds"
        case list() | tuple() if isinstance(type_.dialect_impl(_POSTGRESQL), ARRAY):
            return _array(value)
        case dict() | list() | tuple():
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
    raise TruelineError(
        f"A reference row cannot hold a {type(value).__name__}.",
        fix="use None, a bool, a number, a str, a UUID, a date or time, an enum member, a list or a dict",
    )


def _array(values: Sequence[object]) -> str:
    items = ("NULL" if value is None else _array_item(value) for value in values)
    return "{" + ",".join(items) + "}"


def _array_item(value: object) -> str:
    text = str(value.value if isinstance(value, Enum) else value)
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def upsert(name: str, key: Sequence[str], rows: Sequence[PlainRow], *, schema: str | None = None) -> Insert:
    """``INSERT … ON CONFLICT (key) DO UPDATE``: a second run changes nothing, not even a row's version."""
    columns = list(rows[0])
    target = _table(name, columns, schema)
    statement = insert(target).values([{name: literal(row[name]) for name in columns} for row in rows])
    others = [name for name in columns if name not in key]
    if not others:
        return statement.on_conflict_do_nothing(index_elements=list(key))
    new = {name: statement.excluded[name] for name in others}
    return statement.on_conflict_do_update(index_elements=list(key), set_=new, where=_differs(target, new))


def update(name: str, key: Sequence[str], row: PlainRow, *, schema: str | None = None) -> Update:
    """``UPDATE`` of the row with this key, if there is one and it differs: of the columns that are named alone."""
    target = _table(name, list(row), schema)
    new = {name: literal(value) for name, value in row.items() if name not in key}
    which = and_(*(target.c[name] == literal(row[name]) for name in key))
    return sql_update(target).where(which, _differs(target, new)).values(new)


def _differs(target: TableClause, new: Mapping[str, ColumnElement[Any]]) -> ColumnElement[bool]:
    """Whether a row has other values. As text: json, xml and point have no equality of their own."""
    return or_(*(cast(target.c[name], Text).is_distinct_from(cast(value, Text)) for name, value in new.items()))


def remove(name: str, keys: Sequence[PlainRow], *, schema: str | None = None) -> Delete:
    """``DELETE`` of the rows with these keys; the ones that are gone already are no error."""
    target = _table(name, list(keys[0]), schema)
    matches = (and_(*(target.c[name] == literal(value) for name, value in row.items())) for row in keys)
    return delete(target).where(or_(false(), *matches))


def literal(value: Plain) -> ColumnElement[Any]:
    """The value as an untyped SQL literal, quoted."""
    if value is None:
        return null()
    if isinstance(value, str):
        return literal_column("'" + value.replace("'", "''") + "'")
    return literal_column(str(value).lower() if isinstance(value, bool) else repr(value))


def _table(name: str, columns: Sequence[str], schema: str | None) -> TableClause:
    return table(name, *(column(each) for each in columns), schema=schema)
