"""What a change of type does to the values in a column: nothing, a loss that nobody is told of, or an error.

https://www.postgresql.org/docs/current/datatype.html; what ALTER COLUMN TYPE does by itself is an assignment, which
refuses a string that is too long, while a cast that is asked for cuts it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trueline.autogen.plan.casts import base

_STRINGS = frozenset({"text", "character varying", "character", "name", '"char"', "bpchar"})
#: Bits of a whole number, digits that hold it, and characters that show it.
_WHOLE = {"smallint": (16, 5, 6), "integer": (32, 10, 11), "bigint": (64, 19, 20)}
#: Bits that a float has for digits, and decimal digits that always come back.
_FLOATS = {"real": (24, 6), "double precision": (53, 15)}
_WIDTHS = {"uuid": 36, "boolean": 5, **{kind: each[2] for kind, each in _WHOLE.items()}}
_TIMES = {
    "timestamp without time zone": "dt",
    "timestamp with time zone": "dtz",
    "date": "d",
    "time without time zone": "t",
    "time with time zone": "tz",
}
_UNITS = 6

#: Between other types: what the cast leaves out.
_LOSING = {
    ("inet", "cidr"): "leaves out the host's part",
    ("box", "point"): "keeps the centre only",
    ("circle", "point"): "keeps the centre only",
    ("lseg", "point"): "keeps the centre only",
    ("polygon", "point"): "keeps the centre only",
    ("polygon", "circle"): "keeps an approximation only",
    ("polygon", "box"): "keeps an approximation only",
    ("circle", "box"): "keeps an approximation only",
    ("circle", "polygon"): "keeps an approximation only",
    ("box", "circle"): "keeps an approximation only",
    ("interval", "time without time zone"): "leaves out the days",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of values.

    Attributes:
        loses: what is lost without a word, as a verb with its object; None when nothing is.
        fails: which values stop the change; None when none does.
        by_zone: whether values become others from one TimeZone of a session to another.
    """

    loses: str | None = None
    fails: str | None = None
    by_zone: bool = False


_NONE = Effect()


@dataclass(frozen=True, slots=True)
class _Type:
    """A type with its modifiers, as format_type has them."""

    base: str
    first: int | None
    second: int | None
    words: str

    @property
    def scale(self) -> int | None:
        """Digits behind the point; None for as many as there are."""
        if self.base in _WHOLE:
            return 0
        return 2 if self.base == "money" else self.second or 0 if self.first is not None else None

    @property
    def before_point(self) -> int | None:
        """Digits before the point; None for as many as there are."""
        if self.base in _WHOLE:
            return _WHOLE[self.base][1]
        return 17 if self.base == "money" else None if self.first is None else self.first - (self.second or 0)

    @property
    def length(self) -> int | None:
        """Characters; None for as many as there are."""
        if self.base == "character":
            return self.first or 1
        return {"name": 63, '"char"': 1}.get(self.base, self.first)

    @property
    def precision(self) -> int:
        """Digits of a second."""
        return _UNITS if self.first is None else self.first


def effect(old: str, new: str, *, asked: bool) -> Effect:
    """What becomes of values that go from one type to another.

    Args:
        old: the type before, without domains.
        new: the type after, likewise.
        asked: whether the cast is asked for, by USING.
    """
    if old == new:
        return _NONE
    if old.endswith("[]") and new.endswith("[]"):
        return effect(old.removesuffix("[]"), new.removesuffix("[]"), asked=asked)
    one, other = _read(old), _read(new)
    if (words := _LOSING.get((one.base, other.base))) is not None:
        return Effect(words)
    if other.base in _STRINGS:
        return _to_string(one, other, asked=asked)
    if one.base in _STRINGS:
        return _from_string(other)
    if _is_number(one) and _is_number(other):
        return _number(one, other)
    if one.base in _TIMES and other.base in _TIMES:
        return _time(one, other)
    if one.base == other.base:
        return _same(one, other, asked=asked)
    return _other(one, other)


def _read(kind: str) -> _Type:
    given = kind.partition("(")[2].partition(")")[0] if '"' not in kind else ""
    numbers = [int(each) for each in given.split(",") if each.strip().lstrip("-").isdigit()]
    first, second = [*numbers, None, None][:2]
    return _Type(base(kind), first, second, kind)


def _is_number(kind: _Type) -> bool:
    return kind.base in _WHOLE or kind.base in _FLOATS or kind.base in {"numeric", "money"}


