"""One run of ``upgrade``, ``downgrade`` or ``stamp``: everything between taking the lock and letting it go.

Alembic runs the revisions. What is added around them: limits, the ledger, going on where an interrupted run stopped,
trying again where a lock could not be had. A revision that failed for want of a lock is rolled back as a whole; then
Alembic is asked once more for what is left to do, which begins with that revision.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import wraps
from importlib.metadata import version as version_of
from pathlib import Path
from time import monotonic
from typing import Any, Literal, cast

import psycopg
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import digest
from trueline.catalog.describe import Difference
from trueline.catalog.diff import Delta
from trueline.deploy.current import Current
from trueline.deploy.drifted import edited_since, in_words, packed, report, unpacked
from trueline.deploy.events import Began, Blocker, RevisionBegan, RevisionFinished, Tell, WentOn
from trueline.deploy.heads import refuse_unknown
from trueline.deploy.hooks import Deploy, call
from trueline.deploy.interrupted import Resume, refuse_interrupted
from trueline.deploy.ledger import Ledger
from trueline.deploy.limits import Limits
from trueline.deploy.patience import Patience
from trueline.deploy.records import Progress, Surroundings
from trueline.deploy.source import source_digest
from trueline.deploy.statements import Statements, quiet
from trueline.deploy.turn import Turn
from trueline.deploy.watch import Connect, Watch
from trueline.errors import TruelineError
from trueline.settings import Settings


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked for, and what it needs to know.

    Attributes:
        command: ``upgrade``, ``downgrade`` or ``stamp``.
        settings: the project's.
        limits: of its statements.
        refuse_drift: whether a database that was changed by hand ends it.
        resume: what is to become of a revision that was interrupted.
        application: version of the application that is being deployed.
        read: reads the catalog.
        changed: how one catalog differs from an earlier one, as far as the project looks at it.
        second: makes another connection, for looking on.
    """

    command: str
    settings: Settings
    limits: Limits
    refuse_drift: bool
    resume: Resume
    application: str | None
    read: Callable[[], Catalog]
    changed: Callable[[Catalog, Catalog], Delta]
    second: Connect | None


