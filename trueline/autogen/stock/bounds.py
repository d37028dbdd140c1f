"""Other bounds for what counts: PostgreSQL refuses them while the last value lies outside, and no reading knows that.

https://www.postgresql.org/docs/current/sql-altersequence.html
"""

from __future__ import annotations

from collections.abc import Iterator

from alembic.operations import MigrateOperation

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.count_on import CountOnOp
from trueline.autogen.operations.note import NoteOp
from trueline.autogen.sql_text import for_text
from trueline.catalog.objects import Identity, Name, Sequence
from trueline.catalog.render.words import literal, name


def begins_anew(old: Sequence | Identity, new: Sequence | Identity) -> bool:
    """Whether nothing that it has given out lies within the new bounds: it can only RESTART."""
    return new.maximum < old.minimum or new.minimum > old.maximum


def led_inside(sequence: Name, old: Sequence | Identity, new: Sequence | Identity) -> Iterator[MigrateOperation]:
    """What leads the last value inside of narrower bounds, wherever it is: to where nothing is given out twice.

    Args:
        sequence: its name before.
        old: its bounds.
        new: the bounds that it shall have.
    """
    if begins_anew(old, new):
        yield NoteOp(
            f"{'.'.join(sequence)} begins anew at {new.start}, as its last value cannot lie between {new.minimum} and "
            f"{new.maximum};\nwhat it gave out there in earlier times may come again"
        )
        return
    rises = new.increment > 0
    ends = []
    if new.minimum > old.minimum:
        ends.append((f"last_value < {new.minimum}", new.minimum, not rises))
    if new.maximum < old.maximum:
        ends.append((f"last_value > {new.maximum}", new.maximum, rises))
    if not ends:
        return
    if any(spent for _, _, spent in ends):
        far = f"below {new.minimum}" if not rises else f"above {new.maximum}"
        yield NoteOp(f"{'.'.join(sequence)} is at its end where it has got {far}: nothing is given out twice")
    # Says nothing new, but from here on the transaction undoes what is done to the sequence, should it fail.
    yield AlterObjectOp(("sequence", *sequence), f"START {old.start}", f"START {old.start}")
    for condition, end, spent in ends:
        yield _led(sequence, condition, end, spent=spent)


def _led(sequence: Name, condition: str, end: int, *, spent: bool) -> MigrateOperation:
    place = name(*sequence)
    words = f"SELECT pg_catalog.setval({literal(place)}::regclass, {end}, {str(spent).lower()})"
    return CountOnOp(for_text(f"{words} FROM {place} WHERE {condition}"))
