"""A statement that a revision runs: what it is recognised by, and what may be shown of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

# PostgreSQL's lexical structure, as far as telling words from literals needs it.
# https://www.postgresql.org/docs/current/sql-syntax-lexical.html
_TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*)
      | (?P<comment>/\*)
      | (?P<string>[eE]'(?:[^'\\]|\\.|'')*' | (?:[uU]&|[bBxXnN])?'(?:[^']|'')*')
      | (?P<dollar>\$(?P<tag>[^\W\d]\w*)?\$.*?\$(?(tag)(?P=tag))\$)
      | (?P<name>"(?:[^"]|"")*")
      | (?P<word>[^\W\d][\w$]*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)

#: Characters of a statement that are kept and shown.
SHOWN = 2000

#: What stands before a literal that nobody shall read, or inside of it.
_MAY_BE_SECRET = re.compile("password|passwd|secret", re.IGNORECASE)
_SECRET = re.compile(r"(password|passwd|secret)\s*$|(password|passwd|secret)\s*=", re.IGNORECASE)


def digest(before: str, statement: str) -> str:
    """Of a statement and all those before it. Parameters are left out: they may be new at each run."""
    return sha256(f"{before}\0{statement}".encode(errors="surrogatepass")).hexdigest()[:32]


def is_validation(statement: str) -> bool:
    """Whether it looks through existing rows under a lock that lets everybody read and write.

    It decides about a time limit and nothing else. ``VALIDATE`` together with other actions takes their locks, and is
    limited like them.
    """
    if "VALIDATE" not in statement.upper():  # nearly always
        return False
    words = [text.upper() for kind, text in _tokens(statement) if kind != "name"]
    if words[:2] not in (["ALTER", "TABLE"], ["ALTER", "DOMAIN"]):
        return False
    return "VALIDATE" in words and "," not in words and ";" not in words[:-1]


def runs_outside(statement: str) -> bool:
    """Whether it can only run outside of a transaction, such as CREATE INDEX CONCURRENTLY; where no server is asked."""
    words = [text.upper() for kind, text in _tokens(statement) if kind == "word"]
    return "CONCURRENTLY" in words or words[:1] == ["VACUUM"] or words[:2] in _OUTSIDE


_OUTSIDE = [
    [verb, what] for what in ("DATABASE", "TABLESPACE", "SUBSCRIPTION") for verb in ("CREATE", "ALTER", "DROP")
] + [["ALTER", "SYSTEM"]]


def shown(statement: str, most: int = SHOWN) -> str:
    """One line of it for people, without passwords."""
    if not _MAY_BE_SECRET.search(statement):  # nearly always
        return _cut(" ".join(statement.split()), most)
    pieces: list[str] = []
    for kind, text in _tokens(statement, blanks=True):
        if kind == "space":
            pieces.append(" ")
        elif kind in {"string", "dollar"} and _SECRET.search("".join(pieces[-6:]) + (text if "=" in text else "")):
            pieces.append("'…'")
        else:
            pieces.append(text)
    return _cut(" ".join("".join(pieces).split()), most)


def _cut(line: str, most: int) -> str:
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _tokens(statement: str, *, blanks: bool = False) -> Iterator[tuple[str, str]]:
    at = 0
    while found := _TOKEN.match(statement, at):
        kind, at = str(found.lastgroup), found.end()
        if kind == "comment":
            at = _end_of_comment(statement, at)
            kind = "space"
        if kind == "tag":
            kind = "dollar"
        if blanks or kind != "space":
            yield kind, found.group()


def _end_of_comment(statement: str, at: int) -> int:
    """Comments nest."""
    depth = 1
    for mark in re.finditer(r"/\*|\*/", statement[at:]):
        depth += 1 if mark.group() == "/*" else -1
        if depth == 0:
            return at + mark.end()
    return len(statement)
