"""SQL as a row of tokens: enough to see which names a text speaks of and what a CREATE statement creates.

Only order and messages hang on it. What an object is, PostgreSQL says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

from trueline.catalog.render.words import is_keyword

_TOKEN = re.compile(
    r"""
      (?P<space>   \s+ | --[^\n]* | /\*.*?\*/ )
    | (?P<dollar>  \$(?P<tag>[^\W\d]\w*)?\$ )
    | (?P<string>  [Ee]'(?:[^'\\]|\\.|'')*' | [BbXxNn]?'(?:[^']|'')*' )
    | (?P<quoted>  "(?:[^"]|"")+" )
    | (?P<word>    [^\W\d][\w$]* )
    | (?P<other>   . )
    """,
    re.VERBOSE | re.DOTALL,
)

Kind = Literal["name", "word", "string", "other"]


class Token(NamedTuple):
    """A part of a statement. A ``name`` stood in quotes; a ``word`` is folded to lower case."""

    kind: Kind
    text: str
    start: int
    end: int


def tokens(sql: str) -> Iterator[Token]:
    """The tokens of a text, without space and comments; of a string its content."""
    position = 0
    while position < len(sql):
        match = _TOKEN.match(sql, position)
        if match is None:  # pragma: no cover - the last alternative takes any character
            return
        start, position = position, match.end()
        if match["dollar"]:
            close = sql.find(match["dollar"], position)
            end = len(sql) if close < 0 else close
            yield Token("string", sql[position:end], start, min(end + len(match["dollar"]), len(sql)))
            position = min(end + len(match["dollar"]), len(sql))
        elif match["string"]:
            yield Token("string", match["string"].partition("'")[2][:-1].replace("''", "'"), start, position)
        elif match["quoted"]:
            yield Token("name", match["quoted"][1:-1].replace('""', '"'), start, position)
        elif match["word"]:
            yield Token("word", match["word"].lower(), start, position)
        elif match["other"]:
            yield Token("other", match["other"], start, position)


@dataclass(frozen=True, slots=True)
class Mentions:
    """The names that a text speaks of, operators among them, but for the one that it creates.

    Attributes:
        called: ``schema.name`` before a parenthesis, outside of strings.
        bare: ``schema.name`` elsewhere, outside of strings.
        names: single names, outside of strings.
        hinted: names inside of strings, such as the body of a function, single and as the second of a pair; and
            keywords.
    """

    called: frozenset[tuple[str, str]]
    bare: frozenset[tuple[str, str]]
    names: frozenset[str]
    hinted: frozenset[str]

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Both."""
        return self.called | self.bare


def mentions(*statements: str) -> Mentions:
    """Which names statements speak of; more than there are, as columns and keywords are names too."""
    found = [token for each in statements for token in tokens(each[_begin(each) :])]
    hinted = {word.lower() for token in found if token.kind == "string" for word in _words(token.text)}
    keywords = {token.text for token in found if _is_keyword(token)}
    pairs = list(_pairs(found))
    symbols = list(_symbols(found))
    return Mentions(
        frozenset(pair for pair, called in pairs if called),
        frozenset([*(pair for pair, called in pairs if not called), *((s, name) for s, name in symbols if s)]),
        frozenset(
            [
                *(token.text for token in found if _names(token) and not _is_keyword(token)),
                *(name for _, name in symbols),
            ]
        ),
        frozenset(hinted | keywords),
    )


_OPERATORS = frozenset("+-*/<>=~!@#%^&|`?")


def _symbols(found: Sequence[Token]) -> Iterator[tuple[str | None, str]]:
    """Operators, with the schema where there is one: characters without space between them."""
    start = 0
    for place, token in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else _NOTHING
        if token.text not in _OPERATORS or token.kind != "other":
            start = place + 1
        elif after.text not in _OPERATORS or after.kind != "other" or after.start != token.end:
            schema = found[start - 2] if start > 1 and found[start - 1].text == "." else _NOTHING
            yield schema.text if _names(schema) else None, "".join(each.text for each in found[start : place + 1])
            start = place + 1


def _words(text: str) -> Iterator[str]:
    """Every word of a string, and what stands in double quotes as a whole."""
    for match in _WORD.finditer(text):
        yield match[0][1:-1].replace('""', '"') if match[0][0] == '"' else match[0]


_WORD = re.compile(r'"(?:[^"]|"")+"|[^\W\d][\w$]*')


def _begin(statement: str) -> int:
    created = header(statement)
    return created.end if created and created.name else 0


def _pairs(found: Sequence[Token]) -> Iterator[tuple[tuple[str, str], bool]]:
    for first, dot, second, after in zip(found, found[1:], found[2:], [*found[3:], _NOTHING], strict=False):
        if _names(first) and dot.text == "." and dot.kind == "other" and _names(second):
            yield (first.text, second.text), after.text == "(" and after.kind == "other"


_NOTHING = Token("other", "", 0, 0)


