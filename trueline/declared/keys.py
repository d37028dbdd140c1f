"""Foreign keys that cannot hold: another type than their target, a missing schema, no target at all.

Every table of the metadata is looked at when it joins, whether it comes from a `trueline.Model`, a plain SQLModel
class or a Core `Table`, and so are the keys that were waiting for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, Table, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import CompileError
from sqlalchemy.types import NullType, TypeEngine

from trueline.declared import origin
from trueline.declared.naming import target_of
from trueline.declared.undo import unmap
from trueline.errors import TruelineError

_KEY = "trueline.keys"
_DIALECT = postgresql.dialect()
_TEXTS = {"VARCHAR", "TEXT", "CHAR", "BPCHAR", "CHARACTER VARYING"}
_SAME = {"FLOAT": "DOUBLE PRECISION", "DECIMAL": "NUMERIC", "TIMESTAMP": "TIMESTAMP WITHOUT TIME ZONE"}


class KeyTypeError(TruelineError):
    """A foreign key of another type than the column it points at."""


class KeyTargetError(TruelineError):
    """A foreign key that points at nothing."""


@dataclass(frozen=True, slots=True)
class Source:
    """The column that a key stands on; its table may not exist yet."""

    table: str
    column: Column[Any]
    place: str

    @property
    def fullname(self) -> str:
        """``schema.table.column``."""
        return f"{self.table}.{self.column.name}"


def source_of(key: ForeignKey) -> Source:
    """Where ``key`` stands."""
    table = key.parent.table
    return Source(table.fullname, key.parent, origin.place(table))


def watch(metadata: MetaData) -> None:
    """Look at the keys of every table that joins ``metadata``, and at those that waited for it."""
    if _KEY in metadata.info:
        return
    metadata.info[_KEY] = {}
    for table in metadata.tables.values():
        _note(table, metadata)

    @event.listens_for(Table, "after_parent_attach")
    def joined(table: Table, parent: MetaData) -> None:
        if parent is metadata:
            try:
                check_table(table, metadata)
            except TruelineError:
                if (cls := origin.class_in_the_making()) is not None:
                    unmap(cls)
                raise


def check_table(table: Table, metadata: MetaData) -> None:
    """Refuse a key of ``table``, or one to it, that cannot hold.

    Raises:
        KeyTypeError: the two types differ.
        KeyTargetError: the key names no schema and only tables in schemas have that name.
    """
    for key in _sorted(table.foreign_keys):
        check_key(key, source_of(key), metadata)
    for key in _waiting(table, metadata):
        target = _column(table, target_of(key)[2] or key.parent.name)
        if target is not None:
            check_types(source_of(key), target, origin.place(table))
    _note(table, metadata)


def _note(table: Table, metadata: MetaData) -> None:
    for key in table.foreign_keys:
        schema, name, _ = target_of(key)
        metadata.info[_KEY].setdefault(_table_key(schema, name), []).append(key)


def _waiting(table: Table, metadata: MetaData) -> list[ForeignKey]:
    """Keys to ``table`` whose own table is still part of the metadata."""
    found = metadata.info[_KEY].get(table.key, [])
    found[:] = [key for key in found if metadata.tables.get(key.parent.table.key) is key.parent.table]
    return _sorted(found)


def _sorted(keys: Iterable[ForeignKey]) -> list[ForeignKey]:
    return sorted(keys, key=lambda key: (key.parent.table.fullname, key.parent.name, _shown(key)))


def _shown(key: ForeignKey) -> str:
    """``schema.table.column``, for people."""
    return ".".join(filter(None, target_of(key)))


def check_columns(
    columns: Mapping[str, Column[Any]], schema: str | None, name: str, place: str, metadata: MetaData
) -> None:
    """What `check_table` does, for the columns of a class before it has a table.

    Raises:
        KeyTypeError: the two types differ.
        KeyTargetError: a missing schema, or a table without that column.
    """
    own = _table_key(schema, name)
    named = {str(column.name or field): column for field, column in columns.items()}
    for field, column in columns.items():
        source = Source(own, _named(column, field), place)
        for key in column.foreign_keys:
            target_schema, target_name, target_column = target_of(key)
            if _table_key(target_schema, target_name) == own and target_column in named:
                check_types(source, _named(named[target_column], target_column), place, target_table=own)
            else:
                check_key(key, source, metadata)


def _named(column: Column[Any], name: str) -> Column[Any]:
    """A stand-in with a name: declarative names a column only when it makes the table."""
    return column if column.name else Column(name, column.type)


def check_key(key: ForeignKey, source: Source, metadata: MetaData) -> None:
    """Refuse ``key`` where what is known of its target already shows that it cannot hold."""
    target = _resolved(key, metadata)
    if target is not None:
        _refuse_foreign_metadata(source, target, metadata)
        check_types(source, target, origin.place(target.table))
        return
    schema, name, column = target_of(key)
    table = metadata.tables.get(_table_key(schema, name))
    if table is not None:
        raise _no_column(source, table, column or source.column.name)
    if schema is None:
        _refuse_missing_schema(source, name, column, metadata)


def _resolved(key: ForeignKey, metadata: MetaData) -> Column[Any] | None:
    """The column that ``key`` was given, or finds by name; None as long as there is none."""
    given: Column[Any] | None = key._table_column
    if given is not None:
        return given if given.table is not None else None
    schema, name, column = target_of(key)
    table = metadata.tables.get(_table_key(schema, name))
    return None if table is None else _column(table, column or key.parent.name)


def _column(table: Table, name: str | None) -> Column[Any] | None:
    return None if name is None else table.columns.get(name)


def _table_key(schema: str | None, name: str) -> str:
    return f"{schema}.{name}" if schema else name


def check_types(source: Source, target: Column[Any], place: str, target_table: str | None = None) -> None:
    """Refuse a key whose type PostgreSQL would not compare with its target's, or only by converting it."""
    if isinstance(source.column.type, NullType) or isinstance(target.type, NullType):
        return
    mine, other = database_type(source.column.type), database_type(target.type)
    if mine == other:
        return
    table = target_table or target.table.fullname
    raise KeyTypeError(
        f"{source.fullname} is {mine}, but {table}.{target.name}, which it points at, is {other}",
        where=(source.place, place),
        fix=_same_type(source, target, table),
    )


