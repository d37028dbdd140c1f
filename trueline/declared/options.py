"""Options of columns and tables that SQLAlchemy has no word for, kept in ``Column.info`` and ``Table.info``.

The words below are ours wherever they stand. A project that uses one of them for something else writes ours with a
prefix, ``info={"trueline.storage": "external"}``; a word with the prefix that is not below is an error.

``Field`` and a model's ``__table_args__`` take the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Column, MetaData, Table

from trueline.catalog.render.words import name, options
from trueline.declared import origin
from trueline.declared.create import CreateObject, Run, emit, hooks_of
from trueline.errors import TruelineError

_KEY = "trueline.options"
_PREFIX = "trueline."

#: What we keep in ``info`` ourselves, beside what is declared there.
_OWN = frozenset({"trueline.origin"})


class OptionError(TruelineError):
    """An option of a column or table that PostgreSQL would not take."""


def watch(metadata: MetaData) -> None:
    """Make ``create_all`` carry the options of all tables of ``metadata`` out."""
    if _KEY not in metadata.info:
        metadata.info[_KEY] = True
        hooks_of(metadata).after_create.append(_apply)


def _apply(run: Run) -> None:
    if run.on_postgresql:
        for table in run.tables:
            if statements := list(statements_of(table)):
                emit(run, statements, origin.place(table))


def statements_of(table: Table) -> Iterator[CreateObject]:
    """The statements that carry out the options of a table and its columns, once it and its indexes are there.

    Raises:
        OptionError: an unknown word, or a value that PostgreSQL does not know.
    """
    place = name(*filter(None, (table.schema, table.name)))
    for column in table.columns:
        for change in column_changes(column):
            text = f"ALTER TABLE {place} ALTER COLUMN {name(column.name)} {change}"
            yield CreateObject(text, column, f"column {table.fullname}.{column.name}")
    for change in table_changes(table):
        yield CreateObject(f"ALTER TABLE {place} {change}", table, f"table {table.fullname}")


def check(table: Table) -> None:
    """Refuse options of a table and its columns that PostgreSQL would not take; raises as `statements_of`."""
    for _ in statements_of(table):
        pass


def problems(metadata: MetaData) -> Iterator[TruelineError]:
    """The options of all tables that PostgreSQL would not take."""
    for table in metadata.tables.values():
        try:
            check(table)
        except OptionError as error:
            yield error


def take_arguments(cls: Any, where: str) -> None:
    """Move our words from the ``__table_args__`` of a class into ``info``, where SQLAlchemy lets them be.

    Raises:
        OptionError: a word that looks like one of ours.
    """
    given = getattr(cls, "__table_args__", None)
    items = list(given) if isinstance(given, tuple) else [given]
    if not items or not isinstance(items[-1], Mapping):
        return
    for word in items[-1]:
        if word not in _SQLALCHEMY and word not in TABLE and get_close_matches(word, TABLE, n=1, cutoff=0.8):
            raise unknown(word, TABLE, where)
    if not items[-1].keys() & TABLE.keys():
        return
    others = {word: value for word, value in items[-1].items() if word not in TABLE}
    ours = {word: value for word, value in items[-1].items() if word in TABLE}
    items[-1] = {**others, "info": {**others.get("info", {}), **ours}}
    type.__setattr__(cls, "__table_args__", tuple(items))


#: What SQLAlchemy's Table takes and looks like a word of ours.
_SQLALCHEMY = frozenset({"schema", "info", "comment", "prefixes", "listeners"})


def column_changes(column: Column[Any]) -> Iterator[str]:
    """What follows ``ALTER COLUMN`` for each option of a column; raises as `statements_of`."""
    if info := info_of(column):
        where = f"{origin.place(column.table)}, column {column.name}"
        for word, value in read(info, COLUMN, where).items():
            yield from COLUMN[word](value, where)


def table_changes(table: Table) -> Iterator[str]:
    """What follows ``ALTER TABLE`` for each option of a table; raises as `statements_of`."""
    info = info_of(table)
    if not info.keys() <= _OWN:
        where = origin.place(table)
        for word, value in read(info, TABLE, where).items():
            yield from TABLE[word](value, where)


def info_of(item: Column[Any] | Table) -> Mapping[Any, Any]:
    """What is in ``info``, without making one for each of a hundred thousand columns that have none."""
    found: Mapping[Any, Any] = item.__dict__.get("info", {})
    return found


def read(info: Mapping[Any, Any], known: Collection[str], where: str) -> dict[str, Any]:
    """The options in ``info``, in the order of ``known``; those that are None or False are none.

    Raises:
        OptionError: a word with our prefix that is not known.
    """
    prefixed = {key.removeprefix(_PREFIX) for key in info if isinstance(key, str) and key.startswith(_PREFIX)}
    for word in sorted(prefixed - set(known) - {own.removeprefix(_PREFIX) for own in _OWN} - _HINTS):
        raise unknown(word, known, where)
    chosen = {word: info.get(_PREFIX + word, info.get(word)) for word in known}
    return {word: value for word, value in chosen.items() if value is not None and value is not False}


#: Read by `trueline.declared.renames`.
_HINTS = frozenset({"renamed_from", "renamed_values", "renamed_type"})


def unknown(word: str, known: Collection[str], where: str) -> OptionError:
    """The error for a word that is none of ours."""
    near = get_close_matches(word, [*known, *_HINTS], n=1)
    hint = f'"{near[0]}"' if near else ", ".join(f'"{each}"' for each in known)
    return OptionError(f"there is no option {word!r}", where=where, fix=f"write {hint}")


Changes = Callable[[Any, str], Iterator[str]]


def _one_of(word: str, choices: Collection[str], verb: str) -> Changes:
    def changes(value: Any, where: str) -> Iterator[str]:
        if str(value).lower() not in choices:
            raise OptionError(
                f"{word} is {value!r}, which PostgreSQL does not know",
                where=where,
                fix=f'{word}="{(get_close_matches(str(value).lower(), choices, n=1) or sorted(choices))[0]}"'
                f"   # one of {', '.join(sorted(choices))}",
            )
        yield f"{verb} {str(value).upper()}"

    return changes


def _statistics(value: Any, where: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10_000:
        raise OptionError(f"statistics is {value!r}, not a number from 0 to 10000", where=where, fix="statistics=500")
    yield f"SET STATISTICS {value}"


def _n_distinct(word: str) -> Changes:
    def changes(value: Any, where: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int | float) or value < -1:
            raise OptionError(
                f"{word} is {value!r}, neither a number of values nor minus a part of the rows",
                where=where,
                fix=f"{word}=-0.5   # half as many values as rows",
            )
        yield f"SET ({word} = {value})"

    return changes


#: Words for columns.
COLUMN: Mapping[str, Changes] = {
    "storage": _one_of("storage", ("plain", "external", "extended", "main"), "SET STORAGE"),
    "compression": _one_of("compression", ("pglz", "lz4"), "SET COMPRESSION"),
    "statistics": _statistics,
    "n_distinct": _n_distinct("n_distinct"),
    "n_distinct_inherited": _n_distinct("n_distinct_inherited"),
}


def _row_security(value: Any, where: str) -> Iterator[str]:
    if value is not True and value != "force":
        raise OptionError(
            f"row_security is {value!r}",
            where=where,
            fix='"row_security": True   # or "force", for the owner of the table too',
        )
    yield "ENABLE ROW LEVEL SECURITY"
    if value == "force":
        yield "FORCE ROW LEVEL SECURITY"


def _replica_identity(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, str) or not value:
        raise OptionError(
            f"replica_identity is {value!r}", where=where, fix='"replica_identity": "full"   # or the name of an index'
        )
    keyword = value.lower() in {"full", "nothing", "default"}
    yield f"REPLICA IDENTITY {value.upper() if keyword else f'USING INDEX {name(value)}'}"


def _cluster(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, str) or not value:
        raise OptionError(f"cluster is {value!r}", where=where, fix='"cluster": "ix_bookings_date"   # an index')
    yield f"CLUSTER ON {name(value)}"


def _unlogged(value: Any, where: str) -> Iterator[str]:
    if value is not True:
        raise OptionError(f"unlogged is {value!r}", where=where, fix='"unlogged": True')
    yield "SET UNLOGGED"


def _fillfactor(value: Any, where: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int) or not 10 <= value <= 100:
        raise OptionError(f"fillfactor is {value!r}, not a number from 10 to 100", where=where, fix='"fillfactor": 70')
    yield f"SET (fillfactor = {value})"


def _storage_parameters(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise OptionError(
            f"storage_parameters is {value!r}, not a mapping",
            where=where,
            fix='"storage_parameters": {"fillfactor": 70, "autovacuum_enabled": False}',
        )
    if value:
        yield f"SET {options([f'{key}={_text(item)}' for key, item in value.items()])}"


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


#: Words for tables.
TABLE: Mapping[str, Changes] = {
    "unlogged": _unlogged,
    "fillfactor": _fillfactor,
    "storage_parameters": _storage_parameters,
    "row_security": _row_security,
    "replica_identity": _replica_identity,
    "cluster": _cluster,
}
