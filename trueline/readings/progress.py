"""A bar for people who wait longer than a second at a terminal; nothing for anybody else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from trueline.readings.send import Advance

_PATIENCE = 1.0


class _Bar:
    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, total, 0
        self._begun = monotonic()
        self._shown: Any = None
        self._task: Any = None

    def advance(self, count: int) -> None:
        self._done += count
        if self._shown is not None:
            self._shown.update(self._task, completed=self._done)
        elif monotonic() - self._begun > _PATIENCE:
            self._show()

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._shown = Progress(console=Console(stderr=True), transient=True)
        self._task = self._shown.add_task(self._what, total=self._total, completed=self._done)
        self._shown.start()

    def stop(self) -> None:
        if self._shown is not None:
            self._shown.stop()


@contextmanager
def progress(what: str, total: int) -> Iterator[Advance]:
    """A function to be called with the number of steps that were done."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    bar = _Bar(what, total)
    try:
        yield bar.advance
    finally:
        bar.stop()
