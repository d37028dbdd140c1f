"""Patterns of objects' names: ``kind:name`` or ``name``, with ``*``, as the settings and ``-x`` take them."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from trueline.catalog.objects import Key

#: Known by the types of their arguments, too; and by their access method.
_ROUTINES = frozenset({"function", "procedure", "aggregate", "operator"})
_FOR_METHOD = frozenset({"operator_class", "operator_family"})


def pattern_of(key: Key) -> str:
    """The pattern of one object, to stand in a list between commas."""
    text = f"{'.'.join(key[1:3])}({key[3]})" if key[0] in _ROUTINES else ".".join(key[1:])
    return f"{key[0]}:{''.join(map(_literally, text))}"


def _literally(letter: str) -> str:
    if letter in "*?[":
        return f"[{letter}]"
    return "?" if letter == "," or letter.isspace() else letter


def is_called(pattern: str, key: Key) -> bool:
    """Whether a pattern is that of an object of this key, and not only of something around it."""
    kind, colon, rest = pattern.partition(":")
    if not colon:
        kind, rest = "*", pattern
    return fnmatchcase(key[0], kind) and any(fnmatchcase(each, rest) for each in _names(key))


def _names(key: Key) -> Iterator[str]:
    """With the schema and without."""
    if key[0] in _ROUTINES:
        yield from (".".join(key[1:3]), key[2], f"{'.'.join(key[1:3])}({key[3]})", f"{key[2]}({key[3]})")
    if key[0] in _FOR_METHOD:
        yield from (".".join(key[1:3]), key[2])
    yield ".".join(key[1:])
    yield ".".join(key[2:]) if key[0] == "column" else key[-1]
