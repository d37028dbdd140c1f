"""Rows as PostgreSQL spells them: what a table holds, and what is declared, in the same words.

The spelling must not depend on who asks: what stands in a revision is read by other sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, and_, cast, column, or_, select, table, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import ARRAY, TypeEngine

from trueline.catalog.objects import Name
from trueline.failure import lost, unreadable
from trueline.rows import Plain, PlainRow, literal

#: Values of a row in PostgreSQL's own text.
Values = tuple[str | None, ...]

#: How values are written; in which order somebody's dates are read stays as it is.
_ALIKE = """
    SET LOCAL datestyle = 'ISO';
    SET LOCAL intervalstyle = 'postgres';
    SET LOCAL extra_float_digits = 1;
    SET LOCAL bytea_output = 'hex'
"""

#: Documents are the same in whatever order their keys stand.
_DOCUMENTS: Mapping[str, TypeEngine[Any]] = {"json": JSONB(), "json[]": ARRAY(JSONB())}


@dataclass(frozen=True, slots=True)
class Wording:
    """One column of rows.

    Attributes:
        name: in the models.
        there: in the database.
        type: in the database, as the catalog says it.
    """

    name: str
    there: str
    type: str


@dataclass(frozen=True, slots=True)
class Held:
    """A row of a table.

    Attributes:
        spelled: to be compared.
        shown: as it is, by the declared names of its columns.
    """

    spelled: Values
    shown: PlainRow


def present(
    place: Name,
    columns: Sequence[Wording],
    key: Sequence[str],
    connection: Connection,
    only: Sequence[PlainRow] | None = None,
) -> dict[Values, Held]:
    """The rows of a table by their key.

    Args:
        place: schema and name.
        columns: what of them.
        key: declared names of the columns that identify a row.
        connection: of the database.
        only: rows whose keys are the only ones to be looked for.

    Raises:
        TruelineError: the role may not read them.
    """
    source = table(place[1], *(column(each.there) for each in columns), schema=place[0])
    shown = [cast(source.c[each.there], Text) for each in columns]
    spelled = [_alike(source.c[each.there], each) for each in columns]
    query = select(*shown, *spelled)
    if only is not None:
        there = {each.name: source.c[each.there] for each in columns}
        query = query.where(or_(*(and_(*(there[name] == literal(row[name]) for name in key)) for row in only)))
    try:
        with _spelling(connection):
            rows = connection.execute(query).all()
    except DBAPIError as error:
        raise unreadable(error, "reference rows", place, connection) or error from None
    names, count = [each.name for each in columns], len(columns)
    return {
        _key(row[count:], names, key): Held(tuple(row[count:]), dict(zip(names, row[:count], strict=True)))
        for row in rows
    }


def wanted(
    rows: Sequence[PlainRow],
    columns: Sequence[Wording],
    types: Mapping[str, TypeEngine[Any]],
    key: Sequence[str],
    connection: Connection,
) -> dict[Values, Values]:
    """By key what is declared, in PostgreSQL's words: ``29.9`` of a NUMERIC(10, 2) is ``29.90``."""
    names = [each.name for each in columns]
    spelled = (
        select(*(_alike(cast(literal(row[each.name]), types[each.name]), each).label(each.name) for each in columns))
        for row in rows
    )
    try:
        with _spelling(connection):
            return dict(_by_key(connection.execute(union_all(*spelled)).all(), names, key))
    except DBAPIError as error:
        if (gone := lost(error)) is not None:
            raise gone from None
        # A type, or a value of one, comes with this very revision.
        return dict(_by_key((tuple(_text(row[name]) for name in names) for row in rows), names, key))


def native(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type as PostgreSQL has it, without what decorates it in Python."""
    return type_.dialect_impl(PGDialect())


@contextmanager
def _spelling(connection: Connection) -> Iterator[None]:
    """Settings for the body alone."""
    with connection.begin_nested() as savepoint:
        connection.exec_driver_sql(_ALIKE)
        yield
        savepoint.rollback()


def _alike(value: ColumnElement[Any], of: Wording) -> ColumnElement[Any]:
    document = _DOCUMENTS.get(of.type)
    return cast(value if document is None else cast(value, document), Text)


def _text(value: Plain) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _by_key(rows: Iterable[Any], names: Sequence[str], key: Sequence[str]) -> Iterator[tuple[Values, Values]]:
    for row in rows:
        yield _key(row, names, key), tuple(row)


def _key(row: Sequence[Any], names: Sequence[str], key: Sequence[str]) -> Values:
    return tuple(row[names.index(name)] for name in key)
