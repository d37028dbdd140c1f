"""PostgreSQL's text as words: no grammar, but comments, strings and quoted names are told from the rest.

The rules of https://www.postgresql.org/docs/current/sql-syntax-lexical.html, as far as DDL needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "name", "string", "number", "symbol", "comment"]

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    | (?P<comment>--[^\n]*)
    | (?P<block>/\*)
    | (?P<name>[uU]&"(?:[^"]|"")*"|"(?:[^"]|"")*")
    | (?P<escape>[eE]'(?:[^'\\]|\\.|'')*')
    | (?P<string>(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*')
    | (?P<dollar>\$(?:[A-Za-z_\x80-\U0010ffff][\w\x80-\U0010ffff]*)?\$)
    | (?P<word>[A-Za-z_\x80-\U0010ffff][\w$\x80-\U0010ffff]*)
    | (?P<number>\d[\w.]*)
    | (?P<symbol>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of SQL.

    Attributes:
        text: a word in lower case, a quoted name without its quotes, all else as it is written.
    """

    kind: Kind
    text: str
    line: int

    @property
    def names(self) -> bool:
        """Whether it can be the name of something."""
        return self.kind in {"word", "name"}


def tokens(text: str) -> Iterator[Token]:
    """All words of a text; what is not closed ends with it."""
    at, line = 0, 1
    while at < len(text):
        match = _TOKEN.match(text, at)
        assert match  # noqa: S101 - the last alternative matches everything
        end = _end(text, match)
        whole = text[at:end]
        if match.lastgroup != "space":
            yield _token(match.lastgroup or "", whole, line)
        line += whole.count("\n")
        at = end


def _end(text: str, match: re.Match[str]) -> int:
    if match.lastgroup == "block":
        return _end_of_comment(text, match.end())
    if match.lastgroup == "dollar":
        close = text.find(match[0], match.end())
        return len(text) if close < 0 else close + len(match[0])
    return match.end()


def _end_of_comment(text: str, at: int) -> int:
    """Comments nest."""
    depth = 1
    for mark in re.compile(r"/\*|\*/").finditer(text, at):
        depth += 1 if mark[0] == "/*" else -1
        if not depth:
            return mark.end()
    return len(text)


def _token(group: str, whole: str, line: int) -> Token:
    if group == "word":
        return Token("word", whole.lower(), line)
    if group == "name":
        return Token("name", whole[whole.index('"') + 1 : -1].replace('""', '"'), line)
    if group in {"comment", "block"}:
        return Token("comment", whole, line)
    if group in {"string", "escape", "dollar"}:
        return Token("string", whole, line)
    return Token("number" if group == "number" else "symbol", whole, line)


def statements(text: str) -> Iterator[list[Token]]:
    """The words between semicolons, without comments."""
    found: list[Token] = []
    for token in tokens(text):
        if token.kind == "symbol" and token.text == ";":
            if found:
                yield found
            found = []
        elif token.kind != "comment":
            found.append(token)
    if found:
        yield found
