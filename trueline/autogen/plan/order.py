"""One order for all steps: what a step needs comes right before it, everything else in the order people read.

Names are changed first. Then comes what is created or changed, from schemas to grants; then the rows; then the drops,
in the opposite order. A step that is needed earlier, such as the drop of a view whose column changes, is pulled forward
to just before what needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trueline.autogen.plan.filling import FILLED
from trueline.autogen.plan.graph import KEYS, Graph
from trueline.autogen.plan.sides import Sides, relation_of
from trueline.autogen.plan.step import Step
from trueline.catalog.objects import Column, ForeignKey, Key

_ORDER = (
    "schema",
    "extension",
    "language",
    "access_method",
    "collation",
    "text_search_parser",
    "text_search_template",
    "text_search_dictionary",
    "text_search_configuration",
    "foreign_data_wrapper",
    "server",
    "enum",
    "domain",
    "composite",
    "range",
    "sequence",
    "function",
    "procedure",
    "aggregate",
    "operator",
    "operator_family",
    "operator_class",
    "cast",
    "conversion",
    "transform",
    "table",
    "column",
    "default",
    "aside",
    "ownership",
    "attachment",
    "partition",
    "primary_key",
    "unique",
    "exclusion",
    "check",
    "foreign_key",
    "index",
    "mark",
    "statistics",
    "view",
    "materialized_view",
    "trigger",
    "firing",
    "key_firing",
    "rule",
    "policy",
    "comment",
    "owner",
    "grant",
    "default_privileges",
    "publication",
    "event_trigger",  # last, or it would fire
)
_RANK = {kind: number for number, kind in enumerate(_ORDER)}
_ROWS = len(_ORDER)
_LAST = 1_000_000
_LATE = frozenset({"publication", "event_trigger"})


def ordered(steps: Iterable[Step], sides: Sides) -> list[Step]:
    """The steps in an order in which each can run."""
    found = sorted(steps, key=lambda step: _place(step, sides))
    graph = Graph(sides)
    for step in found:
        graph.add(step)
    positions = {id(step): number for number, step in enumerate(found)}
    result: list[Step] = []
    state: dict[int, bool] = {}
    for step in found:
        _visit(step, graph, positions, state, result)
    return result


def _visit(first: Step, graph: Graph, positions: dict[int, int], state: dict[int, bool], result: list[Step]) -> None:
    """Depth first, without recursion: chains of tables may be long. A circle is cut where it closes."""
    if id(first) in state:
        return
    state[id(first)] = False
    stack = [(first, _waiting(first, graph, positions))]
    while stack:
        step, waiting = stack[-1]
        following = next((each for each in waiting if id(each) not in state), None)
        if following is None:
            stack.pop()
            state[id(step)] = True
            result.append(step)
        else:
            state[id(following)] = False
            stack.append((following, _waiting(following, graph, positions)))


def _waiting(step: Step, graph: Graph, positions: dict[int, int]) -> Iterator[Step]:
    hard = {id(each): each for each in graph.needed(step) if each is not step}
    soft = {id(each): each for each in _gently(step, graph) if each is not step}
    return iter(
        [
            *sorted(hard.values(), key=lambda each: positions[id(each)]),
            *sorted(
                (each for number, each in soft.items() if number not in hard), key=lambda each: positions[id(each)]
            ),
        ]
    )


def _gently(step: Step, graph: Graph) -> Iterator[Step]:
    """Referenced tables first, referring ones dropped first: as far as there is no circle."""
    if step.verb == "drop" and step.key[0] in KEYS:
        for key in sorted(graph.sides.dependents.get(step.key, ())):
            if (dropped := graph.drops.get(("table", *key[1:3]))) is not None:
                yield dropped
    if step.key[0] != "table":
        return
    place = (step.key[1], step.key[2])
    if step.verb == "create":
        for thing in graph.sides.parts(place, "new"):
            target = ("table", *thing.references) if isinstance(thing, ForeignKey) else None
            if target in graph.creates:
                yield graph.creates[target]
    if step.verb == "drop":
        above = list(graph.sides.lineage(place))
        for each in above:
            for drop in graph.referring.get(each, ()):
                owner = (drop.key[1], drop.key[2])
                if owner not in above and ("table", *owner) in graph.drops:
                    yield graph.drops["table", *owner]


def _place(step: Step, sides: Sides) -> tuple[int, int, str, str, Key]:
    """Where a reader expects the step."""
    kind = step.key[0]
    # What is said about an event trigger waits for it, and does not pull it forward.
    said = kind in {"comment", "owner", "grant"} and step.key[1] in _LATE
    rank = _RANK.get(step.key[1] if said else kind, _ROWS)
    if step.verb == "rename" or (step.verb == "drop" and kind == "partition"):
        return (0, int(step.verb == "rename"), "", "", step.key)
    if step.verb == "alter" and kind == "enum":
        # What must be committed by itself commits whatever came before, so it comes first.
        return (-1, 0, "", "", step.key)
    if step.verb == "drop" and kind == "event_trigger":
        return (-2, 0, "", "", step.key)  # or it would fire on the rest
    if step.verb == "drop":
        return (3, -rank, "", "", step.key)
    if step.verb == "rows":
        return (2, step.rank, "", "", step.key)
    if kind == FILLED:
        return (2, _LAST, "", "", step.key)
    if kind in {"index", "statistics"} and (thing := sides.new.get(step.key)) is not None:
        place = relation_of(thing) or (step.key[1], step.key[2])
        return (1, _RANK["table"], *place, step.key)
    if isinstance(column := sides.new.get(step.key), Column):  # new ones come to lie as they are declared
        place = (column.schema, column.table)
        return (1, rank, *place, (f"{column.position if step.verb == 'create' else 0:04}", *step.key))
    place = (step.key[1], step.key[2]) if kind == "table" else ("", "")
    return (1, rank, *place, step.key)
