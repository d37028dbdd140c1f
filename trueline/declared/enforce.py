"""The CHECKs that a field's constraints ask for, each with a name that says what it holds to."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from sqlalchemy import ARRAY, CheckConstraint, Column, Float, LargeBinary, Numeric, Table, all_, cast, func
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.expression import literal_column
from sqlalchemy.types import TypeEngine

from trueline.declared import regex
from trueline.declared.shape import Rules, Shape, choices, read
from trueline.errors import TruelineError
from trueline.types import LowerText

Condition = ColumnElement[bool]


class PatternError(TruelineError):
    """A pattern that PostgreSQL would not read as Python does."""


@dataclass(frozen=True, slots=True)
class Check:
    """One CHECK on a column.

    Args:
        column: what it is about.
        kind: the last part of its name, such as ``ge``.
        rule: which name in ``unenforced`` turns it off.
        condition: what must hold.
        everywhere: whether SQLite understands it too.
    """

    column: Column[Any]
    kind: str
    rule: str
    condition: Condition
    everywhere: bool = True

    @property
    def name(self) -> str:
        """Column and kind; the convention puts ``ck_<table>_`` before it."""
        return f"{self.column.name}_{self.kind}"

    def constraint(self) -> CheckConstraint:
        """The constraint, to be put on the column's table."""
        made = CheckConstraint(self.condition, name=self.name)
        return made if self.everywhere else made.ddl_if(dialect="postgresql")


def checks(column: Column[Any], shape: Shape, off: frozenset[str], where: str) -> list[Check]:
    """What the database holds ``column`` to.

    Raises:
        PatternError: a pattern that means something else to PostgreSQL.
    """
    rules = shape.rules
    found = [*_lengths(column, rules), *_ranges(column, shape, rules), *_choices(column, shape)]
    if "pattern" not in off:
        found += _patterns(column, rules, where)
    return [check for check in found if check.rule not in off]


def _lengths(column: Column[Any], rules: Rules) -> Iterator[Check]:
    measure, everywhere = _measure(column)
    if measure is not None:
        if rules.min_length:
            condition = measure(column) >= _number(rules.min_length)
            yield Check(column, "min_length", "length", condition, everywhere)
        if rules.max_length is not None and getattr(_impl(column.type), "length", None) is None:
            condition = measure(column) <= _number(rules.max_length)
            yield Check(column, "max_length", "length", condition, everywhere)
    if isinstance(column.type, Numeric) and column.type.precision is None:
        yield from _digits(column, rules)


def _measure(column: Column[Any]) -> tuple[Callable[[Any], ColumnElement[int]] | None, bool]:
    """The function that measures a column, and whether SQLite has it; ``length`` counts bytes of bytea."""
    if isinstance(column.type, ARRAY):
        return func.cardinality, False
    type_ = _impl(column.type)
    return (func.length, True) if hasattr(type_, "length") else (None, False)


def _impl(type_: TypeEngine[Any]) -> Any:
    return getattr(type_, "impl", type_)


def _digits(column: Column[Any], rules: Rules) -> Iterator[Check]:
    """What NUMERIC without precision leaves open."""
    if rules.decimal_places is not None:
        condition = func.round(column, _number(rules.decimal_places)) == column
        yield Check(column, "decimal_places", "length", condition)
    if rules.max_digits is not None:
        condition = func.abs(column) < _number(10 ** (rules.max_digits - (rules.decimal_places or 0)))
        yield Check(column, "max_digits", "length", condition)


_COMPARISONS: dict[str, Callable[[Any, Any], Condition]] = {
    "ge": lambda value, bound: value >= bound,
    "gt": lambda value, bound: value > bound,
    "le": lambda value, bound: value <= bound,
    "lt": lambda value, bound: value < bound,
}
_MIRRORED = {"ge": "le", "gt": "lt", "le": "ge", "lt": "gt"}


def _ranges(column: Column[Any], shape: Shape, rules: Rules) -> Iterator[Check]:
    for kind, compare in _COMPARISONS.items():
        bound = _literal(getattr(rules, kind))
        if bound is not None:
            everywhere = not isinstance(getattr(rules, kind), datetime | time | timedelta)
            yield Check(column, kind, "range", compare(column, bound), everywhere)
    if rules.multiple_of is not None:
        # PostgreSQL has no mod() of double precision, and SQLite's % cuts to whole numbers.
        value = cast(column, Numeric) if isinstance(column.type, Float) else column
        condition = func.mod(value, _number(rules.multiple_of)) == _number(0)
        yield Check(column, "multiple_of", "range", condition, everywhere=False)
    if isinstance(column.type, ARRAY):
        yield from _item_ranges(column, shape)