@dataclass(slots=True)
class Run:
    """A run; `go` is all of it."""

    connection: Connection
    context: MigrationContext
    script: ScriptDirectory
    ledger: Ledger
    turn: Turn
    tell: Tell
    order: Order
    statements: Statements = field(init=False)
    applied: list[str] = field(default_factory=list)
    driver: psycopg.Connection[Any] = field(init=False)
    _left: list[Any] = field(default_factory=list)
    _known: dict[tuple[str, str], Progress] = field(default_factory=dict)
    _tries: dict[str, int] = field(default_factory=dict)
    _pending: tuple[str, ...] = ()
    _deploy: int | None = None
    _ledger_is_there: bool = False

    def go(self) -> None:
        """Run what there is to run.

        Raises:
            TruelineError: the database is at a revision that no file has, was changed by hand and that is refused, has
                a revision half applied that this command does not finish, or the lock was lost.
            DBAPIError: a statement failed.
        """
        self.driver = _driver_of(self.connection)
        try:
            self._go()
        except KeyboardInterrupt:  # of what is read before and after the revisions
            quiet(self.driver)
            raise

    def _go(self) -> None:
        self._look_around()
        self.statements = Statements(
            self.connection,
            self.ledger,
            0,
            self.turn,
            self.order.limits,
            self._patience(),
            Watch(self.driver.info.backend_pid, self.order.second, self.tell),
            self.tell,
            skip=self.order.resume == "skip",
        )
        with ExitStack() as stack:
            stack.enter_context(self._limited())
            stack.enter_context(self.statements.watch.watching())
            stack.enter_context(self.statements.heard())
            try:
                self._run()
            except BaseException as raised:
                error = self.statements.interrupt or raised
                quiet(self.driver)
                self._failed(error)
                self._call_after("failed", error)
                if error is raised:
                    raise
                raise error from None
            try:
                self._call_after("done")
            except BaseException as error:
                self._failed(error)
                raise
        self._succeeded()

    def _patience(self) -> Patience:
        settings = self.order.settings
        return Patience(settings.lock_retries, settings.lock_wait, settings.lock_wait_max, self.tell)

    def _look_around(self) -> None:
        """What there is before anything is changed."""
        heads = self.context.get_current_heads()
        self._ledger_is_there = self.ledger.exists(self.driver)
        begun = self._begun() if self._ledger_is_there else []
        if self.order.command != "stamp":
            refuse_unknown(self.script, heads)
        if begun and (self.order.resume == "restart" or self.order.command == "stamp"):
            self.ledger.forget(self.driver, [each.revision for each in begun])
            begun = []
        self._end_transaction()
        self._known = {(each.revision, each.direction): each for each in begun}

    def _begun(self) -> list[Progress]:
        return [self.ledger.with_answers(self.driver, each) for each in self.ledger.begun(self.driver)]

    def _end_transaction(self) -> None:
        self.driver.commit()
        if self.connection.in_transaction():
            self.connection.commit()

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """For the whole session: what is not run for a revision, hooks among it, has limits as well."""
        self.turn.refuse_loss(self.driver)
        before = {name: self._shown(name) for name in ("lock_timeout", "statement_timeout")}
        psycopg.Cursor(self.driver).execute(self.order.limits.sql("SESSION").encode())
        self._end_transaction()
        try:
            yield
        finally:
            with suppress(psycopg.Error):
                self.driver.rollback()
                for name, value in before.items():
                    psycopg.Cursor(self.driver).execute("SELECT set_config(%s, %s, false)", (name, value))
                self.driver.commit()

    def _shown(self, name: str) -> str:
        row = psycopg.Cursor(self.driver).execute("SELECT current_setting(%s)", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _run(self) -> None:
        """Until nothing is left to do; again, where a lock could not be had."""
        steps: Any = self.context._migrations_fn

        def found(heads: Any, _context: Any) -> Iterable[Any]:
            if self.context._transaction_per_migration:
                self._end_transaction()  # the first revision shall have one of its own
            else:
                self._left = self._listed(steps, heads)  # those that had run are rolled back
            return self._stepping()

        heads = self.context.get_current_heads()
        self._left = self._listed(steps, () if self.context.purge else heads)
        self._begin(heads, self._left)
        self.context._migrations_fn = found
        try:
            while not self._finishes():
                pass
        finally:
            self.context._migrations_fn = steps

    def _listed(self, steps: Callable[..., Iterable[Any]], heads: Any) -> list[Any]:
        """What is to be done; only asked once: ``+2`` is counted from where the database was at the beginning."""
        found = list(steps(heads, self.context))
        for step in found:
            if isinstance(step, RevisionStep):
                step.migration_fn = self._wrapped(step, step.migration_fn)
        return found

    def _finishes(self) -> bool:
        try:
            with self.context.begin_transaction(), Operations.context(self.context):
                self.context.run_migrations()
        except (DBAPIError, psycopg.Error) as error:  # of a statement; of what is written down before a commit
            current = self.statements.current
            if current is None:
                raise
            self.connection.rollback()
            if not self.driver.closed:  # to SQLAlchemy a transaction has ended whose commit was not even begun
                self.driver.rollback()
            original = error.orig if isinstance(error, DBAPIError) else error
            if not self.statements.patience.waits(original, current.progress.revision, self.blockers):
                raise
            self.statements.current = None
            self._tries[current.progress.revision] = current.attempts
            self._remember()
            return False
        return True

    @property
    def blockers(self) -> Sequence[Blocker]:
        """Who was in the way of the last statement."""
        return self.statements.watch.blockers if hasattr(self, "statements") else ()

    def _remember(self) -> None:
        """What of an attempt that failed is committed."""
        if self._ledger_is_there:
            self._known = {(each.revision, each.direction): each for each in self._begun()}
            self._end_transaction()

    def _begin(self, heads: Any, steps: list[Any]) -> None:
        """Once, before the first revision, and where there is none."""
        self._pending = tuple(_name(step) for step in steps)
        runs = [step for step in steps if isinstance(step, RevisionStep)]
        refuse_interrupted(self._known.values(), runs, self.order.command)
        if runs and self._ledger_is_there:
            self._look_for_drift(heads)
        call(self.order.settings.before, "before", Deploy(self.connection, self.order.command, self._pending))
        if not steps and not self._is_unfinished():
            return
        if not self._ledger_is_there:
            self.ledger.create(self.driver)
            self._ledger_is_there = True
        self._deploy = self.statements.deploy = self.ledger.begin(
            self.driver,
            command=self.order.command,
            host=socket.gethostname(),
            process=os.getpid(),
            version=self.order.application,
            trueline=version_of("trueline"),
            heads=sorted(heads),
        )
        self._end_transaction()
        self.tell(Began(len(runs)))

    def _is_unfinished(self) -> bool:
        """Whether the last command could not tell that it went well; this one does then, even with nothing to run."""
        unfinished = self._ledger_is_there and self.ledger.is_unfinished(self.driver)
        self._end_transaction()
        return unfinished

    def _look_for_drift(self, heads: Any) -> None:
        """Compare with what the last deploy has left; one that was interrupted later has left what nobody knows."""
        last = self.ledger.last(self.driver)
        applied = self.ledger.sources(self.driver)
        self._end_transaction()
        kept = unpacked(last.catalog) if last and last.catalog and last.heads == tuple(sorted(heads)) else None
        changed = self._changed_since(kept) if kept and not self._known else []
        self._end_transaction()
        report(changed, edited_since(self.script, applied), last, refuse=self.order.refuse_drift)

    def _changed_since(self, kept: Catalog) -> list[Difference]:
        now = self.order.read()
        return in_words(self.order.changed(kept, now)) if kept.major == now.major else []

    def _stepping(self) -> Iterator[Any]:
        while self._left:
            yield self._left[0]
            self._finished()
            self._left.pop(0)

    def _wrapped(self, step: Any, run: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(run)  # Alembic tells its name
        def migrate(**options: Any) -> None:
            current = self._start(step)
            run(**options)
            current.refuse_less()
            current.applied = True

        return migrate

    def _start(self, step: Any) -> Current:
        revision, direction = _name(step), "up" if step.is_upgrade else "down"
        known = self._known.get((revision, direction), Progress(revision, direction))
        tries = self._tries.pop(revision, 0) + 1
        self.statements.current = current = Current(known, source_digest(Path(step.revision.path)), attempts=tries)
        self.tell(RevisionBegan(revision, step.revision.doc or ""))
        if known.finished or known.running:
            self.tell(WentOn(revision, known.finished))
        return current

    def _finished(self) -> None:
        """The revision that ran is committed."""
        current, self.statements.current = self.statements.current, None
        if current is None:
            return
        if not current.is_written:  # all revisions are in one transaction
            self.statements.write(current, "done")
        self.applied.append(current.progress.revision)
        self._known.pop((current.progress.revision, current.progress.direction), None)
        revision, seconds = current.progress.revision, monotonic() - current.started
        self.tell(RevisionFinished(revision, seconds, current.number))

    def _call_after(self, outcome: Literal["done", "failed"], error: BaseException | None = None) -> None:
        if self.driver.closed:
            return
        deploy = Deploy(self.connection, self.order.command, self._pending, outcome, error)
        call(self.order.settings.after, "after", deploy)

    def _succeeded(self) -> None:
        if self._deploy is None:
            return
        catalog = self.order.read()
        self._end_transaction()
        self.ledger.end(
            self.driver,
            self._deploy,
            outcome="done",
            heads=sorted(self.context.get_current_heads()),
            digest=digest(catalog.own()),
            catalog=packed(catalog),
        )
        self._end_transaction()

    def _failed(self, error: BaseException) -> None:
        """Write down that it failed, as far as there still is a connection."""
        current, self.statements.current = self.statements.current, None
        with suppress(psycopg.Error, SQLAlchemyError):
            self.connection.rollback()
            self.driver.rollback()
            if self._deploy is not None:
                self._write_failure(self._deploy, current, error)
                self._end_transaction()

    def _write_failure(self, deploy: int, current: Current | None, error: BaseException) -> None:
        message = _in_a_line(error)
        self.ledger.end(self.driver, deploy, outcome="failed", message=message, heads=None)
        if current is None:
            return
        self._remember()
        here = Surroundings(self.turn.token)
        committed = self._known.get((current.progress.revision, current.progress.direction))
        if committed is None:
            account = current.account(deploy, "failed", message)
            self.ledger.write(self.driver, replace(current.progress, id=None, finished=0, chain=""), account, here)
        else:
            self.ledger.write(
                self.driver, committed, replace(current.account(deploy, "begun", message), statements=()), here
            )


def _driver_of(connection: Connection) -> psycopg.Connection[Any]:
    """Asked for once: a connection that was lost would make another one, which does not hold the lock."""
    driver: psycopg.Connection[Any] = cast("Any", connection.connection.driver_connection)
    return driver


def _name(step: Any) -> str:
    return str(step.revision.revision) if isinstance(step, RevisionStep) else str(step.to_)


def _in_a_line(error: BaseException) -> str:
    """Without the statement and its parameters: they may hold what must not be kept."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, psycopg.Error):
        return f"{original.diag.message_primary or type(original).__name__} [{original.sqlstate}]"
    if isinstance(original, TruelineError):
        return original.what
    return "interrupted" if isinstance(error, KeyboardInterrupt) else type(original).__name__
