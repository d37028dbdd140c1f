"""What an annotation says once ``Annotated``, ``Optional`` and aliases are taken off it."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

from annotated_types import GroupedMetadata
from pydantic.fields import FieldInfo

from trueline.declared.field import ColumnInfo, Unenforced

_TIGHTER = {"ge": max, "gt": max, "le": min, "lt": min, "min_length": max, "max_length": min}
_PLAIN = ("multiple_of", "max_digits", "decimal_places", "pattern")


@dataclass(frozen=True, slots=True)
class Rules:
    """A field's constraints, each in the tightest form that was given; None where there is none."""

    ge: Any = None
    gt: Any = None
    le: Any = None
    lt: Any = None
    multiple_of: Any = None
    min_length: int | None = None
    max_length: int | None = None
    max_digits: int | None = None
    decimal_places: int | None = None
    pattern: str | re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A type without its wrapping.

    Args:
        base: the bare type: a class, a generic alias such as ``list[str]``, a ``Literal`` or a union.
        optional: whether None is among the values.
        marks: everything that was annotated, in order.
    """

    base: Any
    optional: bool
    marks: tuple[Any, ...]

    @property
    def rules(self) -> Rules:
        """The constraints among the marks."""
        found: dict[str, Any] = {}
        for mark in self.marks:
            for name in (*_TIGHTER, *_PLAIN):
                value = getattr(mark, name, None)
                if value is not None and not callable(value):
                    choose = _TIGHTER.get(name)
                    found[name] = choose(found.get(name, value), value) if choose else value
        return Rules(**found)

    @property
    def unenforced(self) -> frozenset[str]:
        """What `Field` was told to leave out."""
        return frozenset().union(*(mark.rules for mark in self.marks if isinstance(mark, Unenforced)))

    @property
    def info(self) -> dict[str, Any]:
        """What `Field` was told about the column that SQLAlchemy has no word for."""
        return dict(word for mark in self.marks if isinstance(mark, ColumnInfo) for word in mark.words)


def read(annotation: Any, marks: Iterable[Any] = ()) -> Shape:
    """The shape of ``annotation``; ``marks`` are a field's own constraints."""
    own = tuple(_flat(marks))
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            own = (*_flat(more), *own)
        elif isinstance(annotation, NewType):
            annotation = annotation.__supertype__
        elif type(annotation).__name__ == "TypeAliasType":
            annotation = annotation.__value__
        else:
            break
    if get_origin(annotation) in (Union, types.UnionType):
        return _union(annotation, own)
    return Shape(annotation, annotation is type(None), own)


def _union(annotation: Any, marks: tuple[Any, ...]) -> Shape:
    arms = [read(arm) for arm in get_args(annotation)]
    wanted = [arm for arm in arms if arm.base is not type(None)]
    optional = len(wanted) < len(arms) or any(arm.optional for arm in wanted)
    if len(wanted) == 1:
        return Shape(wanted[0].base, optional, (*wanted[0].marks, *marks))
    if all(get_origin(arm.base) is Literal for arm in wanted):
        values = tuple(value for arm in wanted for value in get_args(arm.base))
        return Shape(Literal[values], optional, marks)
    return Shape(annotation, optional, marks)


def choices(base: Any) -> Sequence[Any]:
    """The values of a ``Literal`` without None, in order; nested ones flattened."""
    return [v for v in get_args(base) if v is not None]


def _flat(marks: Iterable[Any]) -> Iterator[Any]:
    """The single marks: groups such as ``Interval`` and fields inside ``Annotated`` opened up."""
    for mark in marks:
        if isinstance(mark, FieldInfo):
            yield from _flat(mark.metadata)
            yield mark
        elif isinstance(mark, GroupedMetadata):
            yield from _flat(mark)
        else:
            yield mark
