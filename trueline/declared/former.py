"""What was called in another way before, be it table, type, view or routine: a name, and who says so."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from trueline.errors import TruelineError

#: Schema and name.
Name = tuple[str, str]

#: In ``Column.info`` of a column of `sqlalchemy.Enum`: what its type was called.
TYPE = "renamed_type"

#: In the body of an enum.
TYPE_HINT = "__renamed_type__"

#: The way out of most of what is wrong with a former name.
OUT = "take renamed_from away"

E = TypeVar("E", bound=type[enum.Enum])


class RenameError(TruelineError):
    """A hint that cannot be true."""


@dataclass(frozen=True, slots=True)
class Former:
    """What something was called.

    Attributes:
        name: schema and name.
        where: who says so.
    """

    name: Name
    where: str = field(compare=False)


#: By kind, and by schema and name now.
Formers = dict[tuple[str, Name], Former]


def renamed_type(former: str | Name) -> Callable[[E], E]:
    """Say of an enum what its type was called: ``"name"`` in the same schema, ``"schema.name"``, or both as a pair."""

    def note(cls: E) -> E:
        type.__setattr__(cls, TYPE_HINT, former)
        return cls

    return note


def old_name(hint: Any, new: Name, where: str) -> Name:
    """A name without a schema lay in the same one; ``("schema", "name")`` may have dots in it.

    Raises:
        RenameError: it is no name.
    """
    if isinstance(hint, tuple) and len(hint) == 2 and all(isinstance(part, str) and part for part in hint):
        return (str(hint[0]), str(hint[1]))
    if isinstance(hint, str) and hint:
        schema, dot, old = hint.rpartition(".")
        return (schema if dot else new[0], old)
    raise RenameError(
        f"renamed_from is {hint!r}, not a name",
        where=where,
        fix='renamed_from="schema.name"   # or ("schema", "name") where a dot is part of a name',
    )


def add_former(found: Formers, now: tuple[str, Name], hint: Any, where: str) -> None:
    """Note what something was called.

    Raises:
        RenameError: it is no name, its own, or another one than was said elsewhere.
    """
    kind, new = now
    former = Former(old_name(hint, new, where), where)
    shown = f"{kind.replace('_', ' ')} {'.'.join(new)}"
    if former.name == new:
        raise RenameError(f"{shown} says that it was renamed from itself", where=where, fix=OUT)
    known = found.setdefault(now, former)
    if known.name != former.name:
        raise RenameError(
            f"{shown} says that it was {'.'.join(known.name)}, and that it was {'.'.join(former.name)}",
            where=(known.where, where),
            fix="leave one of the two",
        )


def refuse_claims(found: Formers) -> None:
    """Refuse two that were one, and one whose old name is still declared with a former name of its own.

    Raises:
        RenameError: names both.
    """
    seen: dict[tuple[str, Name], tuple[Name, str]] = {}
    for (kind, new), former in found.items():
        old = (kind, former.name)
        if old in seen:
            raise RenameError(
                f"{'.'.join(seen[old][0])} and {'.'.join(new)} both say that they were {kind.replace('_', ' ')} "
                f"{'.'.join(former.name)}",
                where=(seen[old][1], former.where),
                fix="leave renamed_from at the one that it was",
            )
        seen[old] = (new, former.where)
