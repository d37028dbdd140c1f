"""In which order declarations are created: what one speaks of comes before it.

A name with its schema is taken at its word. A bare name, or one inside of a function's body, is a hint that is
followed unless it contradicts what is sure: it may as well be a column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import islice

from sqlalchemy import MetaData

from trueline.objects.base import Declaration, Key, objects_of
from trueline.objects.names import Place
from trueline.objects.routine import Routine
from trueline.objects.statement import Statement
from trueline.objects.text import Mentions, mentions, tokens
from trueline.objects.view import MaterializedView

_KEY = "trueline.objects.ordered"

#: Among those that do not need one another.
_RANKS = (
    "extension",
    "language",
    "access method",
    "collation",
    "domain",
    "function",
    "procedure",
    "operator",
    "operator family",
    "operator class",
    "cast",
    "transform",
    "text search parser",
    "text search template",
    "text search dictionary",
    "text search configuration",
    "foreign data wrapper",
    "server",
    "view",
    "materialized view",
    "statement",
    "row security",
    "trigger",
    "policy",
    "alteration",
    "grant",
    "remark",
    "publication",
    "event trigger",  # last, or it would fire
)

#: Kinds without a class that have a place of their own among these.
_PLACED = frozenset(
    {"collation", "operator", "operator family", "operator class", "cast", "publication", "event trigger"}
    | {
        "language",
        "access method",
        "transform",
        "foreign data wrapper",
        "server",
        *(each for each in _RANKS if each.startswith("text search ")),
    }
)

#: Statements that change what others have made, and those that say something about it.
_ALTERATIONS = frozenset({"alter"})
_REMARKS = frozenset({"comment", "grant", "revoke"})

#: Kinds that another declaration can speak of by their name.
_NAMED = frozenset({"domain", "function", "procedure", "view", "materialized view", "statement"})

#: Kinds that only a remark speaks of, by their name and their table's.
_ON_TABLES = frozenset({"policy", "trigger"})


@dataclass(frozen=True, slots=True)
class Ordered:
    """The declarations of a metadata, each list in the order of creation."""

    before_tables: list[Declaration]
    after_tables: list[Declaration]
    mentions: dict[Key, Mentions]

    def speaks_of(self, declared: Declaration, place: Place) -> bool:
        """Whether a declaration surely needs the table that has this name."""
        return _surely(self.mentions[declared.key], place)


@dataclass(frozen=True, slots=True)
class _Node:
    declared: Declaration
    rank: int
    mentions: Mentions


def ordered(metadata: MetaData) -> Ordered:
    """All declarations of a metadata in the order in which PostgreSQL takes them; found once as long as none comes."""
    known = objects_of(metadata).declarations
    state = (tuple(known), tuple(map(id, known.values())), frozenset(metadata.tables))
    found: tuple[object, Ordered] | None = metadata.info.get(_KEY)
    if found is None or found[0] != state:
        found = metadata.info[_KEY] = (state, _ordered(metadata, known))
    return found[1]


def _ordered(metadata: MetaData, known: Mapping[Key, Declaration]) -> Ordered:
    nodes = {key: _node(each) for key, each in known.items()}
    needs = _needs(nodes)
    late = _late(nodes, _all(needs[:-1]), {(table.schema, table.name) for table in metadata.tables.values()})
    placed = [nodes[key].declared for key in _sorted(nodes, needs)]
    return Ordered(
        [each for each in placed if each.key not in late],
        [each for each in placed if each.key in late],
        {key: node.mentions for key, node in nodes.items()},
    )


def _node(declared: Declaration) -> _Node:
    return _Node(declared, _RANKS.index(_sort(declared)), mentions(*declared.create_sql()))


def _sort(declared: Declaration) -> str:
    if isinstance(declared, Statement):
        words = [token.text for token in islice(tokens(next(declared.create_sql())), 2)]
        if words[:1] == ["alter"] and words[1:] == ["default"]:
            return "remark"
        made = (declared.makes or "").lower()
        if made in _PLACED:
            return made
        return "alteration" if words[0] in _ALTERATIONS else "remark" if words[0] in _REMARKS else declared.kind
    return declared.kind


def _surely(found: Mentions, place: Place) -> bool:
    return _exactly(found, place) or (place[0] is None and place[1] in found.names)


def _exactly(found: Mentions, place: Place) -> bool:
    return (place[0] or "public", place[1]) in found.pairs


def _how_sure(found: Mentions, node: _Node, ambiguous: set[Place]) -> int:
    """Which of the three needs a mention is; a table and a function may have one name, then a parenthesis tells."""
    place = node.declared.place
    if isinstance(node.declared, Statement) and place[0] is None:
        return _PERHAPS
    if place in ambiguous:
        return _EXACTLY if place in (found.called if _is_routine(node.declared) else found.bare) else _PERHAPS
    return _EXACTLY if _exactly(found, place) else _LIKELY if _surely(found, place) else _PERHAPS


def _is_routine(declared: Declaration) -> bool:
    return isinstance(declared, Routine) or (isinstance(declared, Statement) and declared.makes == "AGGREGATE")


def _is_mutual(one: Declaration, other: Declaration) -> bool:
    """Operators name one another, whichever comes first; a family has the name of its class, and comes before it."""
    made = [each.makes if isinstance(each, Statement) else None for each in (one, other)]
    return made in (["OPERATOR", "OPERATOR"], ["OPERATOR FAMILY", "OPERATOR CLASS"])


Needs = Mapping[Key, set[Key]]

#: A name with its schema; a name alone, which may as well be a column; a name inside of a string.
_EXACTLY, _LIKELY, _PERHAPS = range(3)


def _needs(nodes: Mapping[Key, _Node]) -> tuple[Needs, Needs, Needs]:
    """Per declaration what it needs, by how sure that is."""
    named = {key: node.declared for key, node in nodes.items() if node.declared.kind in _NAMED}
    routines = {each.place for each in named.values() if _is_routine(each)}
    ambiguous = routines & {each.place for each in named.values() if not _is_routine(each)}
    by_name: dict[str, list[Key]] = {}
    for key, each in named.items():
        by_name.setdefault(each.place[1], []).append(key)
    needs = tuple({key: set[Key]() for key in nodes} for _ in range(3))
    for key, node in nodes.items():
        for name in (node.mentions.names | node.mentions.hinted) & by_name.keys():
            for other in by_name[name]:
                if other != key and not _is_mutual(node.declared, named[other]):
                    needs[_how_sure(node.mentions, nodes[other], ambiguous)][key].add(other)
    everything = _all(needs)
    for key, each in named.items():
        if isinstance(each, MaterializedView):
            needs[_PERHAPS][key] |= _called(key, nodes, everything) - {key}
    for key, other in _remarks(nodes):
        needs[_EXACTLY][key].add(other)
    return needs[_EXACTLY], needs[_LIKELY], needs[_PERHAPS]


def _remarks(nodes: Mapping[Key, _Node]) -> Iterator[tuple[Key, Key]]:
    """What is said of a policy or trigger, which may have to wait for what its condition speaks of."""
    by_name: dict[str, list[Key]] = {}
    for key, node in nodes.items():
        if node.declared.kind in _ON_TABLES:
            by_name.setdefault(key[-1], []).append(key)
    for key, node in nodes.items():
        if _RANKS[node.rank] == "remark":
            for name in node.mentions.names & by_name.keys():
                found = (other for other in by_name[name] if _surely(node.mentions, nodes[other].declared.place))
                yield from ((key, other) for other in found)


def _all(needs: Sequence[Needs]) -> Needs:
    return {key: set().union(*(each[key] for each in needs)) for key in needs[0]}


def _called(start: Key, nodes: Mapping[Key, _Node], needs: Needs) -> set[Key]:
    """What the functions speak of that filling a view calls, and those that they call."""
    found: set[Key] = set()
    waiting = [start]
    while waiting:
        new = needs[waiting.pop()] - found
        found |= new
        waiting += [other for other in new if isinstance(nodes[other].declared, Routine)]
    return found


def _late(nodes: Mapping[Key, _Node], sure: Needs, tables: set[Place]) -> set[Key]:
    """What is created after the tables, as it needs one of them, or something that does."""
    by_name: dict[str, list[Place]] = {}
    for place in tables:
        by_name.setdefault(place[1], []).append(place)
    late = {key for key, node in nodes.items() if not _early(node, by_name)}
    users = _users(sure)
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
    names = (found.names | found.hinted) & tables.keys()
    return early and not any(_surely(found, place) for name in names for place in tables[name])


def _sorted(nodes: Mapping[Key, _Node], needs: Sequence[Needs]) -> Iterator[Key]:
    """The surest needs first; where they leave a choice, by kind, then as declared."""
    place = {key: (node.rank, position) for position, (key, node) in enumerate(nodes.items())}
    left = [{key: set(needed) for key, needed in each.items()} for each in needs]
    users = _users(*needs)

    def entry(key: Key) -> tuple[list[bool], tuple[int, int], Key]:
        return ([bool(each[key]) for each in left], place[key], key)

    waiting = [entry(key) for key in nodes]
    heapify(waiting)
    done: set[Key] = set()
    while waiting:
        *_, key = heappop(waiting)
        if key in done:
            continue
        done.add(key)
        yield key
        for user in users[key] - done:
            for each in left:
                each[user].discard(key)
            heappush(waiting, entry(user))


def _users(*needs: Needs) -> dict[Key, set[Key]]:
    found: dict[Key, set[Key]] = {key: set() for each in needs for key in each}
    for each in needs:
        for key, needed in each.items():
            for other in needed:
                found[other].add(key)
    return found
