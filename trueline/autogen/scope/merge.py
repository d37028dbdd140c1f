"""The new side of a comparison in the making: what does not take part is put into it as it is in the old one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from trueline.autogen.plan.sides import RELATIONS, relation_of
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Comment, Grant, Key, Owner

#: What says something of another object.
SAID = (Comment, Owner, Grant)
#: What is said about these begins with the relation's schema and name.
_PLACED = frozenset({*RELATIONS, "view_column", "not_null"})


@dataclass(slots=True)
class Merge:
    """The new side in the making."""

    old: Catalog
    new: dict[Key, CatalogObject]
    needs: dict[Key, frozenset[Key]]
    _hanging: dict[tuple[str, str], list[CatalogObject]] | None = field(default=None)
    _used: frozenset[Key] | None = field(default=None)

    def keep(self, key: Key) -> None:
        """As it is in the old one, or not at all."""
        thing = self.old.get(key)
        if thing is None:
            self.new.pop(key, None)
            self.needs.pop(key, None)
        else:
            self.new[key] = thing
            self.needs[key] = self.old.dependencies.get(key, frozenset())

    def equalize(self, taken_out: Callable[[CatalogObject], bool]) -> None:
        """Keep everything that the predicate takes out."""
        both = {**{thing.key: thing for thing in self.old}, **self.new}
        out = {key for key, thing in both.items() if taken_out(thing)}
        out |= {key for key, thing in both.items() if isinstance(thing, SAID) and thing.of in out}
        for key in out:
            self.keep(key)

    def is_used_by_column(self, key: Key) -> bool:
        """Whether a column of the old side needs it."""
        if self._used is None:
            columns = (needs for user, needs in self.old.dependencies.items() if user[0] == "column")
            self._used = frozenset(need for needs in columns for need in needs)
        return key in self._used

    def hanging(self, relation: tuple[str, str]) -> list[CatalogObject]:
        """What is a part of a relation of the old side, or says something about it."""
        if self._hanging is None:
            found: dict[tuple[str, str], list[CatalogObject]] = defaultdict(list)
            for thing in self.old:
                if (place := self._place(thing)) is not None:
                    found[place].append(thing)
            self._hanging = found
        return self._hanging.get(relation, [])

    def _place(self, thing: CatalogObject) -> tuple[str, str] | None:
        if not isinstance(thing, SAID):
            return relation_of(thing)
        if thing.of[0] in _PLACED:
            return (thing.of[1], thing.of[2])
        whole = self.old.get(thing.of)
        return relation_of(whole) if whole is not None else None
