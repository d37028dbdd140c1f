"""The gate's checks, one after the other; none stops the next."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from importlib import import_module
from time import perf_counter
from types import ModuleType

from alembic.util.exc import CommandError

from trueline.errors import LostError, TruelineError
from trueline.gate.outcome import Checked, Outcome, Result, UnableError, WaitsError
from trueline.gate.work import Work
from trueline.placing import finding_of
from trueline.settings import Settings

#: In the order in which they are made; each is a module with `ABOUT` and `check`.
CHECKS = ("metadata", "history", "models", "replay", "stairway", "pending", "rows", "offline")

Clock = Callable[[], float]


def run_gate(
    settings: Settings,
    *,
    base: str = "",
    since: str = "",
    skip: Collection[str] = (),
    clock: Clock = perf_counter,
    say: Callable[[Checked], None] = lambda _: None,
) -> Outcome:
    """Make every check.

    Args:
        settings: the project's.
        base: the state in git that revisions must not differ from once they are in it.
        since: the revision from which on each is taken back and run again; all of them by default.
        skip: names of checks to leave out.
        clock: in seconds.
        say: is told of each check when it is made.

    Raises:
        TruelineError: there is no check of such a name.
    """
    _refuse_unknown(skip)
    began = clock()
    with closing(Work(settings, base, since)) as work:
        made = tuple(_told(_made([each for each in CHECKS if each not in skip], work, clock), say))
        version = work.server_version()
    return Outcome(made, clock() - began, version)


def _refuse_unknown(skip: Collection[str]) -> None:
    if unknown := sorted(set(skip) - set(CHECKS)):
        raise TruelineError(
            f"there is no check {', '.join(unknown)}; known: {', '.join(CHECKS)}",
            where="--skip",
            fix=f"trueline gate --skip {CHECKS[4]}",
        )


def _told(made: Iterator[Checked], say: Callable[[Checked], None]) -> Iterator[Checked]:
    for each in made:
        say(each)
        yield each


def _made(names: Sequence[str], work: Work, clock: Clock) -> Iterator[Checked]:
    for each in names:
        yield _checked(each, import_module(f"trueline.gate.checks.{each}"), work, clock)


def _checked(name: str, module: ModuleType, work: Work, clock: Clock) -> Checked:
    began, about = clock(), str(module.ABOUT)
    try:
        result: Result = module.check(work)
    except WaitsError as waits:
        return Checked(name, about, clock() - began, stopped=f"waits for {waits}")
    except (UnableError, LostError) as error:
        return Checked(name, about, clock() - began, stopped=str(error))
    except CommandError as error:
        known = error if isinstance(error, TruelineError) else TruelineError(str(error))
        return Checked(name, about, clock() - began, (finding_of(known, f"gate/{name}", work.root),))
    except Exception as error:  # a fault of trueline's own keeps no other check from being made
        return Checked(name, about, clock() - began, stopped=_unforeseen(error))
    return Checked(name, about, clock() - began, result.findings, result.told)


def _unforeseen(error: Exception) -> str:
    """Its kind and place; its words might hold a secret."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {frame.filename}:{frame.lineno} was not foreseen; please report it"
