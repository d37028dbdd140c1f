"""What a deploy says while it runs: lines in the log, JSON for machines, a bar for people."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Literal, Protocol

from trueline.deploy.ledger import Ran
from trueline.deploy.statement import shown

_log = logging.getLogger("trueline.deploy")

#: Seconds between two lines about a statement that still runs.
_SAY_AGAIN = 5.0

Style = Literal["bar", "plain", "json"]


@dataclass(frozen=True, slots=True)
class Blocker:
    """A session that another one waits for. ``query`` is its last statement; ``age`` is its transaction's, in seconds."""

    pid: int
    application: str
    role: str
    state: str
    query: str
    age: float | None

    def __str__(self) -> str:
        since = f" for {self.age:.0f} s" if self.age is not None else ""
        return f"pid {self.pid} ({self.application or 'unknown application'}, {self.role}, {self.state}{since}): {self.query}"


@dataclass(frozen=True, slots=True)
class Stage:
    """How far PostgreSQL says that it is with a statement; ``total`` is 0 where it does not say."""

    phase: str
    done: int
    total: int

    def __str__(self) -> str:
        return f"{self.phase}, {self.done * 100 // self.total} %" if self.total else self.phase


class Teller(Protocol):
    """Whatever takes what a deploy has to say."""

    def begins(self, revisions: int) -> None:
        """There are so many revisions to run."""

    def revision(self, revision: str, what: str) -> None:
        """One begins."""

    def statement(self, revision: str, number: int, statement: str) -> None:
        """A statement of it begins."""

    def ran(self, revision: str, number: int, ran: Ran) -> None:
        """It has come to its end."""

    def still_running(self, statement: str, seconds: float, stage: Stage | None, blockers: Sequence[Blocker]) -> None:
        """It has not. Called from another thread, several times a second."""

    def retry(self, revision: str, time: int, times: int, pause: float, why: str, blockers: Sequence[Blocker]) -> None:
        """A revision, or a statement, is tried again after a pause."""

    def cleared(self, statement: str) -> None:
        """What an interrupted statement had left was taken away with this one."""

    def goes_on(self, revision: str, finished: int) -> None:
        """Parts of a revision are done by an earlier run."""

    def finished(self, revision: str, seconds: float, statements: int) -> None:
        """A revision is committed."""

    def ends(self, outcome: str, seconds: float) -> None:
        """The run does."""


class Plain:
    """Lines in the log ``trueline.deploy``."""

    def __init__(self) -> None:
        self._said = 0.0

    def begins(self, revisions: int) -> None:
        """Nothing: each revision says itself."""

    def revision(self, revision: str, what: str) -> None:
        """Nothing: Alembic says it."""

    def statement(self, revision: str, number: int, statement: str) -> None:
        """On demand only."""
        _log.debug("revision %s, statement %d: %s", revision, number, shown(statement, 200))

    def ran(self, revision: str, number: int, ran: Ran) -> None:
        """Only what took long, or was asked for."""
        level = logging.INFO if ran.seconds >= 1 else logging.DEBUG
        _log.log(level, "revision %s, statement %d: %.1f s: %s", revision, number, ran.seconds, ran.statement[:200])

    def still_running(self, statement: str, seconds: float, stage: Stage | None, blockers: Sequence[Blocker]) -> None:
        """At times."""
        if seconds < _SAY_AGAIN or monotonic() - self._said < _SAY_AGAIN:
            return
        self._said = monotonic()
        where = f" ({stage})" if stage else ""
        _log.info("running for %.0f s%s: %s%s", seconds, where, shown(statement, 120), _waits(blockers))

    def retry(self, revision: str, time: int, times: int, pause: float, why: str, blockers: Sequence[Blocker]) -> None:
        """A warning that names who was in the way."""
        _log.warning(
            "revision %s: %s; trying again in %.1f s (%d of %d)%s", revision, why, pause, time, times, _waits(blockers)
        )

    def cleared(self, statement: str) -> None:
        """A line."""
        _log.info("left by an interrupted run and taken away: %s", statement)

    def goes_on(self, revision: str, finished: int) -> None:
        """A line."""
        _log.info("revision %s was interrupted: going on after its statement %d", revision, finished)

    def finished(self, revision: str, seconds: float, statements: int) -> None:
        """On demand only."""
        _log.debug("revision %s: %d statements, %.2f s", revision, statements, seconds)

    def ends(self, outcome: str, seconds: float) -> None:
        """On demand only."""
        _log.debug("%s after %.1f s", outcome, seconds)


