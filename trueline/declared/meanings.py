"""One enum type, one meaning: SQLAlchemy creates the first of two types of one name and forgets the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.dialects.postgresql import ENUM
from sqlalchemy.types import ARRAY, TypeEngine

from trueline.errors import TruelineError


def refuse_two_meanings(metadata: MetaData, dialect: Any) -> None:
    """Look at every column of an enum type, whoever declared it.

    Args:
        metadata: the models.
        dialect: PostgreSQL's; the same object for all who ask, because types remember what they are in it.

    Raises:
        TruelineError: two columns mean different labels by one name; it names both.
    """
    first: dict[tuple[str | None, str], tuple[str, list[str]]] = {}
    for place, enum in _uses(metadata, dialect):
        known, labels = first.setdefault((enum.schema, str(enum.name)), (place, list(enum.enums)))
        if labels != list(enum.enums):
            name = ".".join(filter(None, (enum.schema, str(enum.name))))
            raise TruelineError(
                f"enum type {name} is declared with different labels",
                where=(f"{known}: {', '.join(labels)}", f"{place}: {', '.join(enum.enums)}"),
                fix="use one Python enum for both columns, or give one of the types another name",
            )


def _uses(metadata: MetaData, dialect: Any) -> Iterator[tuple[str, ENUM]]:
    for table in metadata.tables.values():
        for column in table.columns:
            if (enum := _native(column.type, dialect)) is not None:
                yield f"{table.fullname}.{column.name}", enum


def _native(type_: TypeEngine[Any], dialect: Any) -> ENUM | None:
    """The enum that a column's type comes down to, be it decorated, a variant or an array."""
    native = type_.dialect_impl(dialect)
    if isinstance(native, ARRAY):
        return _native(native.item_type, dialect)
    return native if isinstance(native, ENUM) and native.native_enum and native.name else None
