"""A revision of which parts are in the database already, and what may become of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from trueline.deploy.records import Progress
from trueline.errors import TruelineError

#: ``on``: go on after the last statement that is done. ``restart``: from its beginning. ``skip``: as ``on``, but the
#: statement that was under way counts as done.
Resume = Literal["on", "restart", "skip"]

_KNOWN: tuple[Resume, ...] = ("on", "restart", "skip")


def resume_of(arguments: Mapping[str, str]) -> Resume:
    """From ``-x resume=restart``.

    Raises:
        TruelineError: another word.
    """
    word = arguments.get("resume", "on")
    for known in _KNOWN:
        if word == known:
            return known
    raise TruelineError(
        f"{word!r} is no word for this; known: {', '.join(_KNOWN)}",
        where=f"-x resume={word}",
        fix="alembic -x resume=restart upgrade head",
    )


def refuse_interrupted(begun: Iterable[Progress], steps: Iterable[Any], command: str) -> None:
    """Nothing else is done to a database while a revision is half applied.

    Args:
        begun: what was interrupted.
        steps: what is to be run.
        command: for the message.

    Raises:
        TruelineError: the first step is another than what was interrupted.
    """
    first = next(((str(step.revision.revision), "up" if step.is_upgrade else "down") for step in steps), None)
    for each in begun:
        if first is None or (each.revision, each.direction) == first:
            continue
        way = "alembic upgrade head" if each.direction == "up" else "alembic downgrade -1"
        raise TruelineError(
            f"revision {each.revision} was interrupted on its way {each.direction} after statement {each.finished}; "
            f"nothing but finishing it comes before {command}",
            where=each.message or (),
            fix=f"{way}   # goes on with it\nor finish it by hand, and say so: alembic stamp {each.revision}",
        )
