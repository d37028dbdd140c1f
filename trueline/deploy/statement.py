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

_MAY_BE_SECRET = re.compile("password|passwd|secret|://", re.IGNORECASE)
#: What stands before a literal that nobody shall read: the word, the name of a setting, a template with it.
_BEFORE = re.compile(r"(password|passwd|secret)[^\s,;()]*(\s+%\S*)?\s*(:?=>?|\bto\b|,)?\s*$", re.IGNORECASE)
#: What stands inside of one: a connection string with a password; a statement with one.
_CONNECTION = re.compile(r"(password|passwd|secret)[^\s'$=]*\s*=|://[^\s/@:]*:[^\s/@]+@", re.IGNORECASE)
_STATEMENT = re.compile(r"(password|passwd|secret)[^\s'$=]*\s*(\\?'|\$)", re.IGNORECASE)
_HIDDEN = "'…'"


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


def is_commit(statement: str) -> bool:
    """Whether it ends the transaction of a revision, and nothing else."""
    return _COMMIT.match(statement) is not None and ";" not in [text for _, text in _tokens(statement)][:-1]


_COMMIT = re.compile(r"\s*(commit|end)\b", re.IGNORECASE)


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
    return _cut(" ".join(_hidden(statement).split()), most)


def _hidden(statement: str) -> str:
    tokens = list(_tokens(statement, blanks=True))
    words = {text.upper() for kind, text in tokens if kind in {"word", "name"}}
    every = "INSERT" in words and any(map(_MAY_BE_SECRET.search, words))  # whose column each is, nobody knows
    pieces: list[str] = []
    for kind, text in tokens:
        if kind == "space":
            pieces.append(" ")
        elif kind in {"string", "dollar"} and (every or _is_secret("".join(pieces[-8:]), text)):
            pieces.append(_HIDDEN)
        else:
            pieces.append(_body(text) if kind == "dollar" else text)
    return "".join(pieces)


def _is_secret(before: str, literal: str) -> bool:
    continued = before.rstrip().endswith(_HIDDEN)  # literals side by side are one
    inside = _CONNECTION.search(literal) or (literal[0] != "$" and _STATEMENT.search(literal[:-1]))
    return continued or bool(_BEFORE.search(before) or inside)


def _body(literal: str) -> str:
    """Between dollars there may be statements."""
    mark = literal[: literal.index("$", 1) + 1]
    return f"{mark}{_hidden(literal[len(mark) : -len(mark)])}{mark}"


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
