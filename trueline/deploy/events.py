"""What happens in a deploy, as values for whoever tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trueline.deploy.records import Ran


@dataclass(frozen=True, slots=True)
class Blocker:
    """A session that another one waits for: ``query`` is its last statement, ``age`` its transaction's in seconds."""

    pid: int
    application: str
    role: str
    state: str
    query: str
    age: float | None

    def __str__(self) -> str:
        since = f" for {self.age:.0f} s" if self.age is not None else ""
        who = f"{self.application or 'unknown application'}, {self.role}, {self.state}{since}"
        return f"pid {self.pid} ({who}): {self.query}"


@dataclass(frozen=True, slots=True)
class Stage:
    """How far PostgreSQL says that it is with a statement; ``total`` is 0 where it does not say."""

    phase: str
    done: int
    total: int

    def __str__(self) -> str:
        return f"{self.phase}, {self.done * 100 // self.total} %" if self.total else self.phase


@dataclass(frozen=True, slots=True)
class Began:
    """There are so many revisions to run."""

    revisions: int


@dataclass(frozen=True, slots=True)
class RevisionBegan:
    """One of them begins."""

    revision: str
    message: str


@dataclass(frozen=True, slots=True)
class WentOn:
    """So many statements of the revision are done already, by an earlier run."""

    revision: str
    finished: int


@dataclass(frozen=True, slots=True)
class StatementBegan:
    """One of its statements begins; ``statement`` is without passwords."""

    revision: str
    number: int
    statement: str


@dataclass(frozen=True, slots=True)
class StatementRan:
    """The statement has come to its end."""

    revision: str
    number: int
    ran: Ran


@dataclass(frozen=True, slots=True)
class StillRunning:
    """It has not, after so many seconds. Told from another thread, several times a second."""

    statement: str
    seconds: float
    stage: Stage | None
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Retried:
    """A revision, or a statement outside of its transactions, is tried again after so many seconds."""

    revision: str
    time: int
    times: int
    pause: float
    why: str
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Cleared:
    """What an interrupted statement had left was taken away with this one."""

    statement: str


@dataclass(frozen=True, slots=True)
class RevisionFinished:
    """A revision is committed."""

    revision: str
    seconds: float
    statements: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The run has; ``outcome`` is ``done`` or ``failed``."""

    outcome: str
    seconds: float


Event = (
    Began
    | RevisionBegan
    | WentOn
    | StatementBegan
    | StatementRan
    | StillRunning
    | Retried
    | Cleared
    | RevisionFinished
    | Ended
)

Tell = Callable[[Event], None]
