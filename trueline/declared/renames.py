"""What went by another name before: ``renamed_from`` on models, tables, fields and columns, and on values of enums.

    class Booking(Model, table=True, renamed_from="public.bookings"): ...

    guests: int = Field(renamed_from="guest_count")

    @renamed_values(done="finished")
    @renamed_type("public.state")
    class Status(enum.StrEnum): ...

A hint can stay for as long as databases exist that have not heard of it; where the old name is gone it says nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeVar

from sqlalchemy import Column, Enum, MetaData, Table

from trueline.declared import origin
from trueline.declared.enums import labels
from trueline.declared.former import (
    OUT,
    TYPE,
    TYPE_HINT,
    Formers,
    Name,
    RenameError,
    add_former,
    old_name,
    refuse_claims,
    renamed_type,
)
from trueline.declared.options import info_of
from trueline.errors import TruelineError

#: In ``Table.info`` and ``Column.info``; of a model the keyword, or this between double underscores.
FROM = "renamed_from"

#: In ``Column.info`` of a column of `sqlalchemy.Enum`.
VALUES = "renamed_values"

#: In the body of a model or an enum.
CLASS_HINT = "__renamed_from__"

E = TypeVar("E", bound=type[enum.Enum])


@dataclass(frozen=True, slots=True)
class Renames:
    """What the models say about former names, new to old.

    Attributes:
        tables: by schema and name.
        columns: by the new table and the new column; the old column's name alone.
        labels: by the enum type's new schema and name; per label the old one.
        objects: what is no table: enum types, sequences, and what is declared with trueline's own classes.
    """

    tables: dict[Name, Name] = field(default_factory=dict)
    columns: dict[tuple[Name, str], str] = field(default_factory=dict)
    labels: dict[Name, dict[str, str]] = field(default_factory=dict)
    objects: Formers = field(default_factory=dict)


def renamed_values(renamed: Mapping[str, str] | None = None, /, **more: str) -> Callable[[E], E]:
    """Say of an enum's values what they were before: the new value, then the old one.

    Args:
        renamed: values that are no Python names.
        more: all others: ``@renamed_values(done="finished")``.

    Raises:
        RenameError: the enum has no such value.
    """
    hints = {**(renamed or {}), **more}

    def note(cls: E) -> E:
        _refuse_unknown(hints, labels(cls), f"enum {cls.__qualname__}", f"{cls.__module__}.{cls.__qualname__}")
        type.__setattr__(cls, CLASS_HINT, hints)
        return cls

    return note


def problems(metadata: MetaData) -> Iterator[TruelineError]:
    """What is wrong with the hints of all models together."""
    try:
        renames_of(metadata, metadata.schema or "public")
    except RenameError as error:
        yield error


def renames_of(metadata: MetaData, default_schema: str) -> Renames:
    """Every hint of the models.

    Args:
        metadata: the models.
        default_schema: the schema of tables that name none.

    Raises:
        RenameError: an old name is still declared, two claim one, or a hint names itself.
    """
    found = Renames()
    for table in sorted(metadata.tables.values(), key=lambda table: table.fullname):
        _add_table(found, table, default_schema)
        for column in table.columns:
            _add_column(found, column, default_schema)
            _add_labels(found, column, default_schema)
            _add_type(found, column, default_schema)
    _add_sequences(found, metadata, default_schema)
    refuse_claims(found.objects)
    _refuse_shared(found, metadata, default_schema)
    return found


def _name(table: Table, default_schema: str) -> Name:
    return table.schema or default_schema, table.name


def _add_table(found: Renames, table: Table, default_schema: str) -> None:
    hint = info_of(table).get(FROM)
    if hint is None:
        return
    new = _name(table, default_schema)
    old = old_name(hint, new, origin.place(table))
    other = next((t for t in table.metadata.tables.values() if _name(t, default_schema) == old), None)
    if other is table:
        raise RenameError(f"{table.fullname} says that it was renamed from itself", where=origin.place(table), fix=OUT)
    if other is not None:
        raise RenameError(
            f"{table.fullname} says that it was {'.'.join(old)}, but that is declared as well",
            where=(origin.place(table), origin.place(other)),
            fix=OUT,
        )
    found.tables[new] = old


def _add_column(found: Renames, column: Column[Any], default_schema: str) -> None:
    old = info_of(column).get(FROM)
    if old is None:
        return
    where = f"{origin.place(column.table)}, column {column.name}"
    if not isinstance(old, str) or not old:
        raise RenameError(f"renamed_from is {old!r}, not a name", where=where, fix='renamed_from="old_name"')
    if old in {each.name for each in column.table.columns}:
        what = "itself" if old == column.name else f"{old}, but the table has that column as well"
        raise RenameError(
            f"{column.table.fullname}.{column.name} says that it was renamed from {what}", where=where, fix=OUT
        )
    found.columns[_name(column.table, default_schema), column.name] = old


def _add_labels(found: Renames, column: Column[Any], default_schema: str) -> None:
    type_ = getattr(column.type, "item_type", column.type)
    if not isinstance(type_, Enum) or not type_.name:
        return
    hints = _label_hints(column, type_)
    if not hints:
        return
    where = f"{origin.place(column.table)}, column {column.name}"
    _refuse_unknown(hints, type_.enums, f"enum type {type_.name}", where)
    if kept := sorted(set(hints.values()) & set(type_.enums)):
        raise RenameError(
            f"enum type {type_.name} says that a value was renamed from {kept[0]!r}, but has that value as well",
            where=where,
            fix=OUT,
        )
    found.labels.setdefault(_type_name(type_, default_schema), {}).update(hints)


def _type_name(type_: Enum, default_schema: str) -> Name:
    schema = type_.schema or type_.metadata.schema if type_.metadata is not None else type_.schema
    return (schema or default_schema, str(type_.name))


def _add_type(found: Renames, column: Column[Any], default_schema: str) -> None:
    type_ = getattr(column.type, "item_type", column.type)
    if not isinstance(type_, Enum) or not type_.name:
        return
    hint = info_of(column).get(TYPE) or getattr(type_.enum_class, TYPE_HINT, None)
    if hint is not None:
        add_former(
            found.objects,
            ("enum", _type_name(type_, default_schema)),
            hint,
            f"{origin.place(column.table)}, column {column.name}",
        )


def _add_sequences(found: Renames, metadata: MetaData, default_schema: str) -> None:
    for sequence in metadata._sequences.values():
        if (hint := sequence.info.get(FROM)) is not None:
            new = (sequence.schema or metadata.schema or default_schema, sequence.name)
            add_former(found.objects, ("sequence", new), hint, f"sequence {sequence.name}")


def _label_hints(column: Column[Any], type_: Enum) -> dict[str, str]:
    """Of the column, else of the enum class."""
    given = info_of(column).get(VALUES)
    if given is None:
        given = getattr(type_.enum_class, CLASS_HINT, None)
    return {str(new): str(old) for new, old in (given or {}).items()}


def _refuse_unknown(hints: Mapping[str, str], known: list[str], what: str, where: str) -> None:
    for new in hints:
        if new not in known:
            near = get_close_matches(new, known, n=1, cutoff=0.4)
            hint = f"the new value comes first: {near[0] if near else known[0]!r}" if known else "remove it"
            raise RenameError(f"{what} has no value {new!r} that could have been renamed", where=where, fix=hint)


def _refuse_shared(found: Renames, metadata: MetaData, default_schema: str) -> None:
    places = {_name(table, default_schema): origin.place(table) for table in metadata.tables.values()}
    for first, second, old in _shared(found):
        raise RenameError(
            f"{'.'.join(first)} and {'.'.join(second)} both say that they were {old}",
            where=(places[first[0], first[1]], places[second[0], second[1]]),
            fix="leave renamed_from at the one that has the data",
        )


def _shared(found: Renames) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str]]:
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    claims = [(new, old) for new, old in found.tables.items()]
    columns = [((*table, column), (*table, old)) for (table, column), old in found.columns.items()]
    for new, old in [*claims, *columns]:
        if old in seen:
            yield seen[old], new, ".".join(old)
        seen[old] = new


__all__ = [
    "CLASS_HINT",
    "FROM",
    "VALUES",
    "Formers",
    "Name",
    "RenameError",
    "Renames",
    "problems",
    "renamed_type",
    "renamed_values",
    "renames_of",
]
