"""Constraints and indexes that are for some databases only."""

from __future__ import annotations

from typing import Any


def on_postgresql(item: Any) -> bool:
    """Whether its own ``ddl_if(dialect=…)`` lets a constraint or index exist on PostgreSQL.

    What a function decides (``ddl_if(callable_=…)``) is taken to be there.
    """
    dialect = getattr(getattr(item, "_ddl_if", None), "dialect", None)
    return dialect is None or "postgresql" in ([dialect] if isinstance(dialect, str) else dialect)
