"""What happens to a statement while it runs, seen from a second connection: who blocks it, and how far it is.

The second connection is only made for a statement that takes long.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import psycopg
from psycopg.rows import dict_row

from trueline.deploy.events import Blocker, Stage, StillRunning, Tell
from trueline.deploy.statement import shown

#: Seconds between two looks, and before the first.
_EVERY, _FIRST = 0.25, 0.5

_BLOCKERS = """
SELECT a.pid, a.application_name, a.usename, a.state, a.query,
       extract(epoch FROM clock_timestamp() - a.xact_start)::float AS age
FROM pg_catalog.pg_stat_activity a WHERE a.pid = ANY (pg_catalog.pg_blocking_pids(%s))
"""

# https://www.postgresql.org/docs/current/progress-reporting.html
_STAGES = """
SELECT phase, greatest(blocks_done, tuples_done, lockers_done) AS done,
       greatest(blocks_total, tuples_total, lockers_total) AS total
FROM pg_catalog.pg_stat_progress_create_index WHERE pid = %(pid)s
UNION ALL
SELECT phase, heap_blks_scanned, heap_blks_total FROM pg_catalog.pg_stat_progress_cluster WHERE pid = %(pid)s
UNION ALL
SELECT phase, heap_blks_scanned, heap_blks_total FROM pg_catalog.pg_stat_progress_vacuum WHERE pid = %(pid)s
UNION ALL
SELECT 'copying', bytes_processed, bytes_total FROM pg_catalog.pg_stat_progress_copy WHERE pid = %(pid)s
"""

Connect = Callable[[], psycopg.Connection[Any]]


@dataclass(slots=True)
class Watch:
    """Looks at one backend from a thread of its own.

    Attributes:
        pid: of the backend.
        connect: makes the second connection, in autocommit mode; nothing is watched where there is no way to.
        blockers: who was last seen in the way of the last statement.
    """

    pid: int
    connect: Connect | None
    tell: Tell
    blockers: Sequence[Blocker] = ()
    _since: float | None = None
    _statement: str = ""
    _done: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Have the thread while the body runs."""
        if self.connect is not None:
            self._thread = threading.Thread(target=self._run, args=(self.connect,), name="trueline-watch", daemon=True)
            self._thread.start()
        try:
            yield
        finally:
            self._done.set()
            if self._thread is not None:
                self._thread.join(timeout=5)

    @contextmanager
    def over(self, statement: str) -> Iterator[None]:
        """Look at what this statement does while the body runs."""
        self.blockers, self._statement, self._since = (), statement, monotonic()
        try:
            yield
        finally:
            self._since = None

    def _run(self, connect: Connect) -> None:
        while not self._done.wait(_EVERY):
            if self._is_long():
                # Whoever watches must not be what makes a deploy fail.
                with suppress(psycopg.Error), connect() as second:
                    self._look_on(second)

    def _is_long(self) -> bool:
        since = self._since
        return since is not None and monotonic() - since > _FIRST - _EVERY

    def _look_on(self, second: psycopg.Connection[Any]) -> None:
        while not self._done.is_set():
            if (since := self._since) is not None and self._is_long():
                self._look(second, since)
            self._done.wait(_EVERY)

    def _look(self, second: psycopg.Connection[Any], since: float) -> None:
        cursor = second.cursor(row_factory=dict_row)
        found = [
            Blocker(
                row["pid"],
                row["application_name"] or "",
                row["usename"] or "",
                row["state"] or "",
                shown(row["query"] or "", 200),
                row["age"],
            )
            for row in cursor.execute(_BLOCKERS, (self.pid,))
        ]
        if self._since == since and found:  # else it has come to its end meanwhile
            self.blockers = found
        row = cursor.execute(_STAGES, {"pid": self.pid}).fetchone()
        stage = None if row is None else Stage(row["phase"], int(row["done"] or 0), int(row["total"] or 0))
        self.tell(StillRunning(self._statement, monotonic() - since, stage, tuple(found)))
