"""Privileges, as Python source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Grant, Key, Owner
from trueline.objects.write.calls import Written
from trueline.objects.write.names import dotted
from trueline.objects.write.python import Call, Source, call

#: What everybody may do with a new object of a kind.
_EVERYBODY = {
    **dict.fromkeys(("function", "procedure", "aggregate"), "EXECUTE"),
    **dict.fromkeys(("enum", "domain", "composite", "range"), "USAGE"),
}
_COLUMNS = frozenset({"column", "view_column"})
_ON_KIND = {
    "sequence": "sequence",
    "schema": "schema",
    "function": "function",
    "aggregate": "function",
    "procedure": "procedure",
    **dict.fromkeys(("enum", "domain", "composite", "range"), "type"),
}


def grants(thing: Grant, catalog: Catalog) -> Iterator[Written]:
    """What one role may do with an object, from nothing where it may do something without being told."""
    plain = [each for each in thing.privileges if not each.endswith("*")]
    passed_on = [each.removesuffix("*") for each in thing.privileges if each.endswith("*")]
    only = _has_some_already(thing, catalog)
    if plain or (only and not passed_on):
        yield _grant(thing, plain, only=only), ("trueline.Grant",)
    if passed_on:
        yield _grant(thing, passed_on, option=True, only=only and not plain), ("trueline.Grant",)


def _has_some_already(thing: Grant, catalog: Catalog) -> bool:
    """Everybody, and the owner; who that is, is only known where owners are watched."""
    if thing.of[0] in _COLUMNS:
        return False
    if thing.role == "public":
        return _EVERYBODY.get(thing.of[0], "") not in {"", *(each.removesuffix("*") for each in thing.privileges)}
    owner = catalog.get(("owner", *thing.of))
    return not isinstance(owner, Owner) or owner.role == thing.role


def _grant(thing: Grant, privileges: list[str], *, option: bool = False, only: bool = False) -> Call:
    kind, *parts = thing.of
    columns = [parts.pop()] if kind in _COLUMNS else []
    given: Any = privileges[0].lower() if len(privileges) == 1 else [each.lower() for each in privileges]
    return call(
        "Grant",
        Source("()") if given == [] else given,
        on=_on(kind, *parts),
        to=thing.role,
        on_kind=_ON_KIND.get(kind),
        columns=columns,
        with_grant_option=option,
        only=only,
    )


def _on(kind: str, *parts: str) -> str | Key | tuple[str, str]:
    if kind == "schema":
        return parts[0]
    if kind in {"function", "procedure", "aggregate"}:
        return parts
    return dotted(*parts)
