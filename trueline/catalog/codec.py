"""Catalogs as JSON: stable order, a versioned format, what is usual left out; and the digest."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import KINDS, CatalogObject, Key
from trueline.errors import TruelineError

#: Goes up when a reader of the older format would misread the newer one. A new field with a default is no reason.
FORMAT = 1

_MARK = "trueline_catalog"


def to_json(catalog: Catalog, *, indent: int | None = None) -> str:
    """The whole catalog; equal catalogs of one server give equal texts."""
    document = {
        _MARK: FORMAT,
        "server_version": catalog.server_version,
        "watched": sorted(catalog.watched),
        "objects": [_plain(thing) for thing in catalog],
    }
    if catalog.dependencies:
        document["dependencies"] = [[key, *sorted(needed)] for key, needed in sorted(catalog.dependencies.items())]
    return json.dumps(document, ensure_ascii=False, indent=indent)


def from_json(text: str) -> Catalog:
    """What `to_json` wrote.

    Raises:
        TruelineError: it is no catalog, or one of a format newer than this version of trueline knows.
    """
    try:
        document = json.loads(text)
        written = document[_MARK]
    except (ValueError, KeyError, TypeError):
        raise TruelineError(
            "this is no catalog", fix="trueline schema --format json > catalog.json   # writes one"
        ) from None
    if not isinstance(written, int) or written > FORMAT:
        raise TruelineError(
            f"this catalog has format {written}, and this version of trueline knows up to {FORMAT}",
            fix="pip install --upgrade trueline",
        )
    try:
        things = tuple(_object(item) for item in document["objects"])
        dependencies = dict(_edges(row) for row in document.get("dependencies", []))
        return Catalog(things, document["server_version"], frozenset(document["watched"]), dependencies)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise TruelineError(f"this catalog is damaged: {error!r}") from None


def _edges(row: list[list[str]]) -> tuple[Key, frozenset[Key]]:
    source, *needed = _KEYS(row)
    return source, frozenset(needed)


def digest(catalog: Catalog) -> str:
    """SHA-256 in hexadecimal of what equality looks at: without positions and the server's minor version."""
    document = [FORMAT, catalog.major, sorted(catalog.watched), [_plain(thing, compared=True) for thing in catalog]]
    return sha256(json.dumps(document, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    default: object
    compared: bool
    read: Callable[[Any], Any]


def _plain(thing: CatalogObject, *, compared: bool = False) -> dict[str, Any]:
    return {"kind": thing.kind, **_values(thing, compared=compared)}


def _values(value: object, *, compared: bool) -> dict[str, Any]:
    """Fields that have not their default."""
    found = {}
    cls: Any = type(value)
    for member in _members(cls):
        item = getattr(value, member.name)
        if item != member.default and (member.compared or not compared):
            found[member.name] = _value(item, compared=compared)
    return found


def _value(item: Any, *, compared: bool) -> Any:
    if is_dataclass(item):
        return _values(item, compared=compared)
    return [_value(part, compared=compared) for part in item] if isinstance(item, tuple) else item


def _object(item: dict[str, Any]) -> CatalogObject:
    kind = item["kind"]
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind}")
    cls: Any = KINDS[kind]
    given: CatalogObject = _reader(cls)({name: value for name, value in item.items() if name != "kind"})
    return given


@cache
def _members(cls: Any) -> tuple[_Member, ...]:
    hints = get_type_hints(cls)
    return tuple(_Member(item.name, _default(item), item.compare, _reader(hints[item.name])) for item in fields(cls))


def _default(item: Field[Any]) -> object:
    return item.default if item.default is not MISSING else MISSING


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """What turns JSON into a value of the annotated type; raises TypeError or ValueError when it does not fit."""
    shape, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return _dataclass_reader(hint)
    if shape is tuple and inner[-1] is Ellipsis:
        each = _reader(inner[0])
        return lambda value: tuple(each(part) for part in _checked(value, list))
    if shape is tuple:
        readers = [_reader(part) for part in inner]
        return lambda value: tuple(read(part) for read, part in zip(readers, _checked(value, list), strict=True))
    if shape in {Union, types.UnionType}:
        present = _reader(next(part for part in inner if part is not types.NoneType))
        return lambda value: None if value is None else present(value)
    plain = str if shape is Literal else hint
    return lambda value: _checked(value, plain)


def _dataclass_reader(cls: Any) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        readers = {member.name: member.read for member in _members(cls)}
        return cls(**{name: readers[name](item) for name, item in _checked(value, dict).items()})

    return read


def _checked(value: Any, expected: Any) -> Any:
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is int):
        raise TypeError(f"{value!r} is no {expected.__name__}")
    return value


_KEYS: Callable[[Any], tuple[Key, ...]] = _reader(tuple[tuple[str, ...], ...])
