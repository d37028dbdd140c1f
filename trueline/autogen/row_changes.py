"""Reference rows: what is declared against what the table holds, both in PostgreSQL's own spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alembic.operations import MigrateOperation
from sqlalchemy import Connection, Text, cast, column, select, table, union_all
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from trueline.autogen.operations.rows import DeleteRowsOp, UpsertRowsOp
from trueline.autogen.plan.step import Step
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, Key, Name
from trueline.failure import unreadable
from trueline.objects import ReferenceRows
from trueline.rows import Plain, PlainRow, literal, plain

#: Values of a row in PostgreSQL's own text.
_Values = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """What the rows of one table need, there and back."""

    table: Name
    up: tuple[MigrateOperation, ...]
    down: tuple[MigrateOperation, ...]

    def steps(self) -> tuple[Step, Step]:
        """A step for the way up, and one for the way down."""
        key: Key = ("rows", *self.table)
        return Step("rows", key, self.up, frozenset({key})), Step("rows", key, self.down, frozenset({key}))


#: The name under which the database has a table now, for the one that it shall have; None where it is new.
WhereIsIt = Callable[[Name], Name | None]


def row_changes(
    declared: Iterable[ReferenceRows], connection: Connection, live: Catalog, where: WhereIsIt, default_schema: str
) -> list[RowChanges]:
    """Every table whose rows differ, parents before children where the declarations are in that order."""
    found = []
    for each in declared:
        place = (each.target.schema or default_schema, each.target.name)
        up, down = _compare(each, connection, live, where(place), default_schema)
        if up:
            found.append(RowChanges(place, tuple(up), tuple(down)))
    return found


def _compare(
    declared: ReferenceRows, connection: Connection, live: Catalog, place: Name | None, default_schema: str
) -> tuple[list[MigrateOperation], list[MigrateOperation]]:
    target, key = declared.target, declared.key
    schema = None if target.schema == default_schema else target.schema
    rows = [_plain_row(declared, row) for row in declared.rows]
    if place is None:  # the way back drops the table
        return [UpsertRowsOp(target.name, key, rows, schema=schema, new_table=True)], []
    names = [name for name in rows[0] if isinstance(live.get(("column", *place, name)), Column)]
    if not set(key) <= set(names):  # the key is new: what is there cannot be told apart
        return [UpsertRowsOp(target.name, key, rows, schema=schema)], []
    wanted = _declared(declared, rows, names, connection)
    present = _present(place, names, key, connection)
    by_key = dict(zip(wanted, rows, strict=True))
    whole = set(names) == set(rows[0])

    def old(each: _Values) -> PlainRow:
        return dict(zip(names, present[each], strict=True))

    new = [row for each, row in by_key.items() if each not in present]
    changed = [each for each in wanted if each in present and (not whole or wanted[each] != present[each])]
    extra = [each for each in present if each not in wanted] if declared.complete else []
    before, after = [old(each) for each in changed], [by_key[each] for each in changed]
    gone = _whole_rows(live, place, key, extra, connection)
    return _operations(target.name, key, schema, (new, before, after, gone))


def _whole_rows(
    live: Catalog, place: Name, key: Sequence[str], keys: Sequence[_Values], connection: Connection
) -> list[PlainRow]:
    """Rows with everything that they hold, and not only what was declared of them: a downgrade brings them back."""
    if not keys:
        return []
    columns = [each for each in live.of_kind(Column) if (each.schema, each.table) == place and not each.generated]
    names = [each.name for each in sorted(columns, key=lambda each: each.position)]
    rows = _present(place, names, key, connection)
    return [dict(zip(names, rows[each], strict=True)) for each in keys]


def _operations(
    name: str, key: Sequence[str], schema: str | None, rows: tuple[list[PlainRow], ...]
) -> tuple[list[MigrateOperation], list[MigrateOperation]]:
    new, before, after, extra = rows
    up: list[MigrateOperation] = []
    down: list[MigrateOperation] = []
    if extra:
        up.append(DeleteRowsOp(name, key, extra, schema=schema))
        down.append(UpsertRowsOp(name, key, extra, schema=schema))
    if after:
        up.append(UpsertRowsOp(name, key, after, schema=schema, replaced=before))
        down.append(UpsertRowsOp(name, key, before, schema=schema, replaced=after))
    if new:
        up.append(UpsertRowsOp(name, key, new, schema=schema))
        down.append(DeleteRowsOp(name, key, new, schema=schema))
    return up, list(reversed(down))


def _plain_row(declared: ReferenceRows, row: Mapping[str, Any]) -> PlainRow:
    columns = declared.target.columns
    return {columns[name].name: plain(value, columns[name].type) for name, value in row.items()}


def _declared(
    declared: ReferenceRows, rows: Sequence[PlainRow], names: Sequence[str], connection: Connection
) -> dict[_Values, _Values]:
    """Let PostgreSQL spell the declared values: ``29.9`` of a NUMERIC(10, 2) is ``29.90``."""
    types = {each.name: _native(each.type) for each in declared.target.columns}
    spelled = (
        select(*(cast(cast(literal(row[name]), types[name]), Text).label(name) for name in names)) for row in rows
    )
    try:
        with connection.begin_nested():
            return dict(_by_key(connection.execute(union_all(*spelled)).all(), names, declared.key))
    except DBAPIError:  # a type, or a value of one, comes with this very revision
        texts = [tuple(_text(row[name]) for name in names) for row in rows]
        return dict(_by_key(texts, names, declared.key))


def _text(value: Plain) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _present(place: Name, names: Sequence[str], key: Sequence[str], connection: Connection) -> dict[_Values, _Values]:
    source = table(place[1], *(column(name) for name in names), schema=place[0])
    query = select(*(cast(source.c[name], Text) for name in names))
    try:
        rows = connection.execute(query).all()
    except DBAPIError as error:
        raise unreadable(error, "reference rows", place, connection) or error from None
    return dict(_by_key(rows, names, key))


def _by_key(rows: Iterable[Any], names: Sequence[str], key: Sequence[str]) -> Iterator[tuple[_Values, _Values]]:
    positions = [names.index(name) for name in key]
    for row in rows:
        yield tuple(row[position] for position in positions), tuple(row)


def _native(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type as PostgreSQL has it, without what decorates it in Python."""
    return type_.dialect_impl(PGDialect())
