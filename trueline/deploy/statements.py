"""Every statement of a revision passes here: it gets its limits, is timed, watched and written down, or passed over.

SQLAlchemy asks before it sends a statement (``do_execute``), and before it commits (``commit``). Nothing is asked of
revisions: ``op`` calls, ``op.execute``, ``op.get_bind()`` and ORM sessions on it all come this way.
https://docs.sqlalchemy.org/en/20/core/events.html#sqlalchemy.events.DialectEvents
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import psycopg
from psycopg.generators import fetch_many
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, event

from trueline.deploy.answers import Kept, give
from trueline.deploy.current import Current
from trueline.deploy.events import Cleared, StatementBegan, StatementRan, Tell
from trueline.deploy.ledger import Ledger
from trueline.deploy.leftovers import clear, look, was_accomplished
from trueline.deploy.limits import UNLIMITED, Limits
from trueline.deploy.locks import Locks
from trueline.deploy.patience import Patience
from trueline.deploy.records import Outcome, Ran, Running, Surroundings
from trueline.deploy.statement import is_commit, is_validation, shown
from trueline.deploy.turn import Turn, lock_lost
from trueline.deploy.watch import Watch
from trueline.errors import TruelineError

#: What PostgreSQL says of a statement that cannot run in a transaction, and of a procedure that ends it.
_NOT_IN_TRANSACTION = (psycopg.errors.ActiveSqlTransaction, psycopg.errors.InvalidTransactionTermination)

Send = Callable[[], None]


class InterruptedStatementError(Exception):
    """What a revision is told when the command was interrupted in the middle of its statement."""


@dataclass(slots=True)
class Statements:
    """The statements of one run.

    Attributes:
        connection: that the revisions use.
        ledger: where they are written down.
        deploy: number of the run's row in it.
        turn: the lock on the database.
        limits: of every statement that can have them.
        patience: with locks.
        watch: looks on.
        tell: hears of all.
        skip: whether a statement that was interrupted outside of a transaction shall count as done.
        current: the revision that is being run, or none between two.
        interrupt: what has interrupted the command in the middle of a statement, if anything.
    """

    connection: Connection
    ledger: Ledger
    deploy: int
    turn: Turn
    limits: Limits
    patience: Patience
    watch: Watch
    tell: Tell
    skip: bool = False
    current: Current | None = None
    interrupt: KeyboardInterrupt | None = None
    driver: psycopg.Connection[Any] = field(init=False)
    _locks: Locks = field(default_factory=Locks)
    _has_limits: bool = True

    def __post_init__(self) -> None:
        """Ask once for the driver's own connection: another one would not hold the lock."""
        driver: Any = self.connection.connection.driver_connection
        self.driver = driver

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen to the connection while the body runs."""
        engine = self.connection.engine
        heard: tuple[tuple[str, Callable[..., Any]], ...] = (
            ("do_execute", self._on_execute),
            ("do_execute_no_params", self._on_execute_bare),
            ("do_executemany", self._on_executemany),
            ("commit", self._on_commit),
        )
        for name, listener in heard:
            event.listen(engine, name, listener)
        try:
            yield
        finally:
            for name, listener in heard:
                event.remove(engine, name, listener)

    def _on_execute(self, cursor: Any, statement: str, parameters: Any, _context: Any) -> bool | None:
        return self._hear(cursor, statement, lambda: cursor.execute(statement, parameters))

    def _on_execute_bare(self, cursor: Any, statement: str, _context: Any) -> bool | None:
        return self._hear(cursor, statement, lambda: cursor.execute(statement))

    def _on_executemany(self, cursor: Any, statement: str, parameters: Any, _context: Any) -> bool | None:
        return self._hear(cursor, statement, lambda: cursor.executemany(statement, parameters))

    def _hear(self, cursor: Any, statement: str, send: Send) -> bool | None:
        """Let nobody but this know of Ctrl-C: SQLAlchemy would drop the connection, and the lock on the database."""
        if self.interrupt is not None:
            raise InterruptedStatementError
        try:
            return self._pass(cursor, statement, send)
        except KeyboardInterrupt as interrupt:
            self.interrupt = interrupt
            quiet(self.driver)
            raise InterruptedStatementError from None

    def _pass(self, cursor: Any, statement: str, send: Send) -> bool | None:
        """True when the statement has been dealt with; else SQLAlchemy sends it."""
        current = self.current
        if current is None or current.applied or cursor.connection is not self.driver:
            return None
        if current.come_to(statement):
            self._pass_over(cursor, current)
        elif cursor.connection.autocommit:
            self._run_alone(cursor, current, statement, send)
        else:
            self._run_within(cursor, current, statement, send)
        return True

    def _pass_over(self, cursor: Any, current: Current) -> None:
        """It is done; what it gave back then is given back now."""
        self._refuse_unheard(current)
        answer = current.progress.answers.get(current.number)
        if answer is None:
            return
        with cursor.connection.transaction():
            if not give(cursor, answer):
                raise _unrepeatable(current)

    def _refuse_unheard(self, current: Current) -> None:
        """While statements are passed over nothing is sent, so that a transaction is of something that is not one.

        Raises:
            TruelineError: there is one, and it would be done a second time.
        """
        if current.number <= current.over and self.driver.info.transaction_status == TransactionStatus.INTRANS:
            raise _unheard(current)

    def _run_within(self, cursor: Any, current: Current, statement: str, send: Send) -> None:
        driver = cursor.connection
        if driver.info.transaction_status == TransactionStatus.IDLE:
            self._begin()
        self._settle(current)
        if is_commit(statement) and driver.info.transaction_status == TransactionStatus.INTRANS:
            self.write(current, "begun")  # with what it commits, or not at all
        with self._unlimited(statement):
            self._timed(cursor, current, statement, send)
        if driver.info.transaction_status == TransactionStatus.IDLE:  # it had a COMMIT of its own
            self.write(current, "begun")
            driver.commit()

    def _begin(self) -> None:
        """The first thing in a transaction: the limits, if a revision has changed those of the session."""
        self._locks.clear()
        if not self._has_limits:
            # That it has them is only known once this is committed, and then `write` has asked.
            psycopg.Cursor(self.driver).execute(self.limits.sql("SESSION").encode())

    def _settle(self, current: Current) -> None:
        """Find out what the statement before has locked, before another one locks more."""
        if self._locks.is_unsettled and current.new:
            current.new[-1] = replace(current.new[-1], locks=self._locks.settle(self.driver))

    @contextmanager
    def _unlimited(self, statement: str) -> Iterator[None]:
        if not self.limits.statement or not is_validation(statement):
            yield
            return
        run = psycopg.Cursor(self.driver).execute
        run("SET LOCAL statement_timeout = 0")
        yield
        run(f"SET LOCAL statement_timeout = {self.limits.statement}".encode())

    def _timed(self, cursor: Any, current: Current, statement: str, send: Send, *, alone: bool = False) -> None:
        revision, number, words = current.progress.revision, current.number, shown(statement)
        self.tell(StatementBegan(revision, number, words))
        begun = monotonic()
        try:
            with self.watch.over(words):
                send()
        except psycopg.Error as error:
            current.answers.refused(number, error)
            raise
        current.answers.took(number, cursor)
        if current.is_kept:
            ran = Ran(words, monotonic() - begun, {}, alone)
            self._locks.after(cursor)
            current.new.append(ran)
            self.tell(StatementRan(revision, number, ran))

    def _run_alone(self, cursor: Any, current: Current, statement: str, send: Send) -> None:
        """Outside of the revision's transactions: what can, has one of its own, and the ledger with it."""
        if current.is_at_interrupted and self._is_past_interrupted(current):
            return
        while True:
            try:
                self._run_in_its_own(cursor, current, statement, send)
            except _NOT_IN_TRANSACTION:
                self._run_outside(cursor, current, statement, send)
            except psycopg.Error as error:
                if not self.patience.waits(error, current.progress.revision, self.watch.blockers):
                    raise
                continue
            return

    def _run_in_its_own(self, cursor: Any, current: Current, statement: str, send: Send) -> None:
        with self.driver.transaction():
            self._begin()
            with self._unlimited(statement):
                self._timed(cursor, current, statement, send)
            self.write(current, "begun")

    def _run_outside(self, cursor: Any, current: Current, statement: str, send: Send) -> None:
        """As `CREATE INDEX CONCURRENTLY` has to: what is known beforehand tells a second run how far it came."""
        interrupted = current.progress.running if current.is_at_interrupted else None
        if interrupted and interrupted.statement != shown(statement):
            interrupted = None  # it was corrected meanwhile, and what the other one did is not what this one does
        running = interrupted or self._mark(current, statement)
        with self._without_limits():
            while True:
                try:
                    self._timed(cursor, current, statement, send, alone=True)
                except psycopg.Error as error:
                    if self.driver.broken or self.driver.closed:
                        raise
                    if interrupted and was_accomplished(error, interrupted, look(self.driver)):
                        current.answers.forget(current.number)
                        break
                    self._clear(running)
                    if not self.patience.waits(error, current.progress.revision, self.watch.blockers):
                        raise
                    interrupted = running  # a DETACH may have come to its end by what was cleared away
                    continue
                break
        with self.driver.transaction():
            self.write(current, "begun")

    def _mark(self, current: Current, statement: str) -> Running:
        before = look(self.driver)
        running = Running(
            current.number,
            shown(statement),
            before.indexes,
            frozenset(oid for oid, *_ in before.invalid),
            before.partitions,
            frozenset(before.detaching),
        )
        self.write(current, "begun", running)
        return running

    def _is_past_interrupted(self, current: Current) -> bool:
        """Take away what the interrupted statement left; says whether it shall count as done."""
        running = current.progress.running
        if self.skip or running is None:
            self.write(current, "begun")
            return True
        with self._without_limits():
            self._clear(running)
        return False

    def _clear(self, running: Running) -> None:
        for statement in clear(self.driver, running):
            self.tell(Cleared(statement))

    @contextmanager
    def _without_limits(self) -> Iterator[None]:
        run = psycopg.Cursor(self.driver).execute
        run(UNLIMITED.sql("SESSION").encode())
        try:
            yield
        finally:
            if not (self.driver.broken or self.driver.closed):
                run(self.limits.sql("SESSION").encode())

    def _on_commit(self, connection: Connection) -> None:
        current = self.current
        if current is None or connection.connection.driver_connection is not self.driver or self.driver.autocommit:
            return
        if self.driver.info.transaction_status == TransactionStatus.INTRANS:
            if not current.applied:
                self._refuse_unheard(current)
            self.write(current, "done" if current.applied else "begun")

    def write(self, current: Current, outcome: Outcome, running: Running | None = None) -> None:
        """Write down how far the revision is; refuses to go on where the lock on the database is lost."""
        progress = current.now(running)
        if progress.finished == current.progress.finished and running is None and outcome == "begun" and not self.skip:
            return
        held = self._locks.held if self._locks.is_unsettled else None
        surroundings = Surroundings(self.turn.token, held)
        written = self.ledger.write(self.driver, progress, current.account(self.deploy, outcome), surroundings)
        if not written.has_turn:
            raise lock_lost()
        self._keep_answers(current, written.id, progress.finished, outcome)
        current.written(replace(progress, id=written.id))
        self._locks.clear()
        self._has_limits = written.limits == self.limits.words

    def _keep_answers(self, current: Current, row: int, finished: int, outcome: Outcome) -> None:
        kept = Kept(self.ledger.schema)
        if outcome != "begun":
            if current.progress.id is not None:
                kept.drop(self.driver, [row])
            current.answers.clear()
        elif told := current.answers.documents(self.driver.adapters, finished):
            kept.keep(self.driver, row, told)


