"""What SQLite stores in place of PostgreSQL's own types, with the values converted both ways.

Only tests and tools run on SQLite; `trueline.types` puts these behind the native types with ``with_variant``.
"""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import CHAR, JSON, LargeBinary, Numeric, String, TypeDecorator
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine, UserDefinedType

Address = ipaddress.IPv4Address | ipaddress.IPv6Address | ipaddress.IPv4Interface | ipaddress.IPv6Interface
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class UuidText(TypeDecorator[uuid.UUID]):
    """A UUID as its 36 characters, as PostgreSQL prints it."""

    impl = CHAR(36)
    cache_ok = True

    def process_bind_param(self, value: uuid.UUID | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """A string is accepted where it spells a UUID."""
        return None if value is None else str(uuid.UUID(str(value)))

    def process_result_value(self, value: str | None, dialect: Dialect) -> uuid.UUID | None:  # noqa: ARG002
        """The 36 characters as a UUID."""
        return None if value is None else uuid.UUID(value)


class ExactNumeric(UserDefinedType[Decimal]):
    """A Decimal without the detour through float that SQLite's own driver takes; SQLite keeps 15 digits."""

    cache_ok = True

    def __init__(self, precision: int | None = None, scale: int | None = None) -> None:
        self.precision = precision
        self.scale = scale

    def get_col_spec(self, **_: Any) -> str:
        """NUMERIC, so that SQLite compares and adds numbers, not text."""
        return "NUMERIC" if self.precision is None else f"NUMERIC({self.precision}, {self.scale or 0})"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:  # noqa: ARG002
        """Digits; SQLite's column turns them into a number."""
        return lambda value: None if value is None else str(self._rounded(Decimal(str(value))))

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        """The number that was stored, with the column's decimal places."""
        return lambda value: None if value is None else self._rounded(Decimal(str(value)))

    def literal_processor(self, dialect: Dialect) -> Callable[[Any], str]:  # noqa: ARG002
        """Digits, as in a bound value."""
        return lambda value: str(self._rounded(Decimal(str(value))))

    def _rounded(self, value: Decimal) -> Decimal:
        if self.precision is None or not value.is_finite():
            return value
        return value.quantize(Decimal(1).scaleb(-(self.scale or 0)))


class JsonList(TypeDecorator[list[Any]]):
    """A PostgreSQL array as a JSON list; each item is stored the way its own type stores it on SQLite."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, item_type: TypeEngine[Any]) -> None:
        super().__init__(none_as_null=True)
        self.item_type = item_type

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> list[Any] | None:
        """Plain JSON values."""
        return None if value is None else _each(self._encoder(dialect), list(value))

    def process_result_value(self, value: list[Any] | None, dialect: Dialect) -> list[Any] | None:
        """The items' Python values."""
        return None if value is None else _each(self._decoder(dialect), value)

    def _encoder(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        if isinstance(self.item_type, LargeBinary):
            return lambda value: bytes(value).hex()
        return self.item_type.dialect_impl(dialect).bind_processor(dialect)

    def _decoder(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        if isinstance(self.item_type, LargeBinary):
            return bytes.fromhex
        return self.item_type.dialect_impl(dialect).result_processor(dialect, None)


def _each(convert: Callable[[Any], Any] | None, values: list[Any]) -> list[Any]:
    """``convert`` on every item, however deeply the lists are nested."""
    if convert is None:
        return values
    return [_each(convert, v) if isinstance(v, list) else None if v is None else convert(v) for v in values]


class AddressText(TypeDecorator[Address]):
    """An IP address, with its prefix where that says more than the address."""

    impl = String(43)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """``192.0.2.1`` or ``192.0.2.1/24``."""
        return None if value is None else str(_address(str(value)))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Address | None:  # noqa: ARG002
        """What psycopg gives for inet: an address, or an interface where there is a prefix."""
        return None if value is None else _address(value)


def _address(text: str) -> Address:
    interface = ipaddress.ip_interface(text)
    return interface.ip if interface.network.prefixlen == interface.max_prefixlen else interface


class NetworkText(TypeDecorator[Network]):
    """An IP network as text."""

    impl = String(43)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """``192.0.2.0/24``."""
        return None if value is None else str(ipaddress.ip_network(str(value)))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Network | None:  # noqa: ARG002
        """What psycopg gives for cidr."""
        return None if value is None else ipaddress.ip_network(value)


class RangeText(TypeDecorator[Range[Any]]):
    """A range in PostgreSQL's own spelling, ``[1,10)``, brought to the form that PostgreSQL would store.

    Args:
        bound: the Python type of the bounds: int, Decimal, date or datetime.
    """

    impl = String
    cache_ok = True

    def __init__(self, bound: type[Any]) -> None:
        super().__init__()
        self.bound = bound

    def process_bind_param(self, value: Range[Any] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The stored form.

        Raises:
            ValueError: the lower bound is above the upper one, or a datetime has no time zone.
        """
        return None if value is None else _spelled(_canonical(value, _STEP.get(self.bound)))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Range[Any] | None:  # noqa: ARG002
        """The range that the text spells."""
        return None if value is None else _parsed(value, _FROM_TEXT[self.bound])


#: https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-DISCRETE
_STEP: dict[type[Any], Any] = {int: 1, date: timedelta(days=1)}
_FROM_TEXT: dict[type[Any], Callable[[str], Any]] = {
    int: int,
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


def _canonical(value: Range[Any], step: Any) -> Range[Any]:
    """``value`` as PostgreSQL stores it: discrete ones as ``[)``, none that holds nothing but ``empty``."""
    if value.empty:
        return Range(empty=True)
    lower, upper, opening, closing = value.lower, value.upper, value.bounds[0], value.bounds[1]
    if lower is not None and upper is not None and lower > upper:
        raise ValueError(f"a range's lower bound must not be above its upper bound: {lower} > {upper}")
    if step is not None:
        lower, opening = (lower + step, "[") if lower is not None and opening == "(" else (lower, opening)
        upper, closing = (upper + step, ")") if upper is not None and closing == "]" else (upper, closing)
    if lower is not None and upper is not None and (lower > upper or (lower == upper and opening + closing != "[]")):
        return Range(empty=True)
    opening = "(" if lower is None else opening
    closing = ")" if upper is None else closing
    bounds: Any = opening + closing
    return Range(lower, upper, bounds=bounds)


def _spelled(value: Range[Any]) -> str:
    if value.empty:
        return "empty"
    return f"{value.bounds[0]}{_bound_text(value.lower)},{_bound_text(value.upper)}{value.bounds[1]}"


def _bound_text(bound: Any) -> str:
    if not isinstance(bound, datetime):
        return "" if bound is None else str(bound)
    if bound.utcoffset() is None:
        raise ValueError("datetimes in a range need a time zone, such as datetime.now(UTC)")
    return bound.astimezone(UTC).isoformat(sep=" ")


def _parsed(text: str, convert: Callable[[str], Any]) -> Range[Any]:
    if text == "empty":
        return Range(empty=True)
    lower, _, upper = text[1:-1].partition(",")
    bounds: Any = text[0] + text[-1]
    return Range(convert(lower) if lower else None, convert(upper) if upper else None, bounds=bounds)


def numeric(precision: int | None, scale: int | None) -> TypeEngine[Decimal]:
    """NUMERIC that comes back from SQLite as the Decimal that went in."""
    native: Numeric[Decimal] = Numeric(precision, scale)
    return native.with_variant(ExactNumeric(precision, scale), "sqlite")
