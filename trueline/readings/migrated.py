"""What the revisions say: replayed in a scratch database, in this process, without env.py."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import from_json, to_json
from trueline.catalog.objects import Key
from trueline.catalog.snapshot import FRAMEWORK, read_catalog
from trueline.errors import TruelineError
from trueline.failure import explain_failure
from trueline.readings.cache import Cache, cache_folder
from trueline.readings.isolation import isolated
from trueline.readings.progress import progress
from trueline.readings.sources import revision_sources
from trueline.scratch import Scratch, scratch_database, session_of
from trueline.settings import Settings

_log = logging.getLogger("trueline.readings")

Steps = Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a history leads to.

    Attributes:
        catalog: everything, Alembic's own table marked as the framework's.
        created: keys of the objects that trueline's operations created: what declarations once wrote.
    """

    catalog: Catalog
    created: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Replay:
    """A history in a scratch database, which can be led on and back.

    Attributes:
        connection: to the scratch database; outside of a transaction between the steps.
        created: keys of the objects that trueline's operations created and have not dropped.
    """

    connection: Connection
    config: Config
    script: ScriptDirectory
    options: Mapping[str, Any]
    watch: frozenset[str] = frozenset()
    framework: frozenset[str] = FRAMEWORK
    created: set[Key] = field(default_factory=set)

    def read(self) -> Catalog:
        """The catalog as it is now."""
        self.connection.rollback()
        return read_catalog(self.connection, watch=self.watch, framework=self.framework)

    def upgrade(self, revision: str = "heads") -> None:
        """Run the revisions up to ``revision``, as ``alembic upgrade`` does.

        Raises:
            TruelineError: one failed; names it and its line.
        """
        self._run(lambda rev, _: self.script._upgrade_revs(revision, rev), revision)

    def downgrade(self, revision: str) -> None:
        """Run the downgrades down to ``revision``, as ``alembic downgrade`` does.

        Raises:
            TruelineError: one failed; names it and its line.
        """
        self._run(lambda rev, _: self.script._downgrade_revs(revision, rev), revision)

    def offline_sql(self, start: str, end: str, *, down: bool = False) -> str:
        """What ``--sql`` writes for the way from ``start`` to ``end``; nothing is executed.

        Args:
            start: a revision, or ``base``.
            end: a revision.
            down: whether the way is a downgrade.
        """
        steps = self.script._downgrade_revs if down else self.script._upgrade_revs
        written = io.StringIO()
        offline = {
            "dialect_name": "postgresql",
            "literal_binds": True,
            "dialect_opts": {"paramstyle": "named"},
            "output_buffer": written,
        }
        environment = self._environment(lambda rev, _: steps(end, rev), end, as_sql=True, starting_rev=start)
        with isolated(self.config, None), _explained(self.script), environment as context:
            context.configure(**{**self.options, **offline, "trueline_created": set()})
            with context.begin_transaction():
                context.run_migrations()
        return written.getvalue()

    def _run(self, steps: Steps, revision: str) -> None:
        self.connection.rollback()
        total = len(list(self.script.walk_revisions()))
        environment = self._environment(steps, revision)
        with (
            isolated(self.config, self.connection),
            _explained(self.script),
            progress("replaying revisions", total) as advance,
            environment as context,
        ):
            options = {"transaction_per_migration": True, **self.options}
            applied = lambda **_: advance(1)  # noqa: E731 - Alembic calls it by keywords
            context.configure(
                connection=self.connection,
                **{**options, "on_version_apply": applied, "trueline_created": self.created},
            )
            with context.begin_transaction():
                context.run_migrations()
        self.connection.commit()

    def _environment(self, steps: Steps, revision: str, **options: Any) -> EnvironmentContext:
        return EnvironmentContext(self.config, self.script, fn=steps, destination_rev=revision, **options)


@contextmanager
def replayed(
    config: Config,
    script: ScriptDirectory,
    scratch: Scratch,
    options: Mapping[str, Any],
    to: str = "heads",
    *,
    watch: frozenset[str] = frozenset(),
    framework: frozenset[str] = FRAMEWORK,
) -> Iterator[Replay]:
    """Run the revisions in a scratch database; env.py is not executed.

    Args:
        config: the project's; a revision finds it as ``context.config``.
        script: the project's revisions.
        scratch: an empty database.
        options: what env.py gives to ``context.configure``, without a connection.
        to: how far: ``heads``, a revision, or ``base`` for not at all.
        watch: what `Replay.read` reads beside the usual.
        framework: tables that `Replay.read` marks as the framework's.

    Raises:
        TruelineError: a revision failed; names it and its line.
    """
    with scratch.connect() as connection:
        replay = Replay(connection, config, script, options, watch, framework)
        if to != "base":
            replay.upgrade(to)
        yield replay


def read_migrated(
    config: Config,
    script: ScriptDirectory,
    live: Connection,
    settings: Settings,
    options: Mapping[str, Any],
    *,
    watch: frozenset[str] = frozenset(),
    framework: frozenset[str] = FRAMEWORK,
    to: str = "heads",
) -> Migrated:
    """What the revisions lead to; from the cache where nothing has changed.

    Args:
        config: see `replayed`, as for script, options, watch, framework and to.
        script: the project's revisions.
        live: the database whose version and search path count.
        settings: where scratch databases and cached readings are.
        options: what env.py gives to ``context.configure``.
        watch: what to read beside the usual.
        framework: tables to mark as the framework's.
        to: how far.

    Raises:
        TruelineError: a revision failed, or there is no place for a scratch database.
    """
    session = session_of(live)
    cache = Cache(cache_folder(settings), _to_text, _from_text)
    key = cache.key(
        "migrated", session.identity(), sorted(watch), sorted(framework), to, revision_sources(config, script, options)
    )
    if (known := cache.get(key)) is not None:
        return known
    with (
        scratch_database(live, settings) as scratch,
        replayed(config, script, scratch, options, to, watch=watch, framework=framework) as replay,
    ):
        found = Migrated(replay.read(), frozenset(replay.created))
    cache.put(key, found)
    return found


def _to_text(reading: Migrated) -> str:
    """Keys on the first line, the catalog on the second."""
    return json.dumps(sorted(reading.created)) + "\n" + to_json(reading.catalog)


def _from_text(text: str) -> Migrated:
    created, _, catalog = text.partition("\n")
    return Migrated(from_json(catalog), frozenset(tuple(key) for key in json.loads(created)))


@contextmanager
def _explained(script: ScriptDirectory) -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(redirect_stdout(io.StringIO()))
        try:
            yield
        except DBAPIError as error:
            raise explain_failure(error, Path(script.dir)) from None
        except TruelineError:
            raise
