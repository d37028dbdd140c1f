"""NOT NULL constraints of a table that change their names, some of them into names that others still have."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.autogen.stock.parts import parts_of
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column

#: Between an old name and a new one, where two constraints take each other's.
_ASIDE = "renamed"


def not_null_renames(old: Column, new: Column, before: Catalog, after: Catalog) -> list[tuple[str, str]]:
    """Pairs of names for this column, in an order in which each new name is free.

    Columns that take names from one another are renamed together, with the first of them by name.
    """
    changes = dict(_changes(before, after, new))
    own = _names(old, new)
    if own is None or own[0] not in changes:
        return []
    group = _group(own[0], {one: other for one, (other, _) in changes.items()})
    if new.name != min(changes[one][1] for one in group):
        return []
    return list(_ordered({one: changes[one][0] for one in group}))


def not_null_names(old: Column, new: Column, before: Catalog, after: Catalog) -> tuple[frozenset[str], frozenset[str]]:
    """The names of NOT NULLs that the change of a column takes, and those that are free after it."""
    if keeps_not_null(old, new):
        pairs = not_null_renames(old, new, before, after)
        come, gone = {other for _, other in pairs}, {one for one, _ in pairs}
    else:
        come, gone = ({each.name} if each else set() for each in (new.not_null_constraint, old.not_null_constraint))
    return frozenset(come - gone), frozenset(gone - come)


def _names(old: Column, new: Column) -> tuple[str, str] | None:
    one, other = old.not_null_constraint, new.not_null_constraint
    return (one.name, other.name) if one and other and one.name != other.name else None


def _changes(before: Catalog, after: Catalog, column: Column) -> Iterator[tuple[str, tuple[str, str]]]:
    """Old name of every NOT NULL of the table that has another one afterwards: that one, and its column."""
    olds = {each.name: each for each in parts_of(before, column).columns}
    for new in parts_of(after, column).columns:
        old = olds.get(new.name)
        if old is not None and (names := _names(old, new)) is not None and keeps_not_null(old, new):
            yield names[0], (names[1], new.name)


def keeps_not_null(old: Column, new: Column) -> bool:
    """Whether a NOT NULL stays; what holds for all rows cannot become NOT VALID: it is dropped, and added again."""
    one, other = old.not_null_constraint, new.not_null_constraint
    return one is not None and other is not None and (other.valid or not one.valid)


def _group(start: str, changes: dict[str, str]) -> set[str]:
    """Old names that hang together: one is the new name of another."""
    olds = {new: old for old, new in changes.items()}
    group, left = {start}, [start]
    while left:
        name = left.pop()
        for other in (changes[name], olds.get(name)):
            if other in changes and other not in group:
                group.add(other)
                left.append(other)
    return group


def _ordered(changes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each after the one whose old name it takes; a circle begins and ends with a name that nobody has."""
    left = dict(changes)
    while left:
        free = next((old for old, new in left.items() if new not in left), None)
        if free is None:
            old = min(left)
            aside = next(
                name for name in (f"{_ASIDE}{number}" for number in range(len(changes) + 1)) if name not in changes
            )
            yield old, aside
            left[aside] = left.pop(old)
        else:
            yield free, left.pop(free)
