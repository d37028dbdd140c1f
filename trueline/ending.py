"""How a command ends that cannot go on: interrupted, or without its connection. In words, and without a traceback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from alembic.config import Config
from sqlalchemy.exc import SQLAlchemyError

from trueline.failure import lost

#: The shell's for SIGINT.
_INTERRUPTED = 130


@contextmanager
def ending(so_far: Callable[[], str], tell: Callable[[str], object] | None) -> Iterator[None]:
    """Let Ctrl-C end a command in a line, with what it had under way rolled back and cleared away before.

    Args:
        so_far: what has been done and what not.
        tell: shows the line. Where there is nobody to tell, Ctrl-C is left to whoever called.

    Raises:
        LostError: the connection went, wherever that was noticed.
        SystemExit: this was interrupted.
    """
    try:
        yield
    except KeyboardInterrupt:
        if tell is None:
            raise
        tell(f"interrupted: {so_far()}")
        raise SystemExit(_INTERRUPTED) from None
    except (psycopg.Error, SQLAlchemyError) as error:
        known = lost(error)
        if known is None:
            raise
        raise known from None


def told_by(config: Config | None) -> Callable[[str], object] | None:
    """How Alembic's command line tells something; None where a program has called it."""
    if config is None or config.cmd_opts is None:
        return None
    return lambda line: config.print_stdout("%s", line)
