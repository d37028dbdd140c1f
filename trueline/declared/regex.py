r"""From the regular expressions of Python and pydantic to PostgreSQL's, or an error where they differ.

PostgreSQL's are described in https://www.postgresql.org/docs/current/functions-matching.html#POSIX-SYNTAX-DETAILS.
The same text means something else there in a few places:

    ==============  ===========================  =================================
    written         PostgreSQL reads it as       so it is written as
    ==============  ===========================  =================================
    ``.``           any character                ``[^\n]``: no newline
    ``\b``, ``\B``  a backspace, an error        ``\y``, ``\Y``
    ``\z``          an error                     ``\Z``
    ``\x41``        as many digits as follow     ``\u0041``
    ``[:alpha:]``   all letters of the locale    ``A-Za-z``, as pydantic means it
    ==============  ===========================  =================================

A percent sign is written as ``\u0025`` and a colon that could start a bind parameter as ``\u003A``: these two are
the characters that SQL text changes on its way through SQLAlchemy's ``text()`` and a driver.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "digit": "0-9",
    "lower": "a-z",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
    "space": r"\t\n\v\f\r ",
    "blank": r"\t ",
}

_TOKEN = re.compile(
    r"""
      (?P<hex>     \\x(?:[0-9A-Fa-f]{2}|\{[0-9A-Fa-f]+\}) )
    | (?P<unicode> \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} )
    | (?P<escape>  \\(?:[1-9](?!\d)|[^0-9]) )
    | (?P<posix>   \[:\^?[a-z]+:\] )
    | (?P<group>   \((?:\?(?:P?<[A-Za-z_]|<=|<!|P=|P>|[^)])?)? )
    | (?P<repeat>  (?:[*+?]|\{\d*(?:,\d*)?\})(?P<how>[+?]?) )
    | (?P<char>    . )
    """,
    re.VERBOSE | re.DOTALL,
)

#: Escapes that mean the same in all of them; those in `_RENAMED` mean it under another letter.
_SHARED = frozenset("adDsSwWtnrfvA")
_RENAMED = {"b": r"\y", "B": r"\Y", "z": r"\Z", "Z": r"\Z"}
_GROUPS = frozenset({"(", "(?:", "(?=", "(?!", "(?<=", "(?<!"})
_BIND = re.compile(r"(?<![:\w\\]):(?=\w)")


class UnsharedPatternError(ValueError):
    """A construct that PostgreSQL's regular expressions lack or read in another way."""


def translate(pattern: str | re.Pattern[str]) -> str:
    """``pattern`` as PostgreSQL must be given it to find the same matches.

    Raises:
        UnsharedPatternError: names the construct that cannot be carried over.
    """
    source = _with_flags(pattern)
    option, rest = ("(?i)", source[4:]) if source.startswith("(?i)") else ("", source)
    # Back-references count groups; without any, a group need not say that it is not counted.
    group = "(?:" if re.search(r"\\[1-9]", rest) else "("
    return option + _without_binds("".join(_translated(rest, group)), group)


def _with_flags(pattern: str | re.Pattern[str]) -> str:
    if isinstance(pattern, str):
        return pattern
    if pattern.flags & ~(re.IGNORECASE | re.UNICODE):
        raise UnsharedPatternError("flags other than re.IGNORECASE")
    return ("(?i)" if pattern.flags & re.IGNORECASE else "") + pattern.pattern


def _translated(source: str, group: str) -> Iterator[str]:
    """Walk over ``source``; whether a token stands within brackets decides what it means."""
    position, opened = 0, -1
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise UnsharedPatternError(repr(source[position:]))
        text, position = match.group(), match.end()
        if opened >= 0:
            first = match.start() == opened
            closing = text == "]" and not first
            yield _in_brackets(source, match) if not closing else "]"
            position = match.start() + 1 if _is_plain(match) else position
            opened = -1 if closing else opened
        elif text == "[" or match["posix"]:
            start = "[^" if source.startswith("[^", match.start()) else "["
            position = match.start() + len(start)
            opened = position
            yield start
        else:
            yield group if text == "(?:" else _outside(match)


def _is_plain(match: re.Match[str]) -> bool:
    """Within brackets, groups and repeats are single characters."""
    return match["group"] is not None or match["repeat"] is not None


def _in_brackets(source: str, match: re.Match[str]) -> str:
    text = match.group()
    if _is_plain(match):
        return text[0]
    if match["posix"]:
        return _posix(text[2:-2])
    if match["hex"] or match["unicode"]:
        return _code(text)
    if match["escape"]:
        return _escaped_in_brackets(text)
    if text == "[" or source[match.start() : match.start() + 2] in {"&&", "--", "~~"}:
        raise UnsharedPatternError(f"{source[match.start() : match.start() + 2]!r} within brackets")
    return r"\u0025" if text == "%" else text


def _posix(name: str) -> str:
    if name not in _CLASSES:
        raise UnsharedPatternError(f"[:{name}:]")
    return _CLASSES[name]


def _escaped_in_brackets(text: str) -> str:
    letter = text[1]
    if letter in _SHARED - {"A"} or letter == "b":
        return text
    return _escape(text) if not letter.isalpha() else _refuse(text)


def _outside(match: re.Match[str]) -> str:
    text = match.group()
    if match["hex"] or match["unicode"]:
        return _code(text)
    if match["escape"]:
        return _escape(text)
    if match["group"]:
        return text if text in _GROUPS else _refuse(text)
    if match["repeat"]:
        return _repeat(text, match["how"])
    return {".": r"[^\n]", "%": r"\u0025"}.get(text, text)


def _escape(text: str) -> str:
    letter = text[1]
    if letter in _RENAMED:
        return _RENAMED[letter]
    if letter in {"%", ":"}:
        return rf"\u{ord(letter):04X}"
    if letter.isalpha() and letter not in _SHARED:
        return _refuse(text)
    return text


def _code(text: str) -> str:
    number = int(text[2:].strip("{}"), 16)
    if number == 0:
        return _refuse(text)
    return rf"\u{number:04X}" if number <= 0xFFFF else rf"\U{number:08X}"


def _repeat(text: str, how: str) -> str:
    counts = [int(n) for n in re.findall(r"\d+", text)]
    if how == "+" and text != "+":
        return _refuse(text)
    if max(counts, default=0) > 255 or text.startswith(("{,", "{}")):
        return _refuse(text)
    return text


def _refuse(text: str) -> str:
    raise UnsharedPatternError(text)


def _without_binds(pattern: str, group: str) -> str:
    """No colon that ``text()`` would take for the start of a bind parameter, but for those of uncounted groups."""
    parts = pattern.split(group) if group == "(?:" else [pattern]
    return group.join(_BIND.sub(lambda _: r"\u003A", part) for part in parts)
