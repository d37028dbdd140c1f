"""Expressions as plain values: what a declaration says, as far as it says it literally."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted name, resolved through the module's imports: ``sqlalchemy.Integer``."""

    path: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Const:
    """A literal."""

    value: str | int | float | bool | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A call. What a method is called on that is no dotted name is ``()`` in the function's, and ``on``."""

    function: str
    args: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    line: int = 0
    on: Value | None = None

    @property
    def last(self) -> str:
        """The function's own name."""
        return self.function.rpartition(".")[2]

    def get(self, keyword: str) -> Value | None:
        """The argument of that keyword."""
        return next((value for name, value in self.keywords if name == keyword), None)


@dataclass(frozen=True, slots=True)
class Items:
    """A tuple, list or set."""

    items: tuple[Value, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pairs:
    """A dictionary."""

    pairs: tuple[tuple[Value, Value], ...]
    line: int = 0

    def get(self, key: str) -> Value | None:
        """The value of a literal key."""
        return next((value for name, value in self.pairs if isinstance(name, Const) and name.value == key), None)


@dataclass(frozen=True, slots=True)
class Generic:
    """``Mapped[int]``."""

    of: str
    items: tuple[Value, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Either:
    """``int | None``."""

    items: tuple[Value, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Other:
    """What is none of these.

    Attributes:
        kind: libcst's name for it, such as ``Comparison``.
        parts: what it consists of: the sides of a comparison, the value of an attribute.
        operators: of a comparison, libcst's names: ``Is``, ``NotEqual``.
    """

    kind: str
    parts: tuple[Value, ...] = ()
    operators: tuple[str, ...] = ()
    line: int = 0


Value: TypeAlias = Name | Const | Call | Items | Pairs | Generic | Either | Other


def text_of(value: Value | None) -> str | None:
    """The text of a literal string."""
    return value.value if isinstance(value, Const) and isinstance(value.value, str) else None


def is_true(value: Value | None) -> bool:
    """Whether it is literally ``True``."""
    return isinstance(value, Const) and value.value is True


def items_of(value: Value | None) -> tuple[Value, ...]:
    """The members of a tuple, list or set; none of anything else."""
    return value.items if isinstance(value, Items) else ()


def texts_of(value: Value | None) -> tuple[str, ...]:
    """The literal strings among the members."""
    return tuple(text for item in items_of(value) if (text := text_of(item)) is not None)


def last(path: str) -> str:
    """The last word of a dotted name."""
    return path.rpartition(".")[2]
