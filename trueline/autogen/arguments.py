"""What is typed after ``-x``, and patterns of settings: no word that nobody knows passes for one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase

from trueline.autogen.undeclarable import COMMENT, ROW_SECURITY, UNDECLARABLE
from trueline.catalog.objects import KINDS
from trueline.errors import TruelineError

#: Words for everything.
ALL = frozenset({"all", "yes", "true"})

#: Kinds that ``drop-undeclared`` takes, alone or with a name.
_DROPPED = UNDECLARABLE | {COMMENT, ROW_SECURITY}

_KNOWN: dict[str, frozenset[str]] = {
    "drop-undeclared": _DROPPED | {"*"} | ALL,
    "allow-destructive": frozenset({"table", "column"}) | ALL,
    "prove": frozenset({"on", "off"}),
}


def words_of(arguments: Mapping[str, str], name: str) -> frozenset[str]:
    """The words of ``-x name=one,other``; none where it is not given.

    Raises:
        TruelineError: a word that it does not take, or none at all.
    """
    words = _split(arguments.get(name, ""))
    known = _KNOWN.get(name)
    if known is None or name not in arguments:
        return words
    place = _Place(f"-x {name}={arguments[name]}", f"alembic -x {name}={{}}")
    if not words:
        raise TruelineError(f"it says nothing; known: {', '.join(sorted(known))}", where=place.where)
    for word in sorted(words):
        if ":" in word and name == "drop-undeclared":
            _refuse_pattern(word, _DROPPED, place)
        else:
            _refuse_unknown(word, known, place)
    return words


def refuse_unknown_kinds(patterns: Iterable[str]) -> None:
    """Look at the patterns of ``ignore``.

    Raises:
        TruelineError: a kind that there is not, or no name.
    """
    for pattern in patterns:
        _refuse_pattern(pattern, KINDS, _Place(f"ignore: {pattern!r}", 'ignore = ["{}"]'))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words were typed, and how they are: braces stand for them."""

    where: str
    typed: str


def _refuse_pattern(pattern: str, kinds: Collection[str], place: _Place) -> None:
    kind, colon, name = pattern.rpartition(":") if ":" not in pattern else pattern.partition(":")
    if colon and not any(fnmatchcase(each, kind) for each in kinds):
        _refuse_unknown(kind, kinds, place, f":{name}")
    if not name.strip():
        fix = place.typed.format(f"{kind}:*") if colon else None
        raise TruelineError("a pattern names nothing", where=place.where, fix=fix)


def _refuse_unknown(word: str, known: Collection[str], place: _Place, rest: str = "") -> None:
    if word in known:
        return
    near = get_close_matches(word, known, n=1)
    raise TruelineError(
        f"{word!r} is no word for this; known: {', '.join(sorted(known))}",
        where=place.where,
        fix=place.typed.format(near[0] + rest) if near else None,
    )


def _split(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())
