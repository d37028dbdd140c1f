"""`Field`: SQLModel's own, plus ``unenforced=``, ``pattern=``, ``renamed_from=`` and the column's storage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal, TypedDict, Unpack

import sqlmodel
from pydantic import Discriminator
from pydantic_core import PydanticUndefined
from sqlalchemy import Column
from sqlalchemy.types import TypeEngine
from sqlmodel.main import FieldInfo

from trueline.errors import TruelineError

#: What a model can leave to Python alone, and what the database then lacks.
RULES: Mapping[str, str] = {
    "length": "VARCHAR(n), and CHECKs from min_length, max_length and decimal_places",
    "range": "CHECKs from ge, gt, le, lt and multiple_of",
    "pattern": "CHECKs from pattern and from LowerText",
    "choice": "CHECKs from Literal",
    "enum": "native enum types; the column is VARCHAR",
    "comment": "comments from description and docstring",
    "timestamptz": "time zones; the column is a timestamp without one",
}


class UnknownRuleError(TruelineError):
    """``unenforced`` names something that is not there to be turned off."""


@dataclass(frozen=True, slots=True)
class Unenforced:
    """The mark that `Field` leaves among a field's constraints."""

    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """The mark that `Field` leaves with what goes into ``Column.info``."""

    words: tuple[tuple[str, Any], ...]


def rules(given: bool | str | Collection[str], *, where: str | tuple[str, ...] = ()) -> frozenset[str]:
    """The rules that ``unenforced`` names: a collection, one name, or all of them (``True``, ``"all"``).

    Raises:
        UnknownRuleError: a name that is not in `RULES`.
    """
    if isinstance(given, bool):
        return frozenset(RULES) if given else frozenset()
    names = frozenset({given} if isinstance(given, str) else given)
    if "all" in names:
        return frozenset(RULES)
    if unknown := sorted(names - RULES.keys()):
        raise UnknownRuleError(
            f"unenforced names {', '.join(map(repr, unknown))}, which is nothing that trueline enforces",
            where=where,
            fix=f"unenforced={{{_suggested(unknown)}}}   (known: {', '.join(RULES)}, all)",
        )
    return names


def _suggested(unknown: Sequence[str]) -> str:
    found = [get_close_matches(name, RULES, n=1) for name in unknown]
    return ", ".join(f'"{name}"' for names in found for name in names) or '"range"'


Storage = Literal["plain", "external", "extended", "main"]


class FieldArguments(TypedDict, total=False):
    """The keyword arguments of `sqlmodel.Field`."""

    default_factory: Callable[[], Any] | None
    alias: str | None
    validation_alias: str | None
    serialization_alias: str | None
    title: str | None
    description: str | None
    exclude: Any
    include: Any
    const: bool | None
    gt: Any
    ge: Any
    lt: Any
    le: Any
    multiple_of: Any
    max_digits: int | None
    decimal_places: int | None
    unique_items: bool | None
    min_length: int | None
    max_length: int | None
    allow_mutation: bool
    discriminator: str | Discriminator | None
    repr: bool
    primary_key: bool
    foreign_key: str | Callable[[Any], str]
    ondelete: Literal["CASCADE", "SET NULL", "RESTRICT"]
    unique: bool
    nullable: bool
    index: bool
    sa_type: TypeEngine[Any] | type[TypeEngine[Any]] | Callable[[], TypeEngine[Any]]
    sa_column: Column[Any]
    sa_column_args: Sequence[Any]
    sa_column_kwargs: Mapping[str, Any]
    schema_extra: dict[str, Any] | None


def Field(  # noqa: N802 - the name that SQLModel and pydantic gave it
    default: Any = PydanticUndefined,
    *,
    unenforced: bool | str | Set[str] = False,
    pattern: str | None = None,
    regex: str | None = None,
    renamed_from: str | None = None,
    storage: Storage | None = None,
    compression: Literal["pglz", "lz4"] | None = None,
    statistics: int | None = None,
    **arguments: Unpack[FieldArguments],
) -> Any:
    """A field of a `Model`, as `sqlmodel.Field`, whose constraints the database enforces as well.

    Args:
        default: the value where none is given.
        unenforced: what the database shall not enforce, such as ``{"range"}``; True for nothing at all.
        pattern: a regular expression that the value must contain a match of; anchor it with ``^`` and ``$``.
        regex: another name for ``pattern``.
        renamed_from: the column's former name, so that its data is kept.
        storage: where PostgreSQL keeps long values: ``plain``, ``external``, ``extended`` or ``main``.
        compression: how it compresses them.
        statistics: how closely it looks at the values, from 0 to 10000.
        arguments: everything that `sqlmodel.Field` takes. ``foreign_key`` may be a function of the class,
            for mixins whose target differs from table to table.

    Raises:
        UnknownRuleError: ``unenforced`` names something that is not enforced.
    """
    extra = dict(arguments.pop("schema_extra", None) or {})
    if pattern is not None or regex is not None:
        extra["pattern"] = regex if pattern is None else pattern
    field: FieldInfo = sqlmodel.Field(default, schema_extra=extra, **arguments)  # type: ignore[call-overload]  # its overloads forbid combinations that it checks itself
    if left_out := rules(unenforced):
        field.metadata.append(Unenforced(left_out))
    words = {"renamed_from": renamed_from, "storage": storage, "compression": compression, "statistics": statistics}
    if given := tuple((word, value) for word, value in words.items() if value is not None):
        field.metadata.append(ColumnInfo(given))
    return field
