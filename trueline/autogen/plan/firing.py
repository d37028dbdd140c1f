"""When the triggers of partitions fire: as those of their parents, unless somebody has said otherwise of one of them.

A partition's trigger is made as its parent's is, and ``ALTER TABLE … DISABLE TRIGGER`` of the parent reaches it. What
is said of it alone is said after both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trueline.autogen.operations.statements import fires_action
from trueline.autogen.plan.changes.actions import alter
from trueline.autogen.plan.sides import Sides
from trueline.autogen.plan.step import Step
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Trigger


def steps(new: Catalog, sides: Sides) -> Iterator[Step]:
    """A step for each trigger of a partition that would fire in another way than it shall.

    Args:
        new: what shall be there, with its partitions.
        sides: the same with those that move as tables of their own.
    """
    firing = _Firing(new, sides)
    for trigger in new.of_kind(Trigger):
        parent = firing.parent(trigger)
        if parent is not None and firing.left_to_say(trigger, parent):
            yield _step(trigger, parent)


@dataclass(frozen=True, slots=True)
class _Firing:
    new: Catalog
    sides: Sides

    def parent(self, trigger: Trigger) -> Trigger | None:
        """The trigger that it is from."""
        if trigger.origin is None or trigger.origin.kind != "partition":
            return None
        found = self.new.get(trigger.origin.of)
        return found if isinstance(found, Trigger) else None

    def left_to_say(self, trigger: Trigger, parent: Trigger) -> bool:
        """Whether it fires in another way than it shall after what is said of its parents."""
        before = self.sides.old.get(trigger.key)
        if not isinstance(before, Trigger) or before.origin is None or self._comes(trigger) or self._is_told(parent):
            return trigger.enabled != parent.enabled
        return trigger.enabled != before.enabled

    def _comes(self, trigger: Trigger) -> bool:
        """Whether it is made, with its table, its parent or its partition."""
        made_anew = trigger.key in self.sides.replaced or trigger.key in self.sides.remade
        return made_anew or trigger.key not in self.sides.old or trigger.key not in self.sides.new

    def _is_told(self, trigger: Trigger) -> bool:
        """Whether something is said that reaches its partitions, too."""
        if self._comes(trigger):
            return True
        if (parent := self.parent(trigger)) is not None:
            return self._is_told(parent) or self.left_to_say(trigger, parent)
        return trigger != self.sides.old.get(trigger.key)


def _step(trigger: Trigger, parent: Trigger) -> Step:
    place = ("table", trigger.schema, trigger.table)
    key = ("firing", *trigger.key[1:])
    words = fires_action(trigger), fires_action(replace(trigger, enabled=parent.enabled))
    after = frozenset({place, ("partition", *place[1:]), parent.key, ("firing", *parent.key[1:])})
    return Step("alter", key, (alter(place, *words),), frozenset({key}), after=after)


__all__ = ["steps"]
