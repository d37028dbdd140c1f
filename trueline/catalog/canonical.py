"""One spelling for expressions that PostgreSQL spells in several ways, though they are the same.

A schema restored from a dump is the same schema, but its expressions went through the parser twice; so have those of
a column whose type was altered. Of what PostgreSQL prints, these forms do not come out as they went in, or depend on
the type that a column had when the expression was written (measured on 15 to 18):

    (ARRAY['x'::character varying, …])::text[]  ->  ARRAY['x'::text, …]                         IN on a varchar
    ('x'::character varying)::text              ->  'x'::text                                   and the reverse
    ((1)::bigint)::numeric                      ->  (1)::numeric
    a = ANY (ARRAY[(1)::bigint, …])             ->  a = ANY (ARRAY[1, …])                       IN on a bigint
    (((a >= 1) AND (a <= 2)) AND b)             ->  ((a >= 1) AND (a <= 2) AND b)               BETWEEN, then AND

The first is `transformTypeCast` in parse_expr.c, which hands the type of a cast down to an ARRAY's elements; the last
`makeAndExpr` in gram.y, which flattens what stands left of an AND. Here the same is done to the text, so that a catalog
has one spelling whichever way the database was made. What is changed can be read by PostgreSQL and means the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

_TOKENS = re.compile(
    r"""(?P<quoted>[Ee]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*")|(?P<open>[(\[])|[)\]]""", re.DOTALL
)
_CLOSING = {"(": ")", "[": "]"}
_JUNCTION = re.compile(r" (AND|OR) ")
_VARIES = re.compile(r"\]\)::|'::(?:character varying|text)\)::|\(\(?'?-?\d+(?:'::integer)?\)::bigint")
_WIDER = ("::numeric", "::double precision", "::real")
_TYPE_AFTER = re.compile(r"::(text|character varying)(?![\w(])")
_TYPE = re.compile(r"::[\w. ]+|[\w. ]+")


@dataclass(slots=True)
class Group:
    """What stands in parentheses or brackets."""

    bracket: str
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Quoted:
    """A string or a quoted name."""

    text: str


Item = Group | Quoted | str


@lru_cache(maxsize=4096)  # one check stands in many schemas of a database with one per tenant
def canonical(text: str) -> str:
    """The definition as PostgreSQL would spell it after reading it once more."""
    if not (_VARIES.search(text) or ("((" in text and _JUNCTION.search(text))):
        return text
    items = parsed(text)
    return text if items is None else "".join(texts(_respelled(items)))


def parsed(text: str) -> list[Item] | None:
    """An expression by its brackets; None where they do not match: PostgreSQL prints no such expression."""
    stack = [Group("")]
    position = 0
    for match in _TOKENS.finditer(text):
        items, token = stack[-1].items, match[0]
        if match.start() > position:
            items.append(text[position : match.start()])
        position = match.end()
        if match.lastgroup == "quoted":
            items.append(Quoted(token))
        elif match.lastgroup == "open":
            stack.append(Group(token))
            items.append(stack[-1])
        elif _CLOSING.get(stack.pop().bracket) != token:
            return None
    if position < len(text):
        stack[-1].items.append(text[position:])
    return stack[0].items if len(stack) == 1 else None


def texts(items: list[Item]) -> Iterator[str]:
    """The pieces of what `parsed` took apart."""
    for item in items:
        if isinstance(item, Group):
            yield item.bracket
            yield from texts(item.items)
            yield _CLOSING[item.bracket]
        else:
            yield item.text if isinstance(item, Quoted) else item


def _respelled(items: list[Item]) -> list[Item]:
    """Inner expressions first, as the parser does."""
    for item in items:
        if isinstance(item, Group):
            item.items = _flattened(_respelled(item.items))
    return _bare_numbers(_once_cast(_handed_down(items)))


def _flattened(items: list[Item]) -> list[Item]:
    """``(a AND b) AND c`` as ``a AND b AND c``; what stands right of an AND keeps its parentheses."""
    if len(items) > 1 and isinstance(first := items[0], Group) and isinstance(items[1], str) and first.bracket == "(":
        junction = _JUNCTION.match(items[1])
        if junction and _junction_of(first.items) == junction[1]:
            return [*first.items, *items[1:]]
    return items


def _junction_of(items: list[Item]) -> str | None:
    found = next((match for item in items if isinstance(item, str) and (match := _JUNCTION.search(item))), None)
    return found[1] if found else None


