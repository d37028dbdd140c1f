"""Reference rows in revisions: upserts and deletes that a second run does not repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import ModifyTableOps
from sqlalchemy import Connection, Text, cast, column, select, table, union_all
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.types import TypeEngine

from trueline.autogen.call import schema_argument
from trueline.autogen.live import Live
from trueline.objects import ReferenceRows
from trueline.rows import PlainRow, literal, plain, remove, upsert

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext

#: Rows by their key, everything in PostgreSQL's own text.
_Canonical = dict[tuple[str | None, ...], tuple[str | None, ...]]


class UpsertRowsOp(MigrateOperation):
    """Insert rows, or bring the ones with the same key to these values."""

    def __init__(
        self,
        table: str,
        key: Sequence[str],
        rows: Sequence[PlainRow],
        *,
        schema: str | None = None,
        replaced: Sequence[PlainRow] = (),
        new_table: bool = False,
    ) -> None:
        self.table = table
        self.key = tuple(key)
        self.rows = tuple(rows)
        self.schema = schema
        #: What the rows were before, for the way back; empty when there were none.
        self.replaced = tuple(replaced)
        #: Whether the same revision creates the table: the way back then drops it, with whatever refers to the rows.
        self.new_table = new_table

    @classmethod
    def upsert_rows(
        cls,
        operations: Operations,
        table: str,
        *,
        key: Sequence[str],
        rows: Sequence[PlainRow],
        schema: str | None = None,
    ) -> None:
        """Insert the rows, or update the ones whose key exists; rows that are right already stay untouched."""
        operations.invoke(cls(table, key, rows, schema=schema))

    def reverse(self) -> MigrateOperation:
        """Bring back what was replaced, or delete what was new; leave a new table's rows to its drop."""
        if self.new_table:
            return ModifyTableOps(self.table, [], schema=self.schema)
        if self.replaced:
            return UpsertRowsOp(self.table, self.key, self.replaced, schema=self.schema, replaced=self.rows)
        return DeleteRowsOp(self.table, self.key, self.rows, schema=self.schema)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("upsert_rows", self.schema, self.table, [dict(row) for row in self.rows])


class DeleteRowsOp(MigrateOperation):
    """Delete rows by their key."""

    def __init__(self, table: str, key: Sequence[str], rows: Sequence[PlainRow], *, schema: str | None = None) -> None:
        self.table = table
        self.key = tuple(key)
        self.rows = tuple(rows)
        self.schema = schema

    @property
    def keys(self) -> tuple[PlainRow, ...]:
        """The rows, cut down to their key."""
        return tuple({name: row[name] for name in self.key} for row in self.rows)

    @classmethod
    def delete_rows(
        cls, operations: Operations, table: str, *, keys: Sequence[PlainRow], schema: str | None = None
    ) -> None:
        """Delete the rows with these keys; the ones that are gone already are no error."""
        operations.invoke(cls(table, tuple(keys[0]), keys, schema=schema))

    def reverse(self) -> UpsertRowsOp:
        """Bring back what was deleted."""
        return UpsertRowsOp(self.table, self.key, self.rows, schema=self.schema)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return ("delete_rows", self.schema, self.table, [dict(row) for row in self.keys])


def run_upsert(operations: Operations, op: UpsertRowsOp) -> None:
    """Run it, or write it out offline."""
    operations.execute(upsert(op.table, op.key, op.rows, schema=op.schema))


def run_delete(operations: Operations, op: DeleteRowsOp) -> None:
    """Run it, or write it out offline."""
    operations.execute(remove(op.table, op.keys, schema=op.schema))


def render_upsert(_context: AutogenContext, op: UpsertRowsOp) -> str:
    """Write the call into the revision, a line per row."""
    return f"op.upsert_rows({op.table!r}, key={list(op.key)!r}, rows={_lines(op.rows)}{schema_argument(op.schema)})"


