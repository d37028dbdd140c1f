"""Catalogs as JSON: stable order, a versioned format, what is usual left out; and the digest."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import KINDS, CatalogObject, Key
from trueline.errors import TruelineError
from trueline.garbage import uncollected

#: Goes up when a reader of the older format would misread the newer one. A new field with a default is no reason.
FORMAT = 1

_MARK = "trueline_catalog"


@uncollected()
def to_json(catalog: Catalog, *, indent: int | None = None) -> str:
    """The whole catalog; equal catalogs of one server give equal texts."""
    document = {
        _MARK: FORMAT,
        "server_version": catalog.server_version,
        "watched": sorted(catalog.watched),
        "objects": catalog.objects,
    }
    if catalog.dependencies:
        document["dependencies"] = [[key, *sorted(needed)] for key, needed in sorted(catalog.dependencies.items())]
    return json.dumps(document, ensure_ascii=False, indent=indent, default=_whole)


@uncollected()
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


@uncollected()
def digest(catalog: Catalog) -> str:
    """SHA-256 in hexadecimal of what equality looks at: without positions and the server's minor version."""
    document = [FORMAT, catalog.major, sorted(catalog.watched), catalog.objects]
    return sha256(json.dumps(document, separators=(",", ":"), default=_compared).encode()).hexdigest()


def _edges(row: list[Any]) -> tuple[Key, frozenset[Key]]:
    source, *needed = map(_strings, row)
    return source, frozenset(needed)


def _whole(value: Any) -> dict[str, Any]:
    """A dataclass as a dictionary: the kind of an object, and its fields that have not their default."""
    cls: Any = type(value)
    return _shape(cls).written(value)


def _compared(value: Any) -> dict[str, Any]:
    """The same with the fields alone that equality looks at."""
    cls: Any = type(value)
    return _compared_shape(cls).written(value)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How one class is written."""

    head: dict[str, str]
    names: tuple[str, ...]
    defaults: tuple[object, ...]
    get: Callable[[Any], tuple[object, ...]]

    def written(self, value: Any) -> dict[str, Any]:
        items = zip(self.names, self.get(value), self.defaults, strict=True)
        return {**self.head, **{name: item for name, item, default in items if item != default}}


@cache
def _shape(cls: Any, *, compared: bool = False) -> _Shape:
    head = {"kind": cls.kind} if issubclass(cls, CatalogObject) else {}
    members = [item for item in fields(cls) if item.compare or not compared]
    names = tuple(item.name for item in members)
    return _Shape(head, names, tuple(item.default for item in members), _getter(names))


@cache
def _compared_shape(cls: Any) -> _Shape:
    return _shape(cls, compared=True)


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[object, ...]]:
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)


def _object(item: dict[str, Any]) -> CatalogObject:
    kind = item.pop("kind")
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind}")
    cls: Any = KINDS[kind]
    given: CatalogObject = _reader(cls)(item)
    return given


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """What turns JSON into a value of the annotated type; raises TypeError or ValueError when it does not fit."""
    shape, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return _dataclass_reader(hint)
    if shape is tuple and inner == (str, ...):
        return _strings
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
    """Most fields are plain: a look at their type is all that they need."""
    hints = get_type_hints(cls)
    readers = {item.name: _reader(hints[item.name]) for item in fields(cls)}
    plain = {name: _plain(hints[name]) for name in readers}

    def read(value: Any) -> Any:
        for name, item in _checked(value, dict).items():
            if type(item) is not plain[name]:
                value[name] = readers[name](item)
        return cls(**value)

    return read


def _plain(hint: Any) -> type | None:
    """The type that JSON has for it, where it has."""
    shape, inner = get_origin(hint), get_args(hint)
    if shape is Literal:
        return str
    if shape in {Union, types.UnionType}:
        return _plain(next(part for part in inner if part is not types.NoneType))
    return hint if hint in {str, int, bool} else None


def _strings(value: Any) -> tuple[str, ...]:
    if set(map(type, _checked(value, list))) - {str}:
        raise TypeError(f"{value!r} is no list of texts")
    return tuple(value)


def _checked(value: Any, expected: Any) -> Any:
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is int):
        raise TypeError(f"{value!r} is no {expected.__name__}")
    return value
