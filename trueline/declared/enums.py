"""Python enums as PostgreSQL enum types: the labels are the enum's values, one type per schema and name."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Enum, MetaData, String, TypeDecorator, event
from sqlalchemy.engine import Dialect
from sqlalchemy.types import ARRAY, TypeEngine

from trueline.declared.naming import MAX_BYTES, fit
from trueline.declared.origin import Origin
from trueline.errors import TruelineError

_KEY = "trueline.enums"


class EnumError(TruelineError):
    """An enum that cannot become a PostgreSQL type, or two that want to be the same one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One enum type of the metadata and the first place that used it."""

    python: type[enum.Enum]
    type: Enum
    origin: Origin


def type_name(cls: type[enum.Enum]) -> str:
    """``PaymentStatus`` becomes ``payment_status``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", cls.__name__)
    return fit(spaced.lower())


def labels(cls: type[enum.Enum]) -> list[str]:
    """The values as text, aliases left out, in the order of definition."""
    return [str(member.value) for member in cls]


def native(cls: type[enum.Enum], schema: str | None, metadata: MetaData, origin: Origin) -> Enum:
    """The enum type of ``cls`` in ``schema``: always the same object, so that it is created once.

    Raises:
        EnumError: values that are no labels, or another enum of the same name with other labels.
    """
    _refuse_unfit(cls, origin)
    entries: dict[Any, list[Entry]] = metadata.info.setdefault(_KEY, {})
    known = entries.setdefault((schema, type_name(cls)), [])
    for entry in known:
        if entry.python is cls:
            return entry.type
    _refuse_other(cls, [e for e in known if e.type.enums != labels(cls)], metadata, origin)
    known[:] = [e for e in known if e.type.enums == labels(cls)]
    made = Enum(cls, name=type_name(cls), schema=schema, values_callable=labels, metadata=metadata)
    known.append(Entry(cls, made, origin))
    return made


def _refuse_unfit(cls: type[enum.Enum], origin: Origin) -> None:
    values = [member.value for member in cls]
    texts = labels(cls)
    reason = None
    if issubclass(cls, enum.Flag):
        reason = "is a set of flags"
    elif not values:
        reason = "has no members"
    elif not all(isinstance(v, str | int) for v in values):
        reason = "has values that are neither str nor int"
    elif len(set(texts)) < len(texts):
        reason = "has two values with the same text"
    elif long := [text for text in texts if len(text.encode()) > MAX_BYTES]:
        reason = f"has a value of more than {MAX_BYTES} bytes: {long[0]!r}"
    if reason:
        raise EnumError(
            f"enum {cls.__qualname__} {reason}, so its values cannot be the labels of a PostgreSQL enum",
            where=str(origin),
            fix=f'class {cls.__name__}(enum.StrEnum):\n    {_first(cls)} = "{_first(cls).lower()}"',
        )


def _first(cls: type[enum.Enum]) -> str:
    return next(iter(cls.__members__), "ACTIVE")


def _refuse_other(cls: type[enum.Enum], others: Sequence[Entry], metadata: MetaData, origin: Origin) -> None:
    for other in others:
        if not _in_use(other.type, metadata):
            _stop_creating(other.type, metadata)
            continue
        raise EnumError(
            f"two enums want to be the type {type_name(cls)!r} with different labels: "
            f"{', '.join(other.type.enums)} and {', '.join(labels(cls))}",
            where=(f"{other.origin} uses {_path(other.python)}", f"{origin} uses {_path(cls)}"),
            fix=f"rename one of the two, or use {_path(other.python)} in both places",
        )


def _path(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def forget_unused(metadata: MetaData) -> None:
    """Drop the types that no table uses: those of a class that failed must not be created later."""
    for known in metadata.info.get(_KEY, {}).values():
        for entry in [e for e in known if not _in_use(e.type, metadata)]:
            _stop_creating(entry.type, metadata)
            known.remove(entry)


def _in_use(type_: Enum, metadata: MetaData) -> bool:
    columns = (column.type for table in metadata.tables.values() for column in table.columns)
    return any(type_ is column or type_ is _item(column) for column in columns)


def _item(type_: TypeEngine[Any]) -> TypeEngine[Any] | None:
    return type_.item_type if isinstance(type_, ARRAY) else None


def _stop_creating(type_: Enum, metadata: MetaData) -> None:
    """Take ``type_`` off the events by which SQLAlchemy creates and drops the types of a metadata."""
    for name in ("before_create", "after_drop"):
        for listener in list(getattr(metadata.dispatch, name)):
            if listens_for(listener) is type_:
                event.remove(metadata, name, listener)
    getattr(metadata, "_objects", set()).discard(type_)


def listens_for(listener: Any) -> Any:
    """The type that a listener is a method of: SQLAlchemy 2.1 has partials of methods, 2.0 an object of its own."""
    method = getattr(listener, "func", listener)
    return getattr(method, "__self__", None) or getattr(method, "target", None)


class TextEnum(TypeDecorator[enum.Enum]):
    """An enum's values in a VARCHAR column that the database does not restrict.

    Args:
        enum_class: the enum; its values are stored as text.
    """

    impl = String
    cache_ok = True

    def __init__(self, enum_class: type[enum.Enum]) -> None:
        super().__init__()
        self.enum_class = enum_class

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """A member, its value or the value's text."""
        return None if value is None else str(value.value if isinstance(value, enum.Enum) else value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> enum.Enum | None:  # noqa: ARG002
        """The member whose value has this text.

        Raises:
            LookupError: there is none.
        """
        if value is None:
            return None
        for member in self.enum_class:
            if str(member.value) == value:
                return member
        raise LookupError(
            f"{value!r} is no value of {self.enum_class.__qualname__}: {', '.join(labels(self.enum_class))}"
        )

    def __repr__(self) -> str:
        return "String()"
