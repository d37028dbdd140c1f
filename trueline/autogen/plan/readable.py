"""What leads to the same dump, and what people write: ``IN``, where PostgreSQL has made ``= ANY (ARRAY[…])`` of it.

PostgreSQL keeps ``kind IN ('a', 'b')`` of a varchar column as a comparison of arrays that it spells in another way once
it has read it again. A revision that says IN gives it what the models gave it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set
from dataclasses import replace

from trueline.autogen.plan.spelling import spellings
from trueline.catalog.canonical import Group, Item, Quoted, parsed, texts
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Check, Column, Index, Name

_WORDS = {" = ANY ": " IN ", " <> ALL ": " NOT IN "}
_TYPE = re.compile(r"::[\w. ]+")
_NUMBER = re.compile(r"-?\d+")


def readable(catalog: Catalog) -> Catalog:
    """The same catalog, for writing: checks and indexes with IN."""
    strings: dict[Name, set[str]] | None = None
    found: list[CatalogObject] = []
    changed = False
    for thing in catalog:
        if isinstance(thing, Check | Index) and any(f"{word}(ARRAY[" in thing.definition for word in _WORDS):
            strings = _strings(catalog) if strings is None else strings
            mine = strings.get((thing.schema, thing.table), set())
            found.append(replace(thing, definition=with_in(thing.definition, mine)))
            changed = True
        else:
            found.append(thing)
    return catalog.only(found) if changed else catalog


def _strings(catalog: Catalog) -> dict[Name, set[str]]:
    """The varchar columns of each table, in every spelling."""
    found: dict[Name, set[str]] = defaultdict(set)
    for column in catalog.of_kind(Column):
        if column.type.startswith("character varying") and not column.type.endswith("[]"):
            found[column.schema, column.table].update(spellings(column.name))
    return found


def with_in(text: str, strings: Set[str]) -> str:
    """An expression with IN for each comparison with an array of constants.

    Args:
        text: as PostgreSQL prints it.
        strings: names of varchar columns, which it casts to text for a comparison that nobody has asked for.
    """
    items = parsed(text)
    return text if items is None else "".join(texts(_rewritten(items, strings)))


def _rewritten(items: list[Item], strings: Set[str]) -> list[Item]:
    result: list[Item] = []
    position = 0
    while position < len(items):
        item = items[position]
        following = items[position + 1] if position + 1 < len(items) else None
        word = next((each for each in _WORDS if isinstance(item, str) and item.endswith(each)), None)
        values = _constants(following) if word else None
        if isinstance(item, str) and word and values:
            result = _compared(result, item.removesuffix(word), strings)
            result += [_WORDS[word], Group("(", [", ".join(values)])]
            position += 2
            continue
        if isinstance(item, Group):
            item.items = _rewritten(item.items, strings)
        result.append(item)
        position += 1
    return result


def _compared(before: list[Item], left: str, strings: Set[str]) -> list[Item]:
    """What stands left of IN: a varchar column without the cast that PostgreSQL has put there."""
    column = before[-1] if before else None
    if left == "::text" and isinstance(column, Group) and len(column.items) == 1:
        inner = column.items[0]
        shown = inner.text if isinstance(inner, Quoted) else inner
        if isinstance(shown, str) and shown in strings:
            return [*before[:-1], inner]
    return [*before, left] if left else before


def _constants(item: Item | None) -> list[str] | None:
    """The values of ``(ARRAY['a'::text, …])`` or of plain numbers; None for anything else."""
    if not (isinstance(item, Group) and len(item.items) == 2 and item.items[0] == "ARRAY"):
        return None
    array = item.items[1]
    if not isinstance(array, Group) or array.bracket != "[":
        return None
    if all(isinstance(part, str) for part in array.items):
        numbers = "".join(str(part) for part in array.items).split(", ")
        return numbers if all(_NUMBER.fullmatch(each) for each in numbers) else None
    return _quoted(array.items)


def _quoted(items: list[Item]) -> list[str] | None:
    """Strings, each with the same cast behind it."""
    values = [each.text for each in items if isinstance(each, Quoted)]
    casts = {each.removesuffix(", ") for each in items if isinstance(each, str)}
    plain = len(items) == 2 * len(values) and all(isinstance(each, Quoted) for each in items[::2])
    return values if plain and len(casts) == 1 and _TYPE.fullmatch(next(iter(casts))) else None
