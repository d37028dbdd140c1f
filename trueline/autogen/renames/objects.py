"""Views, routines, sequences, domains and enum types that go on under another name: by hint, or by an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from trueline.autogen.renames.rename import Rename, place
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    CatalogObject,
    Domain,
    Enum,
    Function,
    Key,
    MaterializedView,
    Procedure,
    Sequence,
    View,
)
from trueline.catalog.render.words import name
from trueline.declared.former import Former, Formers

#: Asks a question on the terminal; True for yes.
Ask = Callable[[str], bool]

#: What is common to two things that may be one.
_ALIKE = 0.6


def object_renames(old: Catalog, new: Catalog, hints: Formers, ask: Ask | None) -> Iterator[Rename]:
    """Renames of what holds no rows, enum types apart.

    Args:
        old: what is there.
        new: what shall be there.
        hints: former names.
        ask: asks about what looks like a rename but has no hint; None for never.
    """
    for cls in (Domain, Sequence, View, MaterializedView, Function, Procedure):
        yield from renames_of_kind(cls, old, new, hints, ask)


def renames_of_kind(
    cls: type[CatalogObject], old: Catalog, new: Catalog, hints: Formers, ask: Ask | None
) -> Iterator[Rename]:
    """Those of one kind: hinted ones, then those that somebody has said yes to."""
    come = {thing.key: thing for thing in new.of_kind(cls) if thing.key not in old and thing.origin is None}
    gone = {thing.key: thing for thing in old.of_kind(cls) if thing.key not in new and thing.origin is None}
    for key in list(come):
        former = hints.get((cls.kind, place(key)))
        before = _former_key(key, former)
        if before in gone:
            del come[key], gone[before]
            yield Rename(before, key)
    if ask is not None:
        yield from _answered(gone, come, ask)


def _former_key(key: Key, former: Former | None) -> Key:
    """A routine keeps its arguments."""
    return (key[0], *former.name, *key[3:]) if former else key


def _answered(gone: Mapping[Key, CatalogObject], come: Mapping[Key, CatalogObject], ask: Ask) -> Iterator[Rename]:
    left = dict(gone)
    for key, thing in come.items():
        for before in [each for each in left.values() if _is_alike(each, thing)]:
            kind = thing.kind.replace("_", " ")
            if ask(f"Is {kind} {name(*place(before.key))} now {name(*place(key))}?"):
                del left[before.key]
                yield Rename(before.key, key)
                break


def _is_alike(before: Any, after: Any) -> bool:
    """Whether the two may be one; what they do counts, whatever they are called."""
    match before:
        case Enum():
            return _share(set(before.labels), set(after.labels)) >= _ALIKE
        case Domain():
            rules = [{each.definition for each in thing.checks} for thing in (before, after)]
            return bool(before.type == after.type) and (not any(rules) or _share(*rules) >= _ALIKE)
        case Sequence():
            return bool(replace(before, schema="", name="") == replace(after, schema="", name=""))
        case View() | MaterializedView():
            same = before.definition == after.definition
            return same or _share({each for each, _ in before.columns}, {each for each, _ in after.columns}) >= _ALIKE
        case Function() | Procedure():
            alike = (before.arguments, before.result) == (after.arguments, after.result)
            return alike and SequenceMatcher(None, _body(before), _body(after)).ratio() >= _ALIKE
    return False


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _body(routine: Function | Procedure) -> str:
    """Without the line that names it."""
    return routine.definition.partition("\n")[2]