def _is_keyword(token: Token) -> bool:
    """Whether it is one that would stand in quotes, if it were a name."""
    return token.kind == "word" and is_keyword(token.text)


def _names(token: Token) -> bool:
    return token.kind in {"name", "word"}


@dataclass(frozen=True, slots=True)
class Header:
    """What a CREATE statement creates.

    Attributes:
        kind: in capitals: ``FUNCTION``, ``MATERIALIZED VIEW``, ``TYPE``.
        schema: None where the statement names none.
        name: empty where the kind has no name of its own.
        end: where in the text the name ends.
    """

    kind: str
    schema: str | None
    name: str
    end: int


_KINDS = (
    "access method",
    "aggregate",
    "cast",
    "collation",
    "conversion",
    "domain",
    "event trigger",
    "extension",
    "foreign data wrapper",
    "foreign table",
    "function",
    "index",
    "language",
    "materialized view",
    "operator class",
    "operator family",
    "operator",
    "policy",
    "procedure",
    "publication",
    "rule",
    "schema",
    "sequence",
    "server",
    "statistics",
    "table",
    "text search configuration",
    "text search dictionary",
    "text search parser",
    "text search template",
    "transform",
    "trigger",
    "type",
    "view",
)
_BEFORE = {"or", "replace", "unlogged", "unique", "constraint", "recursive", "trusted", "procedural", "default"}
_AFTER = {"concurrently", "if", "not", "exists"}


#: Tokens to the end of a name: CREATE, OR REPLACE and the like, the longest kind, IF NOT EXISTS, schema, dot, name.
_LONGEST = 24


def header(sql: str) -> Header | None:
    """What a statement creates; None where it is no CREATE."""
    found = list(islice(tokens(sql), _LONGEST))
    if not found or found[0].text != "create" or found[0].kind != "word":
        return None
    place = 1
    while place < len(found) and found[place].text in _BEFORE and found[place].kind == "word":
        place += 1
    rest = " ".join(token.text for token in found[place : place + 3] if token.kind == "word") + " "
    kind = next((each for each in _KINDS if rest.startswith(f"{each} ")), None)
    if kind is None:
        return None
    place += len(kind.split(" "))
    while place < len(found) and found[place].text in _AFTER and found[place].kind == "word":
        place += 1
    return _symbol(found[place:]) if kind == "operator" else _named(kind.upper(), found[place : place + 3])


def _named(kind: str, found: Sequence[Token]) -> Header:
    if not found or not _names(found[0]):
        return Header(kind, None, "", found[0].start if found else 0)
    if len(found) == 3 and found[1].text == "." and _names(found[2]):
        return Header(kind, found[0].text, found[2].text, found[2].end)
    return Header(kind, None, found[0].text, found[0].end)


def _symbol(found: Sequence[Token]) -> Header:
    """An operator: all that stands before the parenthesis, after its schema."""
    schema = found[0].text if len(found) > 1 and _names(found[0]) and found[1].text == "." else None
    rest = found[2:] if schema else found
    end = next((number for number, token in enumerate(rest) if token.text == "("), len(rest))
    symbol = "".join(token.text for token in rest[:end])
    return Header("OPERATOR", schema, symbol, rest[end - 1].end if end else 0)


def in_parentheses(sql: str, start: int) -> str | None:
    """What the parentheses hold that come next after ``start``; None where there are none."""
    depth, begin = 0, 0
    for token in tokens(sql[start:]):
        if token.kind == "other" and token.text == "(":
            begin = begin or start + token.end
            depth += 1
        elif token.kind == "other" and token.text == ")":
            depth -= 1
            if depth == 0:
                return sql[begin : start + token.start]
        elif depth == 0:
            return None
    return None


def without_defaults(arguments: str) -> str:
    """A function's arguments as DROP and COMMENT take them: without what follows DEFAULT or ``=``."""
    kept, depth, taking, begin = [], 0, True, 0
    for token in tokens(arguments):
        symbol = token.text if token.kind == "other" else ""
        if depth == 0 and symbol == ",":
            kept += [arguments[begin : token.start].strip()] if taking else []
            taking, begin = True, token.end
        elif depth == 0 and taking and (symbol == "=" or (token.kind == "word" and token.text == "default")):
            kept.append(arguments[begin : token.start].strip().removesuffix(":").strip())
            taking = False
        depth += symbol in {"(", "["}
        depth -= symbol in {")", "]"}
    kept += [arguments[begin:].strip()] if taking and arguments[begin:].strip() else []
    return ", ".join(kept)


def dollar_quoted(body: str) -> str:
    """A text as a string constant that needs no escapes."""
    number = 0
    while True:
        tag = f"$body{number or ''}$" if number or _ends_early(body, "$$") else "$$"
        if not _ends_early(body, tag):
            return f"{tag}{body}{tag}"
        number += 1


def _ends_early(body: str, tag: str) -> bool:
    return (body + tag).index(tag) < len(body)
