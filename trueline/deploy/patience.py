"""Trying again where a lock could not be had: first soon, then later, and at times that nobody else has chosen."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import psycopg

from trueline.deploy.events import Blocker, Retried, Tell

#: Lock timeout, deadlock: somebody else was in the way, and may not be any longer.
#: https://www.postgresql.org/docs/current/errcodes-appendix.html
_MAY_PASS = frozenset({"55P03", "40P01"})


@dataclass(slots=True)
class Patience:
    """How often a revision, or a statement outside of its transactions, is tried again.

    Attributes:
        retries: at most so many times for one revision.
        wait: seconds before the first; each wait is up to twice the one before, never more than ``wait_max``.
        sleep: waits so many seconds.
        chance: a number from 0 up to 1.
    """

    retries: int
    wait: float
    wait_max: float
    tell: Tell
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    _tried: dict[str, int] = field(default_factory=dict)

    def waits(self, error: BaseException | None, revision: str, blockers: Sequence[Blocker]) -> bool:
        """Wait, and say True: it shall be tried again. False, where that does not help or was done often enough."""
        tried = self._tried.get(revision, 0)
        if not isinstance(error, psycopg.Error) or error.sqlstate not in _MAY_PASS or tried >= self.retries:
            return False
        self._tried[revision] = tried + 1
        pause = min(self.wait * 2.0**tried, self.wait_max) * (0.5 + self.chance() / 2)
        self.tell(Retried(revision, tried + 1, self.retries, pause, _words(error), tuple(blockers)))
        self.sleep(pause)
        return True


def _words(error: psycopg.Error) -> str:
    return "a lock could not be had in time" if error.sqlstate == "55P03" else "a deadlock was ended by PostgreSQL"
