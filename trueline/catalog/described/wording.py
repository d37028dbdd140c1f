"""Names and short texts for people: what `describe` and `changes` put their sentences together from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trueline.catalog.objects import Attribute, Generated, Identity, Index, Key
from trueline.catalog.render.words import name, names, operator_name

#: Phrases.
Words = Iterator[str]

#: Longer texts are cut: a difference is one line.
LONGEST = 100

_KINDS = {
    "view_column": "column",
    "not_null": "NOT NULL",
    "domain_constraint": "constraint",
}

_SAID = {"comment": "comment on", "owner": "owner of", "grant": "privileges on"}

_ROUTINES = frozenset({"function", "procedure", "aggregate"})
_FOR_METHOD = frozenset({"operator_class", "operator_family"})

#: Called by types, which are SQL already.
_BY_TYPES = frozenset({"cast", "transform"})


def kind_word(key: Key) -> str:
    """``foreign key``, ``comment on table``."""
    if said := _SAID.get(key[0]):
        return f"{said} {kind_word(key[1:])}"
    return _KINDS.get(key[0], key[0].replace("_", " "))


def named(key: Key) -> str:
    """An object's name: ``schema.table.name``, ``schema.function(types)``; of a comment, what it is about."""
    kind, *parts = key
    if kind in {"comment", "owner"}:
        return named(key[1:])
    if kind == "grant":
        return named(key[1:-1])
    if kind == "default_privileges":
        creator, schema, objects, _ = parts
        return visible(f"{name(creator)} for {objects.lower()} in {name(schema) if schema else 'any schema'}")
    if kind in _ROUTINES:
        return visible(f"{name(*parts[:2])}({parts[2]})")
    if kind == "operator":
        return visible(f"{operator_name(*parts[:2])} ({parts[2]})")
    if kind in _FOR_METHOD:
        return visible(f"{name(*parts[:2])} using {name(parts[2])}")
    return visible(parts[0] if kind in _BY_TYPES else name(*parts))


def visible(text: str) -> str:
    """On one line: control characters are written as Python writes them."""
    return "".join(
        item if item.isprintable() or item == " " else item.encode("unicode_escape").decode() for item in text
    )


def flat(text: str) -> str:
    """An expression on one line."""
    return " ".join(text.split())


def short(text: str) -> str:
    """On one line, cut where it is long."""
    line = flat(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def pair(old: str, new: str) -> str:
    """``old -> new``; of long texts the part where they differ."""
    one, two = flat(old), flat(new)
    if one == two:  # but for spaces
        one, two = old, new
    if max(len(one), len(two)) > LONGEST:
        one, two = _around(one, two)
    return f"{one} -> {two}"


def _around(old: str, new: str) -> tuple[str, str]:
    """Both from the word on in which they begin to differ, up to where they are the same again."""
    start = _shared(old, new)
    start = old.rfind(" ", 0, start) + 1
    end = _shared(old[start:][::-1], new[start:][::-1])
    return _cut(old, start, end), _cut(new, start, end)


def _shared(one: str, two: str) -> int:
    """Length of the beginning that both have."""
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _cut(text: str, start: int, end: int) -> str:
    stop = text.find(" ", len(text) - end)
    stop = len(text) if stop < 0 else stop
    return ("…" if start else "") + short(text[start:stop] + ("…" if stop < len(text) else ""))


def after(definition: str, *names: str) -> str:
    """What stands behind the object's name in its definition."""
    quoted = '"' + names[-1].replace('"', '""') + '"'
    for spelled in (quoted, names[-1]):
        _, found, rest = definition.partition(f"{spelled} ")
        if found:
            return rest.removesuffix(";")
    return definition.removesuffix(";")


def index_words(index: Index) -> str:
    """An index's definition without what its name and kind say already."""
    unique = "unique, " if index.definition.startswith("CREATE UNIQUE") else ""
    return unique + "on " + after(index.definition, index.name).removeprefix("ON ").removeprefix("ONLY ")


def attribute(item: Attribute) -> str:
    """A composite type's part, as it is declared."""
    return f"{name(item.name)} {item.type}" + (f" collation {item.collation}" if item.collation else "")


def identity(item: Identity) -> str:
    """An identity column's mode."""
    return "always" if item.always else "by default"


def generated(item: Generated) -> str:
    """A generated column's expression, and whether it is stored."""
    return f"{short(item.expression)} {'stored' if item.stored else 'virtual'}"


def word(value: Any, nothing: str = "none") -> str:
    """A value as it is said; ``nothing`` says that there is none."""
    if value is None or value == ():
        return nothing
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return (
            names(value) if all(isinstance(item, str) for item in value) else ", ".join(name(*item) for item in value)
        )
    return str(value)