def quiet(driver: psycopg.Connection[Any]) -> None:
    """Cancel what still runs: Ctrl-C may come when a statement was just sent, and the driver is not yet waiting."""
    if driver.closed or driver.info.transaction_status != TransactionStatus.ACTIVE:
        return
    try:
        driver.cancel()
        driver.wait(fetch_many(driver.pgconn))
    except psycopg.Error:
        driver.close()


def _unheard(current: Current) -> TruelineError:
    revision = current.progress.revision
    return TruelineError(
        f"revision {revision} cannot be gone on with: beside its {current.over} statements that are done it runs "
        "others on the driver's own cursor, and nobody knows which of these are",
        fix="use op.execute() or op.get_bind().execute() in revisions that leave their transaction\n"
        f"finish by hand what is left of this one, then: alembic stamp {revision}\n"
        "or, once the database is as it was before it: alembic -x resume=restart upgrade head",
    )


def _unrepeatable(current: Current) -> TruelineError:
    revision = current.progress.revision
    return TruelineError(
        f"revision {revision} cannot be gone on with: its statement {current.number} is done and committed, "
        "and what it gave back was not kept: there was too much of it, or it came through a cursor of the server's",
        fix=f"finish by hand what is left of the revision, then: alembic stamp {revision}\n"
        "or, once the database is as it was before it: alembic -x resume=restart upgrade head",
    )
