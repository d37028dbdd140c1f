"""What a deploy says, for people and for programs."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest

from trueline.deploy.events import (
    Began,
    Blocker,
    Event,
    RevisionBegan,
    RevisionFinished,
    StatementBegan,
    StatementRan,
    StillRunning,
)
from trueline.deploy.records import Ran
from trueline.deploy.telling import telling

BLOCKER = Blocker(7, "reporting", "someone", "idle in transaction", "SELECT 'x'", 61.0)
STILL = StillRunning("CREATE INDEX [x]", 7.5, None, (BLOCKER,))
EVENTS: list[Event] = [
    Began(1),
    RevisionBegan("r", "with [brackets]"),
    StatementBegan("r", 1, "CREATE INDEX [x]"),
    STILL,
    StatementRan("r", 1, Ran("CREATE INDEX [x]", 8.0, {"public.t": "ShareLock"}, alone=True)),
    RevisionFinished("r", 8.0, 1),
]


class Pieces:
    """Standard error, in the pieces in which it is written."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, text: str) -> int:
        self.written.append(text)
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


def test_an_event_is_a_line_of_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is written in one piece, so that those of two threads do not run into one another."""
    pieces = Pieces()
    monkeypatch.setattr(sys, "stderr", pieces)
    with telling("json") as tell:
        for event in EVENTS:
            tell(event)
    assert all(piece.endswith("\n") and piece.count("\n") == 1 for piece in pieces.written)
    told = [json.loads(piece) for piece in pieces.written]
    assert [line["event"] for line in told] == [
        "began",
        "revision-began",
        "statement-began",
        "still-running",
        "statement-ran",
        "revision-finished",
        "ended",
    ]
    assert told[3]["blockers"] == [
        {
            "pid": 7,
            "application": "reporting",
            "role": "someone",
            "state": "idle in transaction",
            "query": "SELECT 'x'",
            "age": 61.0,
        }
    ]
    assert told[4]["locks"] == {"public.t": "ShareLock"}
    assert told[-1]["outcome"] == "done"


def test_whoever_looks_on_may_come_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement that ends while the bar is being told that it still runs is taken from it afterwards."""
    monkeypatch.setattr(sys, "stderr", Pieces())
    with ThreadPoolExecutor(1) as other, telling("bar") as tell:
        tell(EVENTS[0])
        bar: Any = tell
        update, ended = bar._progress.update, []

        def interrupted(task: Any, **options: Any) -> None:
            ended.append(other.submit(tell, EVENTS[4]))
            wait(ended, timeout=0.1)
            update(task, **options)

        monkeypatch.setattr(bar._progress, "update", interrupted)
        tell(STILL)
        ended[0].result()
        assert [task.total for task in bar._progress.tasks] == [1]
