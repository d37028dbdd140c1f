"""The history in a scratch database of its own, for all who need it during one command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection

from trueline.readings.beginning import Beginning, Begun, begin
from trueline.readings.replay import Replay, Seen
from trueline.readings.sources import resolved
from trueline.readings.state import Migrated
from trueline.scratch.places import scratch_database
from trueline.scratch.session import session_of
from trueline.settings import Settings


@dataclass(slots=True)
class Stage:
    """A history that is made once; what is kept of it can be restored while others work.

    Attributes:
        script: the project's revisions.
        live: the database whose server and session count.
        settings: where scratch databases and kept readings are.
        options: what env.py gives to ``context.configure``.
        watch: what is read beside the usual.
        framework: tables to mark as the framework's.
    """

    config: Config
    script: ScriptDirectory
    live: Connection
    settings: Settings
    options: Mapping[str, Any]
    watch: frozenset[str]
    framework: frozenset[str]
    _stack: ExitStack = field(default_factory=ExitStack, repr=False)
    _connection: Connection | None = None
    _beginning: Beginning | None = None
    _restoring: Future[Seen | None] | None = None
    _begun: Begun | None = None

    def prepare(self) -> None:
        """Restore aside what is kept of the heads; where nothing is, or that cannot be, this is left for later."""
        try:
            self._begin(resolved(self.script, "heads"), aside=True)
        except (CommandError, psycopg.Error):
            self.close()

    def migrated(self) -> Migrated:
        """What the heads lead to.

        Raises:
            ReplayError: a revision failed.
            TruelineError: there is no place for a scratch database.
        """
        if self._beginning is not None and self._beginning.known is not None:
            return self._beginning.known
        return self._at(resolved(self.script, "heads")).migrated

    def replay(self, heads: Sequence[str]) -> Replay:
        """The replay up to these revisions. It is the caller's, who may lead it on.

        Raises:
            ReplayError: a revision failed.
            TruelineError: there is no place for a scratch database.
        """
        replay = self._at(tuple(heads)).replay
        self._beginning = self._begun = None
        return replay

    def close(self) -> None:
        """Drop the database, also under the hands of who is restoring it."""
        if self._restoring is None or self._restoring.done():
            self._disconnect()
        self._beginning = self._begun = self._restoring = None
        self._stack.close()

    def _begin(self, heads: tuple[str, ...], *, aside: bool = False) -> Beginning:
        self.close()
        pool = ThreadPoolExecutor(1)
        # The last comes first: nobody waits for who is at work before there is nothing left to work on.
        self._stack.callback(self._disconnect)
        self._stack.callback(pool.shutdown)
        scratch = self._stack.enter_context(scratch_database(self.live, self.settings))
        self._connection = scratch.connect()
        replay = Replay(self._connection, scratch, self.config, self.script, self.options, self.watch, self.framework)
        self._beginning = begin(replay, session_of(self.live), self.settings, heads)
        self._restoring = pool.submit(self._beginning.restored) if aside else None
        return self._beginning

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(Exception):  # its database may be gone
                self._connection.invalidate()
                self._connection.close()
            self._connection = None

    def _at(self, heads: tuple[str, ...]) -> Begun:
        beginning = self._beginning
        if self._begun is None or beginning is None or beginning.heads != heads:
            try:
                self._begun = self._ended(heads)
            except BaseException:
                self.close()
                raise
        return self._begun

    def _ended(self, heads: tuple[str, ...]) -> Begun:
        beginning = self._beginning
        if beginning is not None and beginning.heads == heads and self._restoring is not None:
            with suppress(psycopg.Error):  # its connection was lost
                return beginning.ended(self._restoring.result())
        beginning = self._begin(heads)
        return beginning.ended(beginning.restored())
