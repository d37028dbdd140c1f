"""What a pattern takes in: an object, what is a part of it, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trueline.autogen.patterns import is_called
from trueline.autogen.plan.sides import RELATIONS, relation_of
from trueline.catalog.objects import CatalogObject, Key, Name, Sequence

#: Of each relation's place which kinds it is of: a name may be a view's now and a table's later.
Relations = Mapping[Name, frozenset[str]]

_APART = frozenset(
    {"function", "procedure", "aggregate", "operator", "operator_class", "operator_family", "default_privileges"}
)
_SAID = frozenset({"comment", "owner", "grant"})


def relations(*sides: Iterable[CatalogObject]) -> Relations:
    """What the tables and views of catalogs are."""
    found: dict[Name, frozenset[str]] = {}
    for thing in (each for side in sides for each in side if each.kind in RELATIONS):
        place = (thing.key[1], thing.key[2])
        found[place] = found.get(place, frozenset()) | {thing.kind}
    return found


def matches(pattern: str, thing: CatalogObject, known: Relations) -> bool:
    """Whether a pattern is an object's: its own, or that of what it is a part of or says something about."""
    return any(is_called(pattern, key) for key in _chain(thing, known))


def _chain(thing: CatalogObject, known: Relations) -> Iterator[Key]:
    """Its own key, that of what it says something about, of its table or view, of the column that owns it."""
    yield from _said(thing.key, known)
    if (place := relation_of(thing)) is not None:
        yield from _wholes(place, known)
    if isinstance(thing, Sequence) and thing.owned_by:
        yield from _said(thing.owned_by, known)


def _said(key: Key, known: Relations) -> Iterator[Key]:
    yield key
    if key[0] in _SAID:
        yield from _said(key[1:-1] if key[0] == "grant" else key[1:], known)
    elif len(key) > 3 and key[0] not in _APART:
        yield from _wholes((key[1], key[2]), known)


def _wholes(place: Name, known: Relations) -> Iterator[Key]:
    yield from ((kind, *place) for kind in sorted(known.get(place, ())))
