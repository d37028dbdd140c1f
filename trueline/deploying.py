"""``alembic upgrade``, ``downgrade`` and ``stamp`` on a live database: what `deploy` needs to know, put together."""

from __future__ import annotations

import signal
import sys
import threading
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, cast

import psycopg
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Delta
from trueline.catalog.render.words import name
from trueline.catalog.snapshot import FRAMEWORK, read_catalog
from trueline.deploy.exits import LOCKED_OUT
from trueline.deploy.heads import explained_heads
from trueline.deploy.interrupted import resume_of
from trueline.deploy.ledger import Ledger
from trueline.deploy.limits import deadlock_timeout, limits_of
from trueline.deploy.lock import one_at_a_time
from trueline.deploy.run import Order, Run
from trueline.deploy.statement import shown
from trueline.deploy.telling import Style, telling
from trueline.deploy.watch import Connect
from trueline.errors import TruelineError
from trueline.failure import explain_failure, lost
from trueline.settings import Settings

#: Commands that change the database.
COMMANDS = frozenset({"upgrade", "downgrade", "stamp"})

_STYLES: tuple[Style, ...] = ("bar", "plain", "json")


class Stopped(KeyboardInterrupt):
    """SIGTERM: the driver cancels the statement that runs, as it does for Ctrl-C, and everything is rolled back."""

    exit_code = 128 + signal.SIGTERM


class LockedOutError(TruelineError):
    """A lock could not be had, however often it was tried."""

    exit_code = LOCKED_OUT


def deploy(
    connection: Connection,
    context: MigrationContext,
    script: ScriptDirectory,
    *,
    command: str,
    settings: Settings,
    arguments: Mapping[str, str],
    show: bool,
) -> None:
    """Run the command, one at a time.

    Args:
        connection: to the database, outside of a transaction.
        context: configured for the command.
        script: the revisions.
        command: of `COMMANDS`.
        settings: the project's.
        arguments: from ``-x``.
        show: whether there may be a person at a terminal.

    Raises:
        TruelineError: see `trueline.deploy.run.Run.go`; each with its exit code in `trueline.deploy.exits`.
        DBAPIError: PostgreSQL refused a statement.
    """
    order = _order(connection, context, command, settings, arguments)
    home = context._version.schema or connection.dialect.default_schema_name or "public"
    ledger = Ledger(home, context._version.name)
    with (
        _terminable(),
        one_at_a_time(connection, longest=settings.wait_timeout) as turn,
        telling(_style(arguments, show=show)) as tell,
        explained_heads(script),
    ):
        run = Run(connection, context, script, ledger, turn, tell, order)
        try:
            run.go()
        except (DBAPIError, psycopg.Error) as error:
            raise _explained(error, run, Path(script.dir)) from None


def _explained(error: DBAPIError | psycopg.Error, run: Run, migrations: Path) -> Exception:
    """An error of a statement, or of what is written down about it, without passwords."""
    if isinstance(error, psycopg.Error):  # of a statement that is no revision's
        locked_out = _locked_out(DBAPIError(None, None, error), run, migrations)
        return lost(error) or locked_out or _unkept(error, run.ledger.schema)
    error.statement = shown(error.statement) if error.statement else None
    return _locked_out(error, run, migrations) or error


def _locked_out(error: DBAPIError, run: Run, migrations: Path) -> TruelineError | None:
    if getattr(error.orig, "sqlstate", None) not in {"55P03", "40P01"}:
        return None
    known = explain_failure(error, migrations)
    return LockedOutError(
        known.what,
        where=(*known.where, *(f"waits for {each}" for each in run.blockers)),
        fix="end what is in the way, or deploy when less is going on; more patience: lock_retries, lock_timeout in "
        "[tool.trueline]\nSELECT pg_terminate_backend(pid)   -- of a session that is idle in transaction",
    )


def _unkept(error: psycopg.Error, schema: str) -> TruelineError:
    words = error.diag.message_primary or str(error).strip()
    return TruelineError(
        f"the ledger of deploys cannot be kept: {words} [{error.sqlstate}]",
        where=f"schema {name(schema)}",
        fix=f"GRANT USAGE, CREATE ON SCHEMA {name(schema)} TO …;   -- the role that migrates\n"
        "or choose a schema that it owns: version_schema in [tool.trueline]",
    )


def _order(
    connection: Connection, context: MigrationContext, command: str, settings: Settings, arguments: Mapping[str, str]
) -> Order:
    framework = FRAMEWORK | {context._version.name}
    return Order(
        command,
        settings,
        limits_of(settings, arguments, deadlock_timeout(connection)),
        _word(arguments, "on-drift", settings.on_drift, ("warn", "refuse")) == "refuse",
        resume_of(arguments),
        settings.application_version or _version_of(settings.project),
        read=lambda: read_catalog(connection, framework=framework),
        changed=lambda kept, now: changed_between(kept, now, settings),
        second=_second(connection),
    )


def changed_between(kept: Catalog, now: Catalog, settings: Settings) -> Delta:
    """How a catalog differs from an earlier one of the same database, as far as the project looks at it."""
    # Only here: it loads much, and most deploys need not.
    from trueline.autogen.scope import Scope, drift

    return drift(kept, now, Scope(ignore=settings.ignore, watch_extensions="extension" in settings.watch))


def _version_of(project: Path | None) -> str | None:
    if project is None:
        return None
    table = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    version = table.get("project", {}).get("version")
    return str(version) if version else None


def _second(connection: Connection) -> Connect | None:
    """Makes another connection to the same database, where the engine can have a second one."""
    engine = connection.engine
    if not isinstance(engine.pool, NullPool | QueuePool):
        return None

    def connect() -> psycopg.Connection[Any]:
        pooled = engine.raw_connection()
        driver: psycopg.Connection[Any] = cast("Any", pooled.driver_connection)
        pooled.detach()
        driver.autocommit = True
        return driver

    return connect


def _style(arguments: Mapping[str, str], *, show: bool) -> Style:
    usual: Style = "bar" if show and sys.stderr.isatty() else "plain"
    word = _word(arguments, "progress", usual, _STYLES)
    return next(style for style in _STYLES if style == word)


def _word(arguments: Mapping[str, str], name: str, usual: str, known: tuple[str, ...]) -> str:
    word = arguments.get(name, usual)
    if word not in known:
        raise TruelineError(
            f"{word!r} is no word for this; known: {', '.join(known)}",
            where=f"-x {name}={word}",
            fix=f"alembic -x {name}={known[0]} upgrade head",
        )
    return word


@contextmanager
def _terminable() -> Iterator[None]:
    """What stops a container sends SIGTERM, and would else leave a statement running on the server."""
    ours = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if not ours:
        yield
        return
    signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped
