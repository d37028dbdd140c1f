"""Letting garbage collection rest: Python looks for garbage ever again in what stays to the end of a command."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

#: How many new objects Python waits for before it looks, where a command only makes what stays; 700 as it comes.
_MANY = 100_000


@contextmanager
def uncollected() -> Iterator[None]:
    """Around work that makes many values which hold no cycle and all stay: half its time would go into looking for
    garbage among them. Collection goes on afterwards where it was on before.
    """  # noqa: D205 - the reason does not fit into one line
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def collect_rarely() -> None:
    """For the rest of the process, which imports modules and builds models: nothing of that is garbage."""
    young, *older = gc.get_threshold()
    if 0 < young < _MANY:  # 0 stands for off
        gc.set_threshold(_MANY, *older)


def is_command(name: str) -> bool:
    """Whether this process is that command, and not a program that imports it.

    Args:
        name: as in ``name …`` or ``python -m name …``; of the latter Python only tells the first word while it imports.
    """
    called = PurePath(sys.argv[0]) if sys.argv else PurePath()
    if called.name == "-m":
        return name in sys.orig_argv
    return name in {called.stem, called.parent.name if called.name == "__main__.py" else ""}
