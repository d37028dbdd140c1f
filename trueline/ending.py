"""How a command ends that cannot go on: interrupted, or without its connection. In words, and without a traceback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from alembic.config import Config
from alembic.util import messaging
from sqlalchemy.exc import SQLAlchemyError

from trueline.errors import TruelineError
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
    except KeyboardInterrupt as interrupt:
        if tell is None:
            raise
        tell(f"interrupted: {so_far()}")
        raise SystemExit(getattr(interrupt, "exit_code", _INTERRUPTED)) from None
    except (psycopg.Error, SQLAlchemyError) as error:
        known = lost(error)
        if known is None:
            raise
        raise known from None


@contextmanager
def coded(config: Config) -> Iterator[None]:
    """Let an error that has an exit code of its own end Alembic's command line with it, instead of with 255."""
    try:
        yield
    except TruelineError as error:
        options = config.cmd_opts
        if options is None or getattr(options, "raiseerr", False) or error.exit_code == TruelineError.exit_code:
            raise
        try:
            messaging.err(str(error), **config.messaging_opts)
        except SystemExit:
            raise SystemExit(error.exit_code) from None


def told_by(config: Config | None) -> Callable[[str], object] | None:
    """How Alembic's command line tells something; None where a program has called it."""
    if config is None or config.cmd_opts is None:
        return None
    return lambda line: config.print_stdout("%s", line)
