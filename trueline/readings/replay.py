"""Revisions run in a scratch database, in this process, without env.py."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationStep
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Key
from trueline.catalog.render.words import name
from trueline.catalog.snapshot import FRAMEWORK, Rows, catalog_of, read_rows
from trueline.readings.failed import ReplayError, explained
from trueline.readings.isolation import isolated
from trueline.readings.progress import progress
from trueline.scratch.database import Scratch
from trueline.scratch.session import driver_of

_log = logging.getLogger("trueline.readings")

#: Object, function, table, schema: what an extension may have brought.
_UNDEFINED = frozenset({"42704", "42883", "42P01", "3F000"})

_SCHEMA_EXISTS = "42P06"

Steps = Callable[[Any, Any], Any]


class _Pieces(io.TextIOBase):
    """Keeps what Alembic writes, which is a statement at a time."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def write(self, text: str) -> int:
        """Take a piece."""
        self.pieces.append(text)
        return len(text)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a database was when it was looked at."""

    rows: Rows
    catalog: Catalog


@dataclass(frozen=True, slots=True)
class Replay:
    """A history in a scratch database, which can be led on and back.

    Attributes:
        connection: to the scratch database; outside of a transaction between the steps.
        scratch: that database.
        options: what env.py gives to ``context.configure``, without a connection.
        watch: what `read` reads beside the usual.
        framework: tables that `read` marks as the framework's.
        resumed: whether it began from what was kept of an earlier replay.
        created: keys of what trueline's operations, and Alembic's for tables, created and have not dropped.
    """

    connection: Connection
    scratch: Scratch
    config: Config
    script: ScriptDirectory
    options: Mapping[str, Any]
    watch: frozenset[str] = frozenset()
    framework: frozenset[str] = FRAMEWORK
    resumed: bool = False
    created: set[Key] = field(default_factory=set)
    began: Seen | None = field(default=None, repr=False)
    _cleared: list[bool] = field(default_factory=list, repr=False)

    def read(self) -> Catalog:
        """The catalog as it is now."""
        return catalog_of(self.rows(), self.framework)

    def rows(self) -> Rows:
        """What the catalog is made from."""
        self.connection.rollback()
        return read_rows(self.connection, watch=self.watch)

    def see(self) -> Seen:
        """Both."""
        rows = self.rows()
        return Seen(rows, catalog_of(rows, self.framework))

    def upgrade(self, revision: str = "heads") -> None:
        """Run the revisions up to ``revision``, as ``alembic upgrade`` does.

        Raises:
            ReplayError: one failed; names it and its line.
        """
        began: list[Any] = []

        def steps(rev: Any, _: Any) -> Any:
            began[:] = [rev]
            return self.script._upgrade_revs(revision, rev)

        try:
            self._run(steps, revision)
        except ReplayError as error:
            if error.sqlstate in _UNDEFINED and (self.take_over_extensions() or self._schema_taken_over(error)):
                self.upgrade(revision)
            elif error.sqlstate == _SCHEMA_EXISTS and not self._cleared and began:
                self._begin_without_schema(began[0], revision)
            else:
                raise

    def _begin_without_schema(self, heads: Sequence[str], revision: str) -> None:
        """The schema that the live session's path begins with, and that is made in advance, is made by a revision."""
        self._cleared.append(True)
        self.scratch.clear(self.connection)
        self.created.clear()
        for each in (*heads, revision):
            self.upgrade(each)

    def downgrade(self, revision: str) -> None:
        """Run the downgrades down to ``revision``, as ``alembic downgrade`` does.

        Raises:
            ReplayError: one failed; names it and its line.
        """
        self._run(lambda rev, _: self.script._downgrade_revs(revision, rev), revision)

    def step(self, revision: Script, *, down: bool = False) -> None:
        """Run one revision, or its downgrade, whatever else there is: all that it follows have been run.

        Raises:
            ReplayError: it failed; names its line.
        """
        make = MigrationStep.downgrade_from_script if down else MigrationStep.upgrade_from_script
        self._run(lambda _rev, _: [make(self.script.revision_map, revision)], revision.revision)

    def restart(self) -> None:
        """Take everything away, to begin anew."""
        self.scratch.clear(self.connection)
        self.scratch.prepare(self.connection)
        self.created.clear()

    def stamp(self, heads: Sequence[str]) -> None:
        """Say that these revisions have been run, and run nothing."""
        self._run(lambda rev, _: self.script._stamp_revs(tuple(heads), rev), tuple(heads))

    def offline_sql(self, start: str, end: str, *, down: bool = False) -> str:
        """What ``--sql`` writes for the way from ``start`` to ``end``, as one text; see `offline_statements`."""
        return "".join(self.offline_statements(start, end, down=down))

    def offline_statements(self, start: str, end: str, *, down: bool = False) -> list[str]:
        """What ``--sql`` writes for the way from ``start`` to ``end``, piece by piece; nothing is executed.

        To send them as one message would not be what psql does: PostgreSQL runs that in one transaction.

        Args:
            start: a revision, or ``base``.
            end: a revision.
            down: whether the way is a downgrade.

        Raises:
            ReplayError: a revision failed; names it and its line.
        """
        steps = self.script._downgrade_revs if down else self.script._upgrade_revs
        written = _Pieces()
        offline = {
            "dialect_name": "postgresql",
            "literal_binds": True,
            "dialect_opts": {"paramstyle": "named"},
            "output_buffer": written,
            "trueline_created": set(),
        }
        environment = self._environment(lambda rev, _: steps(end, rev), end, as_sql=True, starting_rev=start)
        with isolated(self.config, None), explained(self.script, self.scratch.place), environment as context:
            context.configure(**{**self.options, **offline})
            with context.begin_transaction():
                context.run_migrations()
        return written.pieces

    def take_over_extensions(self) -> bool:
        """Install what an administrator has installed in the live database, as no revision does; says if any was."""
        self.connection.rollback()
        driver = driver_of(self.connection)
        known = {row[0] for row in psycopg.Cursor(driver).execute("SELECT extname FROM pg_catalog.pg_extension")}
        session = self.scratch.session
        missing = [pair for pair in (session.extensions if session else ()) if pair[0] not in known]
        made = [extension for extension, schema in missing if _installed(driver, extension, schema)]
        for extension in made:
            _log.info("taken over from the live database: extension %s, which no revision creates", name(extension))
        driver.commit()
        return bool(made)

    def _schema_taken_over(self, error: ReplayError) -> bool:
        """Whether there is a new one: one that a revision is refused for, and that the live database has."""
        session = self.scratch.session
        driver = driver_of(self.connection)
        known = {row[0] for row in psycopg.Cursor(driver).execute("SELECT nspname FROM pg_catalog.pg_namespace")}
        missing = (
            each for each in (session.schemas if session else ()) if each not in known and f'"{each}"' in error.what
        )
        schema = next(missing, None)
        if schema is None:
            return False
        driver.execute(f"CREATE SCHEMA {name(schema)}".encode())
        driver.commit()
        _log.warning(
            "schema %s is in the database, and no revision creates it: put op.create_schema(%r) before its first use",
            *(name(schema), schema),
        )
        return True

    def _run(self, steps: Steps, revision: Any) -> None:
        self.scratch.renew(self.connection)  # each command of Alembic's has a session of its own
        environment = self._environment(steps, revision)
        with (
            isolated(self.config, self.connection),
            explained(self.script, self.scratch.place),
            progress("replaying revisions", len(self.script.revision_map._revision_map)) as advance,
            environment as context,
        ):

            def applied(**_: Any) -> None:
                advance(1)

            options = {"transaction_per_migration": True, **self.options, "on_version_apply": applied}
            context.configure(connection=self.connection, **{**options, "trueline_created": self.created})
            with context.begin_transaction():
                context.run_migrations()
        self.connection.commit()

    def _environment(self, steps: Steps, revision: Any, **options: Any) -> EnvironmentContext:
        return EnvironmentContext(self.config, self.script, fn=steps, destination_rev=revision, **options)


def _installed(driver: psycopg.Connection[Any], extension: str, schema: str) -> bool:
    try:
        with driver.transaction():
            driver.execute(f"CREATE EXTENSION {name(extension)} SCHEMA {name(schema)}".encode())
    except psycopg.Error:
        return False
    return True
