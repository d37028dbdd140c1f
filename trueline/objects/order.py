"""In which order declarations are created: what one speaks of comes before it.

A name with its schema is taken at its word. A bare name, or one inside of a function's body, is a hint that is
followed unless it contradicts what is sure: it may as well be a column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import MetaData

from trueline.objects.base import Declaration, Key, objects_of
from trueline.objects.names import Place
from trueline.objects.routine import Routine
from trueline.objects.statement import Statement
from trueline.objects.text import Mentions, mentions

#: Among those that do not need one another.
_RANKS = (
    "extension",
    "domain",
    "function",
    "procedure",
    "view",
    "materialized view",
    "statement",
    "row security",
    "trigger",
    "policy",
    "grant",
)

#: Kinds that another declaration can speak of by their name.
_NAMED = frozenset({"domain", "function", "procedure", "view", "materialized view", "statement"})


@dataclass(frozen=True, slots=True)
class Ordered:
    """The declarations of a metadata, each list in the order of creation."""

    before_tables: list[Declaration]
    after_tables: list[Declaration]


@dataclass(frozen=True, slots=True)
class _Node:
    declared: Declaration
    rank: int
    mentions: Mentions


def ordered(metadata: MetaData) -> Ordered:
    """All declarations of a metadata in the order in which PostgreSQL takes them."""
    known = objects_of(metadata).declarations
    nodes = {key: _node(each) for key, each in known.items()}
    sure, hinted = _needs(nodes)
    late = _late(nodes, sure, {(table.schema, table.name) for table in metadata.tables.values()})
    placed = [nodes[key].declared for key in _sorted(nodes, sure, hinted)]
    return Ordered([each for each in placed if each.key not in late], [each for each in placed if each.key in late])


def speaks_of(declared: Declaration, place: Place) -> bool:
    """Whether a declaration surely needs what has this name."""
    return _surely(mentions(declared.made_from()), place)


def _node(declared: Declaration) -> _Node:
    return _Node(declared, _RANKS.index(declared.kind), mentions(declared.made_from()))


def _surely(found: Mentions, place: Place) -> bool:
    schema, name = place
    return (schema, name) in found.pairs if schema else name in found.names or ("public", name) in found.pairs


Needs = Mapping[Key, set[Key]]


def _needs(nodes: Mapping[Key, _Node]) -> tuple[Needs, Needs]:
    """Per declaration what it surely needs, and what it may need."""
    by_name: dict[str, list[Key]] = {}
    for key, node in nodes.items():
        if node.declared.kind in _NAMED:
            by_name.setdefault(node.declared.place[1], []).append(key)
    sure: dict[Key, set[Key]] = {key: set() for key in nodes}
    hinted: dict[Key, set[Key]] = {key: set() for key in nodes}
    for key, node in nodes.items():
        for name in (node.mentions.names | node.mentions.hinted) & by_name.keys():
            for other in by_name[name]:
                if other != key:
                    chosen = sure if _surely(node.mentions, nodes[other].declared.place) else hinted
                    chosen[key].add(other)
    return sure, hinted


def _late(nodes: Mapping[Key, _Node], sure: Needs, tables: set[Place]) -> set[Key]:
    """What is created after the tables, as it needs one of them, or something that does."""
    by_name: dict[str, list[Place]] = {}
    for place in tables:
        by_name.setdefault(place[1], []).append(place)
    late = {key for key, node in nodes.items() if not _early(node, by_name)}
    users: dict[Key, set[Key]] = {key: set() for key in nodes}
    for key, needed in sure.items():
        for other in needed:
            users[other].add(key)
    waiting = list(late)
    while waiting:
        for user in users[waiting.pop()] - late:
            if _said(nodes[user].declared) is not True:
                late.add(user)
                waiting.append(user)
    return late


def _said(declared: Declaration) -> bool | None:
    return declared.before_tables if isinstance(declared, Routine | Statement) else None


def _early(node: _Node, tables: Mapping[str, Sequence[Place]]) -> bool:
    said = _said(node.declared)
    if said is not None:
        return said
    early = node.declared.is_early if isinstance(node.declared, Statement) else node.declared.early
    found = node.mentions
    return early and not any(_surely(found, place) for name in found.names & tables.keys() for place in tables[name])


def _sorted(nodes: Mapping[Key, _Node], sure: Needs, hinted: Needs) -> Iterator[Key]:
    """What is needed first; where that leaves a choice, by kind, then as declared."""
    reaches = _Reach(sure)
    done: set[Key] = set()
    for start in sorted(nodes, key=lambda key: nodes[key].rank):
        stack = [(start, False)]
        while stack:
            key, ready = stack.pop()
            if ready:
                yield key
                continue
            if key in done:
                continue
            done.add(key)
            hints = {other for other in hinted[key] if not reaches(other, key)}
            stack.append((key, True))
            stack += [(other, False) for other in _stable(sure[key] | hints, nodes) if other not in done]


def _stable(keys: set[Key], nodes: Mapping[Key, _Node]) -> list[Key]:
    """The last to be placed comes first, as on a stack."""
    return sorted(keys, key=lambda key: (nodes[key].rank, key), reverse=True)


class _Reach:
    """Whether one surely needs another, however indirectly."""

    def __init__(self, sure: Needs) -> None:
        self._sure = sure
        self._known: dict[Key, set[Key]] = {}

    def __call__(self, one: Key, other: Key) -> bool:
        if one not in self._known:
            found: set[Key] = set()
            waiting = [one]
            while waiting:
                new = self._sure[waiting.pop()] - found
                found |= new
                waiting += new
            self._known[one] = found
        return other in self._known[one]
