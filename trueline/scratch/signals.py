"""A polite end is an exception, so that what was made is taken away again."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_POLITE = tuple(getattr(signal, word) for word in ("SIGTERM", "SIGHUP") if hasattr(signal, word))


class Terminated(SystemExit):
    """The process was told to end; the exit code is the shell's for the signal."""


@contextmanager
def terminable() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into `Terminated` while the body runs, where they would end the process on the spot.

    Only the main thread can do so, and whoever has a handler of his own keeps it.
    """
    taken = []
    if threading.current_thread() is threading.main_thread():
        taken = [number for number in _POLITE if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _terminate)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _terminate(number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated(128 + number)