def _item_ranges(column: Column[Any], shape: Shape) -> Iterator[Check]:
    """Bounds of an array's items: ``list[Annotated[int, Ge(0)]]`` becomes ``0 <= ALL (column)``."""
    rules = _item(shape).rules
    for kind in _COMPARISONS:
        bound = _literal(getattr(rules, kind))
        if bound is not None:
            condition = _COMPARISONS[_MIRRORED[kind]](bound, all_(column))
            yield Check(column, f"items_{kind}", "range", condition, everywhere=False)


def _item(shape: Shape) -> Shape:
    arguments = get_args(shape.base)
    return read(arguments[0]) if arguments and get_origin(shape.base) is not Literal else read(Any)


def _choices(column: Column[Any], shape: Shape) -> Iterator[Check]:
    if get_origin(shape.base) is Literal:
        values = [_quoted_choice(value) for value in choices(shape.base)]
        yield Check(column, "choice", "choice", column.in_(values))
    elif isinstance(column.type, ARRAY) and get_origin(_item(shape).base) is Literal:
        values = [_quoted_choice(value) for value in choices(_item(shape).base)]
        items = ", ".join(str(value) for value in values)
        whole: ColumnElement[Any] = literal_column(f"CAST(ARRAY[{items}] AS {_sql_name(column.type.item_type)}[])")
        yield Check(column, "choice", "choice", column.op("<@")(whole), everywhere=False)


def _sql_name(type_: TypeEngine[Any]) -> str:
    from sqlalchemy.dialects import postgresql

    return type_.compile(dialect=postgresql.dialect())


def _quoted_choice(value: Any) -> ColumnElement[Any]:
    value = value.value if isinstance(value, enum.Enum) else value
    if isinstance(value, bool):
        return literal_column(str(value).lower())
    return _number(value) if isinstance(value, int) else _text(value)


def _patterns(column: Column[Any], rules: Rules, where: str) -> Iterator[Check]:
    if isinstance(column.type, LowerText):
        yield Check(column, "lower", "pattern", LowerText.condition(column))
    if rules.pattern is not None and not isinstance(_impl(column.type), ARRAY | LargeBinary):
        pattern = _translated(rules.pattern, where)
        yield Check(column, "pattern", "pattern", column.op("~")(_text(pattern)), everywhere=False)


def _translated(pattern: Any, where: str) -> str:
    try:
        return regex.translate(pattern)
    except regex.UnsharedPatternError as error:
        source = pattern if isinstance(pattern, str) else pattern.pattern
        raise PatternError(
            f"pattern {source!r} uses {error}, which PostgreSQL's regular expressions lack or read differently",
            where=where,
            fix='Field(..., unenforced={"pattern"}), or write the pattern without it',
        ) from error


def _literal(value: Any) -> ColumnElement[Any] | None:
    """``value`` as SQL that both dialects read; None where there is no bound in it."""
    match value:
        case None | bool():
            return None
        case int() | float() | Decimal():
            return _number(value) if Decimal(str(value)).is_finite() else None
        case datetime():
            moment = value.astimezone(UTC) if value.tzinfo else value
            return _text(moment.isoformat(sep=" "))
        case date() | time():
            return _text(value.isoformat())
        case timedelta():
            return _text(f"{value.total_seconds():f} seconds")
        case _:
            return _text(str(value))


def _number(value: Decimal | float) -> ColumnElement[Any]:
    number = Decimal(str(value))
    return literal_column(str(value) if isinstance(value, int) else format(number, "f"))


def _text(value: str) -> ColumnElement[Any]:
    """A literal that no dialect escapes any further: PostgreSQL reads backslashes as they stand."""
    return literal_column("'" + value.replace("'", "''") + "'")


def attach(table: Table, found: list[Check]) -> None:
    """Put ``found`` on ``table``, but for those whose name the model has given to a constraint of its own."""
    taken = {str(constraint.name) for constraint in table.constraints}
    for check in found:
        if not taken & {check.name, f"ck_{table.name}_{check.name}"}:
            table.append_constraint(check.constraint())
