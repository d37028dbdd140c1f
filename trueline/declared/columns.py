"""The column type that a field's annotation asks for."""

from __future__ import annotations

import enum
import ipaddress
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin, is_typeddict
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, FutureDate, FutureDatetime, NaiveDatetime, PastDate, PastDatetime
from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    Time,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import AutoString
from sqlmodel.sql.sqltypes import UTCDateTime

from trueline import types as column_types
from trueline.declared import enums
from trueline.declared.origin import Origin
from trueline.declared.shape import Shape, choices, read
from trueline.errors import TruelineError


class ColumnTypeError(TruelineError):
    """An annotation that no column type stands for."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a type depends on besides its annotation.

    Args:
        metadata: the one metadata.
        schema: the table's schema.
        origin: where the class is declared.
        field: the field's name, for errors.
        off: what the database shall not enforce.
    """

    metadata: MetaData
    schema: str | None
    origin: Origin
    field: str
    off: frozenset[str]

    @property
    def where(self) -> str:
        """The place of the field."""
        return f"{self.origin}, field {self.field}"


_TEXT = (str, Path)
_ADDRESSES = (
    ipaddress.IPv4Address,
    ipaddress.IPv6Address,
    ipaddress.IPv4Interface,
    ipaddress.IPv6Interface,
)
_NETWORKS = (ipaddress.IPv4Network, ipaddress.IPv6Network)
_AWARE = (datetime, AwareDatetime, PastDatetime, FutureDatetime)
_DATES = (date, PastDate, FutureDate)

_SIMPLE: Sequence[tuple[type[Any], type[TypeEngine[Any]]]] = (
    (bool, Boolean),
    (int, Integer),
    (float, Float),
    (time, Time),
    (timedelta, Interval),
    (bytes, LargeBinary),
)


def column_type(shape: Shape, context: Context) -> TypeEngine[Any]:
    """The type of a column for ``shape``.

    Raises:
        ColumnTypeError: there is none.
        EnumError: an enum whose values are no labels.
    """
    base = shape.base
    if get_origin(base) is Literal:
        return _of_choices(choices(base), context)
    if _is_array(base):
        return _array(base, context)
    if isinstance(base, type) and get_origin(base) is None:
        found = _of_class(base, shape, context)
        if found is not None:
            return found
    if _is_json(base):
        return column_types.JSONB() if _is_plain_json(base) else column_types.json_of(base)
    raise _unknown(base, context)


def _of_class(base: type[Any], shape: Shape, context: Context) -> TypeEngine[Any] | None:
    if issubclass(base, enum.Enum):
        return enum_type(base, context)
    if base is NaiveDatetime or issubclass(base, _AWARE):
        return _datetime(shape, context)
    if issubclass(base, _TEXT) or base.__name__ in {"EmailStr", "NameEmail"}:
        return AutoString(None if "length" in context.off else shape.rules.max_length)
    if issubclass(base, Decimal):
        return _decimal(shape)
    if issubclass(base, UUID):
        return column_types.UUID()
    if issubclass(base, _DATES):
        return Date()
    if issubclass(base, _ADDRESSES):
        return column_types.INET()
    if issubclass(base, _NETWORKS):
        return column_types.CIDR()
    return next((type_() for python, type_ in _SIMPLE if issubclass(base, python)), None)


def enum_type(cls: type[enum.Enum], context: Context) -> TypeEngine[Any]:
    """A native enum, or plain text where the enum is not to be enforced."""
    if "enum" in context.off:
        return enums.TextEnum(cls)
    return enums.native(cls, context.schema, context.metadata, context.origin)


def _datetime(shape: Shape, context: Context) -> TypeEngine[Any]:
    zones = [m for m in (shape.base, *shape.marks) if m in (AwareDatetime, NaiveDatetime)]
    naive = bool(zones) and zones[-1] is NaiveDatetime
    return DateTime(timezone=False) if naive or "timestamptz" in context.off else UTCDateTime()


def _decimal(shape: Shape) -> TypeEngine[Any]:
    """NUMERIC(p, s) only where both are known: NUMERIC(p) alone would round to whole numbers."""
    rules = shape.rules
    if rules.max_digits is None or rules.decimal_places is None:
        return column_types.NUMERIC()
    return column_types.NUMERIC(rules.max_digits, rules.decimal_places)


def _of_choices(values: Sequence[Any], context: Context) -> TypeEngine[Any]:
    kinds = {type(value) for value in values}
    if len(kinds) == 1:
        kind = kinds.pop()
        if issubclass(kind, enum.Enum):
            return enum_type(kind, context)
        if kind in (str, int, bool):
            return {str: AutoString(), int: Integer(), bool: Boolean()}[kind]
    raise ColumnTypeError(
        f"Literal[{', '.join(map(repr, values))}] mixes types, and a column has one",
        where=context.where,
        fix=f"{context.field}: Literal[{', '.join(repr(str(v)) for v in values)}]",
    )


_LISTS = (list, Sequence)


def _is_array(base: Any) -> bool:
    """A list of what one column could hold; a list of structures is JSON."""
    arguments = get_args(base)
    if get_origin(base) not in _LISTS or not arguments:
        return False
    return not _is_json(read(arguments[0]).base)


def _array(base: Any, context: Context) -> TypeEngine[Any]:
    depth, item = 0, read(base)
    while _is_array(item.base):
        depth, item = depth + 1, read(get_args(item.base)[0])
    return column_types.ARRAY(column_type(item, context), dimensions=depth if depth > 1 else None)


_PLAIN_JSON = (dict, list, Mapping, Sequence, Any)
_CONTAINERS = (dict, list, tuple, set, frozenset, Mapping, Sequence)


def _is_json(base: Any) -> bool:
    origin = get_origin(base) or base
    if origin is Any or origin in _CONTAINERS or is_typeddict(origin):
        return not _is_array(base)
    if origin in (Union, types.UnionType):
        arms = [read(arm).base for arm in get_args(base)]
        return all(_is_json(arm) or _is_array(arm) for arm in arms)
    return isinstance(origin, type) and (issubclass(origin, BaseModel) or is_dataclass(origin))


def _is_plain_json(base: Any) -> bool:
    """Whether JSON's own types are all that the annotation allows for, so that nothing has to be converted."""
    if base in _PLAIN_JSON:
        return True
    arguments = get_args(base)
    if (get_origin(base) or base) not in _PLAIN_JSON or not arguments:
        return False
    return all(_is_plain_json(arg) or arg in (str, int, float, bool, type(None)) for arg in arguments)


def _unknown(base: Any, context: Context) -> ColumnTypeError:
    if isinstance(base, ForwardRef | str):
        return ColumnTypeError(
            f"the annotation {getattr(base, '__forward_arg__', base)!r} names something that is not known yet",
            where=context.where,
            fix="import the name above the class, not under TYPE_CHECKING; it must be at module level",
        )
    name = getattr(base, "__name__", None) if isinstance(base, type) and not get_args(base) else None
    return ColumnTypeError(
        f"{name or base} has no column type",
        where=context.where,
        fix=f"{context.field}: {name or '...'} = Field(sa_type=...)   (a SQLAlchemy type that stores it)",
    )
