"""One order in which everything finds what it needs, and that reads well where it is free to."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from trueline.catalog.objects import Key

#: Where a unit stands when nothing forces it elsewhere: number of its part, schema, key.
Rank = tuple[int, str, Key]


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """Statements that stay together.

    Attributes:
        provides: keys of the objects that are there afterwards.
        needs: keys of those that must be there before; what nobody provides is there already.
        apart: gives units that do the same one by one, and so may stand in a circle of needs that this one cannot.
    """

    rank: Rank
    statements: tuple[str, ...]
    provides: frozenset[Key]
    needs: frozenset[Key] = frozenset()
    apart: Callable[[], Iterable[Unit]] = field(default=tuple, repr=False)


def schema_of(key: Key) -> str:
    """Of the object that a comment or grant is about; none for a schema or an extension itself."""
    place = key[1:] if key[0] in {"comment", "owner", "grant"} else key
    return place[1] if len(place) > 2 else ""


def in_order(units: Iterable[Unit]) -> list[Unit]:
    """By rank, but each after those that provide what it needs.

    Units that need one another in a circle are taken apart. Where even that does not help, the one of the lowest rank
    goes first: no order would do, and the server will say so.
    """
    waiting = _Waiting()
    for unit in units:
        waiting.add(unit)
    return list(waiting.released())


class _Waiting:
    """Units that wait for others; who waits for whom is kept by key."""

    def __init__(self) -> None:
        self.unmet: dict[Unit, set[Key]] = {}
        self.provided: dict[Key, Unit] = {}
        self.users: dict[Key, list[Unit]] = defaultdict(list)
        self.ready: list[tuple[Rank, int, Unit]] = []

    def add(self, unit: Unit) -> None:
        self.unmet[unit] = set(unit.needs - unit.provides)
        self.provided.update(dict.fromkeys(unit.provides, unit))
        for key in unit.needs:
            self.users[key].append(unit)

    def released(self) -> Iterator[Unit]:
        self._forget_what_is_there()
        while self.unmet:
            if not self.ready:
                self._open_a_circle()
                continue
            unit = heapq.heappop(self.ready)[2]
            if self.unmet.pop(unit, None) is None:
                continue  # taken apart, or pushed twice
            yield unit
            self._release(unit)

    def _forget_what_is_there(self) -> None:
        for unit in self.unmet:
            self._wait_only_for_what_comes(unit)

    def _wait_only_for_what_comes(self, unit: Unit) -> None:
        self.unmet[unit] &= self.provided.keys()
        if not self.unmet[unit]:
            self._push(unit)

    def _push(self, unit: Unit) -> None:
        heapq.heappush(self.ready, (unit.rank, len(self.ready) + len(self.unmet), unit))

    def _release(self, done: Unit) -> None:
        for key in done.provides:
            if self.provided.get(key) is not done:
                continue  # a part of a unit that was taken apart provides it
            del self.provided[key]
            for user in self.users.pop(key, ()):
                unmet = self.unmet.get(user)
                if unmet is not None:
                    unmet.discard(key)
                    if not unmet:
                        self._push(user)

    def _open_a_circle(self) -> None:
        circle = sorted(self._circle(), key=lambda unit: unit.rank)
        for unit in circle:
            if parts := list(unit.apart()):
                self._replace(unit, parts)
                return
        self.unmet[circle[0]].clear()
        self._push(circle[0])

    def _replace(self, whole: Unit, parts: list[Unit]) -> None:
        del self.unmet[whole]
        for part in parts:
            self.add(part)
        for part in parts:
            self._wait_only_for_what_comes(part)

    def _circle(self) -> list[Unit]:
        """Going from need to need one must come back somewhere."""
        path: dict[Unit, None] = {}
        unit = min(self.unmet, key=lambda unit: unit.rank)
        while unit not in path:
            path[unit] = None
            unit = min((self.provided[key] for key in self.unmet[unit]), key=lambda unit: unit.rank)
        steps = list(path)
        return steps[steps.index(unit) :]
