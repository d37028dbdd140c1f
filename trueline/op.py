"""``alembic.op`` under a name whose type stub knows trueline's operations too."""

from __future__ import annotations

from typing import Any

from alembic import op as _op


def __getattr__(name: str) -> Any:
    return getattr(_op, name)
