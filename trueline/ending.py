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
def ending(config: Config | None, so_far: Callable[[], str]) -> Iterator[None]:
    """Let Ctrl-C end a command in a line, with what it had under way rolled back and cleared away before.

    Args:
        config: Alembic's. Where no command line has made it, Ctrl-C is left to whoever called.
        so_far: what has been done and what not.

    Raises:
        LostError: the connection went, wherever that was noticed.
        SystemExit: this was interrupted.
    """
    try:
        yield
    except KeyboardInterrupt:
        if config is None or config.cmd_opts is None:
            raise
        config.print_stdout("%s", f"interrupted: {so_far()}")
        raise SystemExit(_INTERRUPTED) from None
    except (psycopg.Error, SQLAlchemyError) as error:
        known = lost(error)
        if known is None:
            raise
        raise known from None
