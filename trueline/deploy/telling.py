"""What a deploy says while it runs: lines in the log, JSON for machines, a bar for people."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import Any, Literal

from trueline.deploy.events import (
    Began,
    Blocker,
    Cleared,
    Ended,
    Event,
    Retried,
    RevisionBegan,
    RevisionFinished,
    StatementBegan,
    StatementRan,
    StillRunning,
    Tell,
    WentOn,
)

_log = logging.getLogger("trueline.deploy")

#: Seconds between two lines about a statement that still runs; and after which one is worth a line.
_SAY_AGAIN, _LONG = 5.0, 1.0

Style = Literal["bar", "plain", "json"]


class Plain:
    """Lines in the log ``trueline.deploy``; that a revision begins, Alembic says itself."""

    def __init__(self) -> None:
        self._said = 0.0

    def __call__(self, event: Event) -> None:
        """Log it, as loud as it deserves."""
        match event:
            case StatementBegan(revision, number, statement):
                _log.debug("revision %s, statement %d: %s", revision, number, _cut(statement, 200))
            case StatementRan(revision, number, ran):
                level = logging.INFO if ran.seconds >= _LONG else logging.DEBUG
                _log.log(level, "revision %s, statement %d took %.1f s", revision, number, ran.seconds)
            case StillRunning():
                self._still_running(event)
            case Retried(revision, time, times, pause, why, blockers):
                again = f"trying again in {pause:.1f} s ({time} of {times})"
                _log.warning("revision %s: %s; %s%s", revision, why, again, _waits(blockers))
            case Cleared(statement):
                _log.info("left by an interrupted run and taken away: %s", statement)
            case WentOn(revision, finished):
                _log.info("revision %s was interrupted: going on after its statement %d", revision, finished)
            case RevisionFinished(revision, seconds, statements):
                _log.debug("revision %s: %d statements, %.2f s", revision, statements, seconds)
            case _:
                pass

    def _still_running(self, event: StillRunning) -> None:
        if event.seconds < _SAY_AGAIN or monotonic() - self._said < _SAY_AGAIN:
            return
        self._said = monotonic()
        where = f" ({event.stage})" if event.stage else ""
        _log.info(
            "running for %.0f s%s: %s%s", event.seconds, where, _cut(event.statement, 120), _waits(event.blockers)
        )


class Json:
    """A JSON object a line, on standard error: the event's name in lower case, and its fields."""

    def __call__(self, event: Event) -> None:
        """Print it."""
        name = re.sub(r"(?<!^)(?=[A-Z])", "-", type(event).__name__).lower()
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": name, **_fields(event)}
        # In one piece: whoever looks on tells from another thread.
        sys.stderr.write(f"{json.dumps(line, ensure_ascii=False, default=dict)}\n")
        sys.stderr.flush()


def _fields(event: Event) -> dict[str, Any]:
    if isinstance(event, StatementRan):
        return {"revision": event.revision, "number": event.number, **event.ran.document()}
    return asdict(event)


class Bar(Plain):
    """A bar over all revisions, and below it the statement that runs; warnings stay lines, above them."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: Any = None
        self._all: Any = None
        self._one: Any = None
        self._lock = Lock()

    def __call__(self, event: Event) -> None:
        """Show it; whoever looks on tells from another thread."""
        with self._lock:
            self._show(event)

    def _show(self, event: Event) -> None:
        match event:
            case Began(revisions):
                self._begin(revisions)
            case Ended() if self._progress is not None:
                self._progress.stop()
            case RevisionBegan(revision, message):
                self._progress.update(self._all, description=_plain(f"{revision} {message}"))
            case RevisionFinished():
                self._progress.advance(self._all)
            case StatementRan() if self._one is not None:
                self._progress.remove_task(self._one)
                self._one = None
            case StillRunning():
                self._show_one(event)
            case _:
                super().__call__(event)

    def _begin(self, revisions: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (BarColumn(30), TextColumn("{task.description}"), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._all = self._progress.add_task("", total=revisions)
        self._progress.start()

    def _show_one(self, event: StillRunning) -> None:
        if self._one is None:
            self._one = self._progress.add_task("", total=None)
        told = _plain(f"{_cut(event.statement, 60)}  {event.stage or ''}{_waits(event.blockers)}")
        stage = event.stage
        total, done = (stage.total or None, stage.done) if stage else (None, 0)
        self._progress.update(self._one, description=told, total=total, completed=done)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


@contextmanager
def telling(style: Style) -> Iterator[Tell]:
    """Whoever tells in this style; what it shows is taken away at the end."""
    makers: dict[Style, Callable[[], Tell]] = {"plain": Plain, "json": Json, "bar": Bar}
    tell = makers[style]()
    begun = monotonic()
    outcome = "failed"
    try:
        with _log_above_bar() if style == "bar" else nullcontext():
            yield tell
        outcome = "done"
    finally:
        tell(Ended(outcome, monotonic() - begun))


class _StandardError:
    """Whatever it is at the moment: a bar takes its place while it is shown."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


@contextmanager
def _log_above_bar() -> Iterator[None]:
    """Handlers of the log have the real standard error, and would write through the bar."""
    real, now = sys.stderr, _StandardError()
    handlers: list[Any] = [each for each in logging.getLogger().handlers if getattr(each, "stream", None) is real]
    for handler in handlers:
        handler.setStream(now)
    try:
        yield
    finally:
        for handler in handlers:
            handler.setStream(real)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _waits(blockers: Sequence[Blocker]) -> str:
    return "".join(f"\n  waits for {each}" for each in blockers)
