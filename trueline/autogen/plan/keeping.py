"""Keys whose triggers fire in another way than usual, so that PostgreSQL does not keep what they say.

To come there takes a superuser. Back, the key is made anew: its owner may do that, and whatever rows came meanwhile are
checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from alembic.operations import MigrateOperation

from trueline.autogen.operations.key_firing import SetKeyFiringOp
from trueline.autogen.operations.note import NoteOp
from trueline.autogen.plan.sides import Sides, line_of
from trueline.autogen.plan.step import Step
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Key, KeyFiring
from trueline.catalog.render.firing import KeptByTriggers, grouped


def is_looser(old: CatalogObject, new: CatalogObject) -> bool:
    """Whether a key is kept no better than before: what it says of its triggers stays, and more may come."""
    return not set(_firing(old)) - set(_firing(new))


#: Said where a key is made anew.
_ANEW = """\
made anew, so that the rows are checked: its triggers did not fire as usual
a superuser may say instead, and no row is checked: ALTER TABLE … ENABLE TRIGGER ALL"""

#: Said where its triggers are told to fire in another way.
_TOLD = "a superuser alone may do this; without it the key is kept as it is declared"


def notes(key: Key, sides: Sides) -> list[NoteOp]:
    """What to say where a key is dropped: that it comes back, and why, if it was not kept, or that of a partition."""
    pairs = ((sides.old.get(each), sides.new.get(each)) for each in sides.family(key))
    return [NoteOp(_ANEW)] if any(old and new and not is_looser(old, new) for old, new in pairs) else []


def _firing(thing: CatalogObject | None) -> tuple[KeyFiring, ...]:
    return thing.firing if isinstance(thing, KeptByTriggers) else ()


def steps(new: Catalog, sides: Sides) -> Iterator[Step]:
    """A step for each key whose triggers do not fire as they shall when it is there.

    Args:
        new: what shall be there, with its partitions.
        sides: the same with those that move as tables of their own.
    """
    for key in new:
        if isinstance(key, KeptByTriggers) and key.firing:
            above = line_of(key, new)
            known = () if _comes(above, sides) else _firing(sides.old.get(key.key))
            if left := [each for each in key.firing if each not in known]:
                yield _step(key, left, above)


def _comes(above: list[Key], sides: Sides) -> bool:
    """Whether it is made, by itself, with its parent's, or with its table."""
    anew = sides.replaced | sides.remade
    return above[0] not in sides.new or any(key in anew or key not in sides.old for key in above)


def _step(key: KeptByTriggers, firing: list[KeyFiring], above: list[Key]) -> Step:
    own = (key.schema, key.table)
    operations: list[MigrateOperation] = [NoteOp(_TOLD)]
    operations += [
        SetKeyFiringOp(key.key, mode, [one.event for one in each], place if _is_told(place, own, each) else None)
        for (place, mode), each in grouped(firing)
    ]
    places = {own, *(each.table for each in firing)}
    after = frozenset({*above, *((kind, *place) for place in places for kind in ("table", "partition"))})
    own_key = ("key_firing", *key.key[1:])
    return Step("alter", own_key, tuple(operations), frozenset({own_key}), after=after)


def _is_told(place: tuple[str, str], own: tuple[str, str], firing: list[KeyFiring]) -> bool:
    """Whether the table has to be named: a key's own triggers are on its table, and nowhere else."""
    return place != own or any(each.event.startswith("referenced") for each in firing)


__all__ = ["is_looser", "notes", "steps"]
