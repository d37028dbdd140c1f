"""What a lock on a table does to everybody else.

https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

#: What others cannot do meanwhile, from the worst.
Risk = Literal["blocks reads", "blocks writes", "harmless"]

_BLOCKS_WRITES = frozenset({"ShareLock", "ShareRowExclusiveLock", "ExclusiveLock"})


def risk_of(modes: Iterable[str]) -> Risk:
    """Of the strongest of these modes, as ``pg_locks`` names them."""
    found = set(modes)
    if "AccessExclusiveLock" in found:
        return "blocks reads"
    return "blocks writes" if found & _BLOCKS_WRITES else "harmless"


def words_of(mode: str) -> str:
    """``AccessExclusiveLock`` as the manual writes it: ``ACCESS EXCLUSIVE``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", mode.removesuffix("Lock")).upper()