def _handed_down(items: list[Item]) -> list[Item]:
    """``(ARRAY[a, b])::type[]`` as ``ARRAY[(a)::type, (b)::type]``."""
    result: list[Item] = []
    position = 0
    while position < len(items):
        elements = _elements(items[position])
        end = _end_of_array_type(items, position + 1) if elements else None
        if end and elements:
            kind = items[position + 1 : end - 1]
            cast = [part for element in elements for part in (", ", Group("(", element), *kind)][1:]
            result += ["ARRAY", Group("[", _once_cast(cast))]
            position = end
        else:
            result.append(items[position])
            position += 1
    return result


def _end_of_array_type(items: list[Item], start: int) -> int | None:
    """Where ``::type[]`` ends that begins at ``start``."""
    for position in range(start, len(items)):
        item = items[position]
        if isinstance(item, Group):
            return position + 1 if item == Group("[") and position > start else None
        if isinstance(item, str) and not _TYPE.fullmatch(item):
            return None
        if position == start and not (isinstance(item, str) and item.startswith("::")):
            return None
    return None


def _once_cast(items: list[Item]) -> list[Item]:
    """``('x'::character varying)::text`` as ``'x'::text``, ``((1)::bigint)::numeric`` as ``(1)::numeric``."""
    result: list[Item] = []
    for position, item in enumerate(items):
        following = items[position + 1 : position + 3]
        if isinstance(item, Group) and _is_string(item) and _is_string_type(following):
            result.append(item.items[0])
        elif isinstance(item, Group) and (number := _small(item.items)) and _is_wider(following):
            result.append(Group("(", number))
        else:
            result.append(item)
    return result


def _is_string(group: Group) -> bool:
    """``('x'::character varying)`` or ``('x'::text)``."""
    kinds = ("::character varying", "::text")
    return len(group.items) == 2 and isinstance(group.items[0], Quoted) and group.items[1] in kinds


def _is_string_type(items: list[Item]) -> bool:
    """Whether it goes on with ``::text`` or ``::character varying``, with no length and no ``[]``."""
    match = _TYPE_AFTER.match(items[0]) if items and isinstance(items[0], str) else None
    if match is None:
        return False
    return match.end() < len(match.string) or len(items) < 2 or not isinstance(items[1], Group)


def _is_wider(items: list[Item]) -> bool:
    """Whether it goes on with a cast to what any whole number is cast to with the same value."""
    return bool(items) and isinstance(items[0], str) and items[0].startswith(_WIDER)


def _bare_numbers(items: list[Item]) -> list[Item]:
    """``= ANY (ARRAY[(1)::bigint, (2)::bigint])`` as ``= ANY (ARRAY[1, 2])``, where all of them are small."""
    for before, group in pairwise(items):
        if isinstance(before, str) and before.endswith(("ANY ", "ALL ")):
            numbers = [_small(element) for element in _elements(group) or ()]
            if numbers and isinstance(group, Group) and all(numbers):
                bare = [part for number in numbers for part in (", ", *number)][1:]
                group.items = ["ARRAY", Group("[", bare)]
    return items


def _small(element: list[Item]) -> list[Item]:
    """What stands in ``(1)::bigint`` or ``('-1'::integer)::bigint``; nothing of anything else."""
    if len(element) != 2 or element[1] != "::bigint" or not isinstance(element[0], Group):
        return []
    inner = element[0].items
    if len(inner) == 1 and isinstance(inner[0], str) and inner[0].isdecimal():
        return inner
    return inner if len(inner) == 2 and isinstance(inner[0], Quoted) and inner[1] == "::integer" else []


def _elements(item: Item) -> list[list[Item]] | None:
    """Of ``(ARRAY[…])``; none of an array of arrays, whose elements keep their type."""
    if not (isinstance(item, Group) and len(item.items) == 2 and item.items[0] == "ARRAY"):
        return None
    array = item.items[1]
    if not isinstance(array, Group) or not array.items or array.items[0] == "ARRAY":
        return None
    elements: list[list[Item]] = [[]]
    for part in array.items:
        pieces = part.split(", ") if isinstance(part, str) else [part]
        for number, piece in enumerate(pieces):
            if number:
                elements.append([])
            if piece != "":
                elements[-1].append(piece)
    return elements
