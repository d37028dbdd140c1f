"""What holds on to something that has to be made anew, and cannot let go of it: rows are kept in its order or form."""

from __future__ import annotations

from trueline.autogen.plan.sides import Sides
from trueline.catalog.described.wording import kind_word, named
from trueline.catalog.objects import DEFINED, Column, Domain, Key
from trueline.catalog.render.words import name
from trueline.errors import TruelineError

#: Kinds of what one statement makes.
KINDS = frozenset(cls.kind for cls in DEFINED)

#: What rows are kept in, or made of.
_HOLDERS = frozenset({"table", "composite", "range"})


def refuse_held(each: Key, key: Key, sides: Sides) -> None:
    """Refuse to make an object anew while this one holds it.

    Args:
        each: what needs the object.
        key: the object.
        sides: both catalogs.

    Raises:
        TruelineError: it cannot let go.
    """
    if key[0] not in KINDS or not _holds(each, key, sides):
        return
    raise TruelineError(
        f"{kind_word(key)} {named(key)} cannot be changed: {kind_word(each)} {named(each)} holds rows by it",
        fix=(
            f"declare the {kind_word(key)} under another name, and let {named(each)} use that one: "
            "autogenerate then changes the one and drops the other"
        ),
    )


def _holds(each: Key, key: Key, sides: Sides) -> bool:
    thing = sides.old.get(each)
    if isinstance(thing, Column | Domain):
        return key[0] == "collation" and thing.collation == name(*key[1:3])
    return each[0] in _HOLDERS
