"""Which of Alembic's commands is running, and how its transaction is ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection


def command_of(options: Mapping[str, Any]) -> str:
    """The command of `alembic.command` that is running, such as ``check``; empty where none is.

    Args:
        options: of the migration context. Every command gives it a function of its own.
    """
    function = options.get("fn")
    return str(function.__qualname__).partition(".")[0] if function is not None else ""


def leave(connection: Connection, *, fresh: bool) -> None:
    """End the transaction of what was only read, unless somebody else has begun it."""
    if fresh and connection.in_transaction():
        connection.rollback()
