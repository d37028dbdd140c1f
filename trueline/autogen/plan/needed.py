"""What stays and needs what goes: PostgreSQL would refuse to drop it, or take the other along."""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from collections.abc import Iterator

from trueline.autogen.patterns import pattern_of
from trueline.autogen.plan.sides import Sides
from trueline.autogen.undeclarable import UNDECLARABLE
from trueline.catalog.described.wording import kind_word, named
from trueline.catalog.objects import Key, Statistics
from trueline.catalog.render.words import name
from trueline.errors import TruelineError

#: What changes where it stands when something that it needs goes, or is told of by its own model.
_CHANGEABLE = frozenset({"table", "column"})


def refuse_needed(sides: Sides) -> None:
    """Nothing is planned that takes away what somebody's view or trigger stands on.

    Raises:
        TruelineError: something that goes is needed by something that stays as it is; names every one of both.
    """
    found: dict[Key, set[Key]] = defaultdict(set)
    for user, gone in (*_needing(sides), *_counting(sides)):
        table = ("table", *gone[1:3])
        found[table if table in sides.old and table not in sides.new else gone] |= {user, *_above(user, sides)}
    if not found:
        return
    raise TruelineError(
        "what is to be dropped is needed by what no model declares",
        where=tuple(f"{_words(gone)}: needed by {_listed(users)}" for gone, users in sorted(found.items())),
        fix="\n".join(_ways_out(set().union(*found.values()))),
    )


def _ways_out(users: set[Key]) -> Iterator[str]:
    yield "declare it, and let the declaration do without: trueline declare"
    if patterns := [pattern_of(user) for user in sorted(users) if user[0] in UNDECLARABLE]:
        option = shlex.quote(f"drop-undeclared={','.join(patterns)}")
        yield f"or drop it: alembic -x {option} revision --autogenerate"


def _needing(sides: Sides) -> Iterator[tuple[Key, Key]]:
    for user, needs in sides.new.dependencies.items():
        if user[0] not in _CHANGEABLE and user in sides.new:
            yield from ((user, need) for need in needs if _goes(need, sides))


def _counting(sides: Sides) -> Iterator[tuple[Key, Key]]:
    """Statistics go with any of their columns, and PostgreSQL says nothing."""
    for thing in sides.new.of_kind(Statistics):
        for part in sides.parts(thing.table, "old"):
            if part.kind == "column" and _goes(part.key, sides) and _mentions(thing, part.key[3]):
                yield thing.key, part.key


def _mentions(thing: Statistics, column: str) -> bool:
    """Whether the name stands there by itself; PostgreSQL prints what statistics are of between ON and FROM."""
    of = thing.definition.removesuffix(f" FROM {name(*thing.table)}").partition(" ON ")[2]
    return re.search(rf'(?<![\w$"]){re.escape(name(column))}(?![\w$"])', of) is not None


def _goes(key: Key, sides: Sides) -> bool:
    return key in sides.old and key not in sides.new and key not in sides.becoming


def _above(user: Key, sides: Sides) -> set[Key]:
    """What stands on it in turn, and would have to go, too."""
    found: set[Key] = set()
    queue = [user]
    while queue:
        near = {each for each in sides.dependents.get(queue.pop(), ()) if each[0] not in _CHANGEABLE}
        queue += near - found
        found |= near
    return {each for each in found if each in sides.new}


def _listed(users: set[Key]) -> str:
    return ", ".join(_words(user) for user in sorted(users))


def _words(key: Key) -> str:
    return f"{kind_word(key)} {named(key)}"