def _same_type(source: Source, target: Column[Any], table: str) -> str:
    mine, other = _python_name(source.column.type), _python_name(target.type)
    field = f'Field(foreign_key="{table}.{target.name}")'
    if other is None or mine == other:
        kind = re.sub(r"\(\)$", "", repr(target.type).partition("(")[0])
        field = f'Field(foreign_key="{table}.{target.name}", sa_type={kind})'
    return f"{source.column.name}: {other or '...'} = {field}"


def _python_name(type_: TypeEngine[Any]) -> str | None:
    try:
        python = type_.python_type
    except NotImplementedError:
        return None
    return python.__name__ if python.__module__ != "uuid" else "uuid.UUID"


def database_type(type_: TypeEngine[Any]) -> str:
    """PostgreSQL's word for ``type_`` without length, precision or collation."""
    try:
        text = type_.compile(dialect=_DIALECT)
    except (CompileError, NotImplementedError):
        return type(type_).__name__
    bare = re.sub(r"\([^)]*\)| COLLATE .*$", "", text).strip()
    return "TEXT" if bare in _TEXTS else _SAME.get(bare, bare)


def _refuse_foreign_metadata(source: Source, target: Column[Any], metadata: MetaData) -> None:
    if target.table.metadata is not metadata:
        raise KeyTargetError(
            f"{source.fullname} points at {target.table.fullname}.{target.name} of another metadata",
            where=source.place,
            fix=f"declare {target.table.fullname} as a trueline.Model, or as Table(..., trueline.metadata, ...)",
        )


def _refuse_missing_schema(source: Source, name: str, column: str | None, metadata: MetaData) -> None:
    found = _elsewhere(name, metadata)
    if found:
        raise _no_schema(source, name, column, found)


def _elsewhere(name: str, metadata: MetaData) -> list[Table]:
    return [table for table in _tables(metadata) if table.name == name]


def _tables(metadata: MetaData) -> list[Table]:
    return [metadata.tables[key] for key in sorted(metadata.tables)]


def _no_schema(source: Source, name: str, column: str | None, found: list[Table]) -> KeyTargetError:
    wanted = column or source.column.name
    return KeyTargetError(
        f"{source.fullname} points at {name}.{wanted}, which names no schema, and there is no such table; "
        f"there is {', '.join(table.fullname for table in found)}",
        where=(source.place, *(origin.place(table) for table in found)),
        fix="\n".join(f'foreign_key="{table.fullname}.{wanted}"' for table in found),
    )


def _no_column(source: Source, table: Table, column: str) -> KeyTargetError:
    near = get_close_matches(column, [c.name for c in table.columns], n=1, cutoff=0.4)
    suggested = near[0] if near else next((c.name for c in table.primary_key.columns), column)
    return KeyTargetError(
        f"{source.fullname} points at {table.fullname}.{column}, but {table.fullname} has no column {column}",
        where=(source.place, origin.place(table)),
        fix=f'foreign_key="{table.fullname}.{suggested}"',
    )


def problems(metadata: MetaData) -> Iterator[TruelineError]:
    """Every key of ``metadata`` that does not hold, now that all tables should be there."""
    for table in _tables(metadata):
        for key in _sorted(table.foreign_keys):
            try:
                _check_finally(key, metadata)
            except TruelineError as error:
                yield error


def _check_finally(key: ForeignKey, metadata: MetaData) -> None:
    source = source_of(key)
    check_key(key, source, metadata)
    if _resolved(key, metadata) is None:
        raise _no_table(source, key, metadata)


def _no_table(source: Source, key: ForeignKey, metadata: MetaData) -> KeyTargetError:
    schema, name, column = target_of(key)
    near = get_close_matches(_table_key(schema, name), sorted(metadata.tables), n=1, cutoff=0.5)
    hint = f'foreign_key="{near[0]}.{column or "id"}"' if near else "import the module that declares it"
    return KeyTargetError(
        f"{source.fullname} points at {_shown(key)}, but no table {_table_key(schema, name)} is declared",
        where=source.place,
        fix=hint,
    )
