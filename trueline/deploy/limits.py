"""How long a statement may wait for a lock, and how long it may run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from trueline.deploy.statement import is_validation, runs_outside
from trueline.errors import TruelineError
from trueline.settings import Settings

#: Seconds to wait for one lock, unless the server looks for deadlocks earlier than that.
LOCK_TIMEOUT = 1.0

#: So much below ``deadlock_timeout``, that the migration gives way and not the application: of those who wait in a
#: circle PostgreSQL ends the one that has waited that long first.
_BELOW = 0.9

#: What PostgreSQL has for ``deadlock_timeout`` where nobody can ask it, in seconds.
USUAL_DEADLOCK_TIMEOUT = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """In milliseconds, as PostgreSQL takes them; 0 is none.

    Attributes:
        lock: for each lock that a statement waits for, not for all of them together.
        statement: for the statement as a whole, with its waiting.
    """

    lock: int
    statement: int

    def sql(self, scope: str) -> str:
        """The two ``SET`` statements.

        Args:
            scope: ``LOCAL`` for the transaction, ``SESSION`` until it is set again.
        """
        return f"SET {scope} lock_timeout = {self.lock}; SET {scope} statement_timeout = {self.statement}"

    @property
    def words(self) -> tuple[str, str]:
        """Both as PostgreSQL shows them: in the largest unit that leaves no rest."""
        return _shown(self.lock), _shown(self.statement)

    def around(self, statement: str, *, within: bool) -> tuple[str, ...]:
        """A statement of a script, with what limits it more or less than those before and after it.

        Args:
            statement: one, with its semicolon; a comment or an end of a transaction is left as it is.
            within: whether it stands in a transaction, which has its limits from its beginning.
        """
        if statement.lstrip().startswith("--") or statement in _ENDS:
            return (statement,)
        if within:
            if not self.statement or not is_validation(statement):
                return (statement,)
            return ("SET LOCAL statement_timeout = 0;", statement, f"SET LOCAL statement_timeout = {self.statement};")
        limits = UNLIMITED if runs_outside(statement) else self
        return (f"{limits.sql('SESSION')};", statement, "RESET lock_timeout; RESET statement_timeout;")


def _shown(milliseconds: int) -> str:
    units = (("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1))
    unit, size = next(each for each in units if milliseconds % each[1] == 0)
    return f"{milliseconds // size}{unit}" if milliseconds else "0"


_ENDS = frozenset({"BEGIN;", "COMMIT;"})

#: For what waits for other transactions by its nature, such as CREATE INDEX CONCURRENTLY.
UNLIMITED = Limits(0, 0)


def limits_of(
    settings: Settings, arguments: Mapping[str, str], deadlock_timeout: float = USUAL_DEADLOCK_TIMEOUT
) -> Limits:
    """From ``-x lock-timeout=2 -x statement-timeout=60``, the settings, and the server.

    Args:
        settings: what the project says.
        arguments: from ``-x``, which come first.
        deadlock_timeout: the server's, in seconds.

    Raises:
        TruelineError: what was typed is no number of seconds.
    """
    lock = _seconds(arguments, "lock-timeout", settings.lock_timeout, least=0.001)
    statement = _seconds(arguments, "statement-timeout", settings.statement_timeout, least=0)
    if lock is None:
        lock = min(LOCK_TIMEOUT, deadlock_timeout * _BELOW)
    return Limits(max(1, round(lock * 1000)), round((statement or 0) * 1000))


def deadlock_timeout(connection: Connection) -> float:
    """The server's, in seconds; a connection that had no transaction before has none afterwards."""
    fresh = not connection.in_transaction()
    milliseconds = connection.exec_driver_sql(_DEADLOCK_TIMEOUT).scalar_one()
    if fresh:
        connection.rollback()
    return float(milliseconds) / 1000


_DEADLOCK_TIMEOUT = "SELECT setting::float FROM pg_catalog.pg_settings WHERE name = 'deadlock_timeout'"


def _seconds(arguments: Mapping[str, str], name: str, otherwise: float | None, *, least: float) -> float | None:
    if name not in arguments:
        return otherwise
    try:
        seconds = float(arguments[name])
    except ValueError:
        seconds = -1
    if not least <= seconds <= 2_000_000:
        raise TruelineError(
            f"{arguments[name]!r} is no number of seconds{'' if least == 0 else ' above 0'}",
            where=f"-x {name}={arguments[name]}",
            fix=f"alembic -x {name}=2.5 upgrade head",
        )
    return seconds