def _number(old: _Type, new: _Type) -> Effect:
    if new.base in _FLOATS:
        return _to_float(old, _FLOATS[new.base])
    if old.base in _FLOATS:
        return Effect("rounds values", "values that are too great" if new.before_point is not None else None)
    rounds = new.scale is not None and (old.scale is None or new.scale < old.scale)
    limit = new.before_point
    narrow = limit is not None and (old.before_point is None or limit < old.before_point)
    return Effect("rounds values" if rounds else None, "values that are too great" if narrow else None)


def _to_float(old: _Type, room: tuple[int, int]) -> Effect:
    bits, digits = room
    if old.base in _FLOATS:
        fits = _FLOATS[old.base][0] <= bits
    elif old.base in _WHOLE:
        fits = _WHOLE[old.base][0] <= bits
    else:
        fits = old.first is not None and old.first <= digits
    return _NONE if fits else Effect("rounds values")


def _to_string(old: _Type, new: _Type, *, asked: bool) -> Effect:
    limit = new.length
    if limit is None:
        return _NONE
    longest = old.length if old.base in _STRINGS else _WIDTHS.get(old.base)
    if new.base == "name" and longest is not None:
        longest *= 4  # it counts bytes
    if longest is not None and longest <= limit:
        return _NONE
    cuts = asked or new.base in {"name", '"char"'}
    return Effect("cuts values that are longer") if cuts else Effect(fails=f"values of more than {limit} characters")


def _from_string(new: _Type) -> Effect:
    fails = f"values that are no {new.base}"
    rounded = new.base in _FLOATS or new.base == "money" or (new.first is not None and _is_rounded(new.base))
    if rounded:
        return Effect("rounds values", fails)
    left_out = {
        "date": "the time",
        "time without time zone": "the date",
        "timestamp without time zone": "the time zone",
    }
    if new.base in left_out:
        return Effect(f"leaves out {left_out[new.base]} where a value has one", fails)
    return Effect(fails=fails)


def _is_rounded(kind: str) -> bool:
    return kind in {"numeric", "interval", "bit", "bit varying"} or kind in _TIMES


def _time(old: _Type, new: _Type) -> Effect:
    one, other = _TIMES[old.base], _TIMES[new.base]
    if "d" in one and "d" not in other:
        return Effect("leaves out the date", by_zone="z" in one)
    if "t" in one and "t" not in other:
        return Effect("leaves out the time", by_zone="z" in one)
    if one == "tz" and other == "t":
        return Effect("leaves out the time zone")
    rounds = "t" in one and new.precision < old.precision
    return Effect("rounds values" if rounds else None, by_zone=("z" in one) is not ("z" in other))


def _same(old: _Type, new: _Type, *, asked: bool) -> Effect:
    """Other modifiers of the same type."""
    if old.base == "interval":
        cut = _fields(new.words) not in {"", _fields(old.words)}
        return Effect("leaves out parts of values") if cut else _rounded(new.precision < old.precision)
    if old.base in {"bit", "bit varying"}:
        fixed = old.base == "bit" or (new.first is not None and (old.first is None or new.first < old.first))
        wrong = "values of another length" if old.base == "bit" else f"values of more than {new.first} bits"
        if fixed:
            return Effect("cuts or fills up values") if asked else Effect(fails=wrong)
    return _NONE


def _rounded(is_rounded: bool) -> Effect:
    return Effect("rounds values") if is_rounded else _NONE


def _fields(words: str) -> str:
    return words.removeprefix("interval").partition("(")[0].strip()


def _other(old: _Type, new: _Type) -> Effect:
    if new.base == "boolean" and _is_number(old):
        return Effect("makes every value but 0 true")
    if old.base == "jsonb" and (_is_number(new) or new.base == "boolean"):
        lost = None if new.base == "boolean" or (new.base == "numeric" and new.first is None) else "rounds values"
        return Effect(lost, f"values that are no {new.base}")
    if {old.base, new.base} == {"bit", "bit varying"}:
        return Effect(fails="values of another length") if new.first is not None else _NONE
    if (old.base, new.base) == ("json", "jsonb"):
        return Effect("keeps the last of equal keys only")
    if (old.base, new.base) == ("macaddr8", "macaddr"):
        return Effect(fails="addresses of eight bytes")
    return _NONE


def below(kind: str, domains: Mapping[str, str]) -> str:
    """The type that a domain is made on, and domains on domains; any other type is its own."""
    suffix = "[]" if kind.endswith("[]") else ""
    seen: set[str] = set()
    kind = kind.removesuffix("[]")
    while kind in domains and kind not in seen:
        seen.add(kind)
        kind = domains[kind]
    return kind + suffix


__all__ = ["Effect", "below", "effect"]
