"""The revision that is being run: what it has done so far, and what an interrupted run had done of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import monotonic

from trueline.deploy.answers import Answers
from trueline.deploy.records import KEPT, Account, Outcome, Progress, Ran, Running
from trueline.deploy.statement import digest
from trueline.errors import TruelineError


@dataclass(slots=True)
class Current:
    """Counts statements, and knows which of them are committed already.

    Attributes:
        progress: as the ledger has it.
        source: digest of the revision's file.
        begun: when it was last written about, on the monotonic clock.
        started: when this attempt began, on the same.
        number: how many statements it has come to, in this attempt.
        chain: digest of these.
        attempts: how often it was begun since it was last written about.
        applied: whether it has run to its end, and only the commit is left.
        is_written: whether the ledger has it as such.
        over: how many statements an earlier run had done of it.
        answers: what the others gave back.
    """

    progress: Progress
    source: str | None
    begun: float = field(default_factory=monotonic)
    number: int = 0
    chain: str = ""
    attempts: int = 1
    started: float = field(default_factory=monotonic)
    applied: bool = False
    is_written: bool = False
    new: list[Ran] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)
    over: int = field(init=False)

    def __post_init__(self) -> None:
        self.over = self.progress.finished

    def come_to(self, statement: str) -> bool:
        """Count a statement; says whether it was done and committed by an earlier run.

        Raises:
            TruelineError: the statements up to here are others than those that were done.
        """
        done = self.progress.finished
        if self.number == done and done:
            self.refuse_others()
        self.number += 1
        self.chain = digest(self.chain, statement)
        return self.number <= done

    def refuse_less(self) -> None:
        """Look at where the revision has ended.

        Raises:
            TruelineError: it has fewer statements than are done, or others.
        """
        if self.number <= self.progress.finished:
            self.refuse_others()

    def refuse_others(self) -> None:
        """Look at the statements that were passed over.

        Raises:
            TruelineError: they are others than those that were done.
        """
        done = self.progress.finished
        if done and (self.number < done or (self.number == done and self.chain != self.progress.chain)):
            raise TruelineError(
                f"revision {self.progress.revision} was interrupted after its statement {done}, which is committed, "
                "and its statements up to there are others now",
                fix="give the revision the statements back that it had when it was run; or, once the database is as it "
                "was before the revision, begin anew:\n"
                f"alembic -x resume=restart {'upgrade' if self.progress.direction == 'up' else 'downgrade'} "
                f"{self.progress.revision}",
            )

    @property
    def is_at_interrupted(self) -> bool:
        """Whether the statement it has come to is the one that an interrupted run had under way."""
        running = self.progress.running
        return running is not None and running.number == self.number

    @property
    def is_kept(self) -> bool:
        """Whether the ledger keeps the text of one statement more."""
        return self.number <= KEPT

    def now(self, running: Running | None = None) -> Progress:
        """How far it is with what it has come to."""
        finished = self.number - 1 if running else self.number
        return replace(
            self.progress,
            finished=max(finished, self.progress.finished),
            chain=self.chain if not running else self.progress.chain,
            running=running,
        )

    def account(self, deploy: int, outcome: Outcome, message: str | None = None) -> Account:
        """What is to be written now, and was not yet."""
        seconds = monotonic() - self.begun
        return Account(deploy, outcome, self.source, seconds, self.attempts, tuple(self.new), message)

    def written(self, progress: Progress) -> None:
        """What was to be written is."""
        self.progress = progress
        self.is_written = self.applied
        self.begun = monotonic()
        self.attempts = 0
        self.new.clear()
