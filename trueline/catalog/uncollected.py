"""Letting garbage collection rest."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
