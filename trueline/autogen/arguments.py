"""What is typed after ``-x``, and patterns of settings: no word that nobody knows passes for one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from trueline.autogen.scope import ROW_SECURITY, UNDECLARABLE
from trueline.catalog.objects import KINDS
from trueline.errors import TruelineError

#: Words for everything.
ALL = frozenset({"all", "yes", "true"})

_KNOWN: dict[str, frozenset[str]] = {
    "drop-undeclared": UNDECLARABLE | {ROW_SECURITY, "*"} | ALL,
    "allow-destructive": frozenset({"table", "column"}) | ALL,
    "prove": frozenset({"on", "off"}),
}


def words_of(arguments: Mapping[str, str], name: str) -> frozenset[str]:
    """The words of ``-x name=one,other``; none where it is not given.

    Raises:
        TruelineError: a word that it does not take.
    """
    words = _split(arguments.get(name, ""))
    known = _KNOWN.get(name)
    if known is not None:
        _refuse_unknown(words, known, f"-x {name}={arguments.get(name, '')}", f"alembic -x {name}=")
    return words


def refuse_unknown_kinds(patterns: Iterable[str]) -> None:
    """Look at the patterns of ``ignore``.

    Raises:
        TruelineError: a kind that there is not, or no name.
    """
    for pattern in patterns:
        kind, colon, name = pattern.partition(":")
        if colon and not any(letter in kind for letter in "*?["):
            _refuse_unknown({kind}, KINDS, f"ignore: {pattern!r}", "ignore = ")
        if colon and not name:
            raise TruelineError("a pattern names nothing", where=f"ignore: {pattern!r}", fix=f'ignore = ["{kind}:*"]')


def _refuse_unknown(words: Iterable[str], known: Collection[str], where: str, fix: str) -> None:
    for word in sorted(words):
        if word not in known:
            near = get_close_matches(word, known, n=1)
            raise TruelineError(
                f"{word!r} is no word for this; known: {', '.join(sorted(known))}",
                where=where,
                fix=f"{fix}{near[0]}" if near else None,
            )


def _split(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())
