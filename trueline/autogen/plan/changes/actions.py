"""Pairs of actions: what leads there, and what leads back."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.catalog.objects import Key
from trueline.catalog.render.words import literal, name


def alter(key: Key, action: str, undo: str) -> AlterObjectOp:
    """One ``ALTER``."""
    return AlterObjectOp(key, action, undo)


def option_changes(key: Key, old: tuple[str, ...], new: tuple[str, ...], prefix: str = "") -> Iterator[AlterObjectOp]:
    """``SET (…)`` for what is new or has another value, ``RESET (…)`` for what is gone."""
    before, after = (dict(_pair(option) for option in options) for options in (old, new))
    given = {option: value for option, value in after.items() if before.get(option) != value}
    gone = [option for option in before if option not in after]
    if given:
        undone = {option: before[option] for option in given if option in before}
        fresh = [option for option in given if option not in before]
        undo = [f"SET ({_listed(undone)})"] * bool(undone) + [f"RESET ({', '.join(fresh)})"] * bool(fresh)
        yield alter(key, f"{prefix}SET ({_listed(given)})", prefix + f", {prefix}".join(undo))
    if gone:
        back = {option: before[option] for option in gone}
        yield alter(key, f"{prefix}RESET ({', '.join(gone)})", f"{prefix}SET ({_listed(back)})")


def _pair(option: str) -> tuple[str, str]:
    key, _, value = option.partition("=")
    return key, value


def _listed(options: dict[str, str]) -> str:
    return ", ".join(f"{key} = {_value(value)}" for key, value in options.items())


def _value(value: str) -> str:
    plain = value.replace(".", "").replace("-", "").replace("_", "")
    return value if plain.isascii() and plain.isalnum() else literal(value)


def foreign_option_changes(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    """``OPTIONS (ADD …, SET …, DROP …)`` of a foreign table or its column."""
    before, after = (dict(_pair(option) for option in options) for options in (old, new))
    words = [f"ADD {name(key)} {literal(value)}" for key, value in after.items() if key not in before]
    words += [f"SET {name(key)} {literal(value)}" for key, value in after.items() if before.get(key, value) != value]
    words += [f"DROP {name(key)}" for key in before if key not in after]
    return f"OPTIONS ({', '.join(words)})"