class Json:
    """A JSON object a line, on standard error."""

    def _say(self, event: str, **what: Any) -> None:
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **what}
        print(json.dumps(line, ensure_ascii=False), file=sys.stderr, flush=True)  # noqa: T201 - this is what it prints

    def begins(self, revisions: int) -> None:
        """Event ``begin``."""
        self._say("begin", revisions=revisions)

    def revision(self, revision: str, what: str) -> None:
        """Event ``revision``."""
        self._say("revision", revision=revision, message=what)

    def statement(self, revision: str, number: int, statement: str) -> None:
        """Event ``statement``."""
        self._say("statement", revision=revision, number=number, statement=shown(statement))

    def ran(self, revision: str, number: int, ran: Ran) -> None:
        """Event ``ran``."""
        self._say("ran", revision=revision, number=number, seconds=round(ran.seconds, 4), locks=dict(ran.locks))

    def still_running(self, statement: str, seconds: float, stage: Stage | None, blockers: Sequence[Blocker]) -> None:
        """Event ``running``."""
        told = None if stage is None else asdict(stage)
        self._say("running", seconds=round(seconds, 1), stage=told, blockers=_documents(blockers))

    def retry(self, revision: str, time: int, times: int, pause: float, why: str, blockers: Sequence[Blocker]) -> None:
        """Event ``retry``."""
        self._say(
            "retry", revision=revision, time=time, times=times, pause=pause, why=why, blockers=_documents(blockers)
        )

    def cleared(self, statement: str) -> None:
        """Event ``cleared``."""
        self._say("cleared", statement=statement)

    def goes_on(self, revision: str, finished: int) -> None:
        """Event ``resume``."""
        self._say("resume", revision=revision, finished=finished)

    def finished(self, revision: str, seconds: float, statements: int) -> None:
        """Event ``finished``."""
        self._say("finished", revision=revision, seconds=round(seconds, 4), statements=statements)

    def ends(self, outcome: str, seconds: float) -> None:
        """Event ``end``."""
        self._say("end", outcome=outcome, seconds=round(seconds, 4))


class Bar(Plain):
    """A bar over all revisions, and below it the statement that runs; warnings stay lines, above them."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: Any = None
        self._all: Any = None
        self._one: Any = None

    def begins(self, revisions: int) -> None:
        """Show it."""
        from rich.console import Console
        from rich.markup import escape
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._escape = escape
        columns = (BarColumn(30), TextColumn("{task.description}"), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._all = self._progress.add_task("", total=revisions)
        self._progress.start()

    def revision(self, revision: str, what: str) -> None:
        """Name it."""
        self._progress.update(self._all, description=self._escape(f"{revision} {what}"))

    def still_running(self, statement: str, seconds: float, stage: Stage | None, blockers: Sequence[Blocker]) -> None:
        """A second bar."""
        if self._one is None:
            self._one = self._progress.add_task("", total=None)
        told = f"{shown(statement, 60)}  {stage or ''}{_waits(blockers)}"
        total = stage.total if stage and stage.total else None
        self._progress.update(
            self._one, description=self._escape(told), total=total, completed=stage.done if stage else 0
        )

    def ran(self, revision: str, number: int, ran: Ran) -> None:
        """Take the second bar away."""
        if self._one is not None:
            self._progress.remove_task(self._one)
            self._one = None

    def finished(self, revision: str, seconds: float, statements: int) -> None:
        """One step on."""
        self._progress.advance(self._all)

    def ends(self, outcome: str, seconds: float) -> None:
        """Take it away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None


@contextmanager
def telling(style: Style) -> Iterator[Teller]:
    """Whoever tells in this style; what it shows is taken away at the end."""
    teller: Teller = {"plain": Plain, "json": Json, "bar": Bar}[style]()
    begun = monotonic()
    outcome = "failed"
    try:
        with _log_above_bar() if style == "bar" else _as_it_is():
            yield teller
        outcome = "done"
    finally:
        teller.ends(outcome, monotonic() - begun)


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield


@contextmanager
def _log_above_bar() -> Iterator[None]:
    """A bar takes the place of standard error while it is shown; handlers of the log have the real one, and would write through it."""

    class _Now:
        def write(self, text: str) -> int:
            return sys.stderr.write(text)

        def flush(self) -> None:
            sys.stderr.flush()

    real = sys.stderr
    handlers = [each for each in logging.getLogger().handlers if getattr(each, "stream", None) is real]
    streams: Any = _Now()
    for handler in handlers:
        handler.setStream(streams)  # type: ignore[attr-defined]  # whatever has a stream is a StreamHandler
    try:
        yield
    finally:
        for handler in handlers:
            handler.setStream(real)  # type: ignore[attr-defined]  # the same


def _waits(blockers: Sequence[Blocker]) -> str:
    return "".join(f"\n  waits for {each}" for each in blockers)


def _documents(blockers: Sequence[Blocker]) -> list[dict[str, Any]]:
    return [asdict(each) for each in blockers]