def render_delete(_context: AutogenContext, op: DeleteRowsOp) -> str:
    """Write the call into the revision, a line per key."""
    return f"op.delete_rows({op.table!r}, keys={_lines(op.keys)}{schema_argument(op.schema)})"


def _lines(rows: Iterable[PlainRow]) -> str:
    return "[\n" + "".join(f"    {dict(row)!r},\n" for row in rows) + "]"


def changes(declared: Iterable[ReferenceRows], connection: Connection, live: Live) -> list[MigrateOperation]:
    """Compare declared rows with the ones in the database; parents must come before children."""
    upserts: list[MigrateOperation] = []
    deletes: list[MigrateOperation] = []
    for each in declared:
        exists = (_live_schema(each, live), each.target.name) in live.relations
        added, replaced, deleted = _compare(each, connection, exists=exists)
        upserts += [*added, *replaced]
        deletes += deleted
    return [*upserts, *reversed(deletes)]


def _live_schema(declared: ReferenceRows, live: Live) -> str | None:
    schema = declared.target.schema
    return None if schema == live.default_schema else schema


def _compare(
    declared: ReferenceRows, connection: Connection, *, exists: bool
) -> tuple[list[UpsertRowsOp], list[UpsertRowsOp], list[DeleteRowsOp]]:
    target, key = declared.target, declared.key
    rows = [_plain_row(declared, row) for row in declared.rows]
    if not exists:
        return [UpsertRowsOp(target.name, key, rows, schema=target.schema, new_table=True)], [], []
    names = list(rows[0])
    wanted = _canonical_declared(declared, rows, connection)
    present = _canonical_live(declared, names, connection)
    by_key = dict(zip(wanted, rows, strict=True))
    new = [row for each, row in by_key.items() if each not in present]
    changed = [each for each in wanted if each in present and wanted[each] != present[each]]
    extra = [each for each in present if each not in wanted] if declared.complete else []

    def old(each: tuple[str | None, ...]) -> PlainRow:
        return dict(zip(names, present[each], strict=True))

    return (
        [UpsertRowsOp(target.name, key, new, schema=target.schema)] if new else [],
        [
            UpsertRowsOp(
                target.name,
                key,
                [by_key[each] for each in changed],
                schema=target.schema,
                replaced=[old(each) for each in changed],
            )
        ]
        if changed
        else [],
        [DeleteRowsOp(target.name, key, [old(each) for each in extra], schema=target.schema)] if extra else [],
    )


def _plain_row(declared: ReferenceRows, row: Mapping[str, Any]) -> PlainRow:
    columns = declared.target.columns
    return {columns[name].name: plain(value, columns[name].type) for name, value in row.items()}


def _canonical_declared(declared: ReferenceRows, rows: Sequence[PlainRow], connection: Connection) -> _Canonical:
    """Let PostgreSQL spell the declared values: ``29.9`` of a NUMERIC(10, 2) is ``29.90``."""
    types = {each.name: native(each.type) for each in declared.target.columns}
    spelled = (
        select(*(cast(cast(literal(value), types[name]), Text).label(name) for name, value in row.items()))
        for row in rows
    )
    return dict(_by_key(connection.execute(union_all(*spelled)).all(), list(rows[0]), declared.key))


def _canonical_live(declared: ReferenceRows, names: Sequence[str], connection: Connection) -> _Canonical:
    source = table(declared.target.name, *(column(name) for name in names), schema=declared.target.schema)
    query = select(*(cast(source.c[name], Text) for name in names))
    return dict(_by_key(connection.execute(query).all(), names, declared.key))


def _by_key(
    rows: Iterable[Any], names: Sequence[str], key: Sequence[str]
) -> Iterator[tuple[tuple[str | None, ...], tuple[str | None, ...]]]:
    positions = [names.index(name) for name in key]
    for row in rows:
        yield tuple(row[position] for position in positions), tuple(row)


def native(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type as PostgreSQL has it, without what decorates it in Python."""
    return type_.dialect_impl(PGDialect())
