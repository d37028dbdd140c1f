"""Where a replay begins: at its first revision, or at what was kept of an earlier one."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from alembic.config import Config
from alembic.script import ScriptDirectory

from trueline.catalog.diff import diff
from trueline.catalog.render.words import name
from trueline.catalog.snapshot import FRAMEWORK, catalog_of, read_rows
from trueline.readings.cache import Cache, cache_folder
from trueline.readings.replay import Replay, Seen
from trueline.readings.sources import resolved, revision_sources
from trueline.readings.state import Data, Migrated, data_of, from_text, restore, to_text
from trueline.scratch.database import Scratch
from trueline.scratch.session import Session, driver_of
from trueline.settings import Settings

_log = logging.getLogger("trueline.readings")


@contextmanager
def replayed(
    config: Config,
    script: ScriptDirectory,
    scratch: Scratch,
    options: Mapping[str, Any],
    to: str | Sequence[str] = "heads",
    *,
    watch: frozenset[str] = frozenset(),
    framework: frozenset[str] = FRAMEWORK,
    settings: Settings | None = None,
) -> Iterator[Replay]:
    """Run the revisions in a scratch database; env.py is not executed.

    Args:
        config: the project's; a revision finds it as ``context.config``.
        script: the project's revisions.
        scratch: an empty database.
        options: what env.py gives to ``context.configure``, without a connection.
        to: how far: ``heads``, one or several revisions, or ``base`` for not at all.
        watch: what `Replay.read` reads beside the usual.
        framework: tables that `Replay.read` marks as the framework's.
        settings: where readings are kept, to begin from what is kept of these revisions and to keep what they lead
            to; without settings everything is run.

    Raises:
        ReplayError: a revision failed; names it and its line.
    """
    heads = resolved(script, to)
    with scratch.connect() as connection:
        replay = Replay(connection, scratch, config, script, options, watch, framework)
        if settings is None or scratch.session is None:
            _make_home(replay)
            _upgrade(replay, heads)
            yield replay
        else:
            beginning = begin(replay, scratch.session, settings, heads)
            yield beginning.ended(beginning.restored()).replay


def _make_home(replay: Replay) -> None:
    """The schema of Alembic's version table, which nobody makes here beforehand."""
    if schema := replay.options.get("version_table_schema"):
        driver_of(replay.connection).execute(f"CREATE SCHEMA IF NOT EXISTS {name(schema)}".encode())
        driver_of(replay.connection).commit()


def _upgrade(replay: Replay, heads: Sequence[str]) -> None:
    for head in heads:
        replay.upgrade(head)


@dataclass(frozen=True, slots=True)
class Begun:
    """A replay whose revisions have been run, and what came of it."""

    replay: Replay
    migrated: Migrated


@dataclass(frozen=True, slots=True)
class Beginning:
    """A replay whose outcome is kept: it begins from what is kept already, or keeps what it leads to.

    Attributes:
        known: what is kept of it.
    """

    replay: Replay
    heads: tuple[str, ...]
    cache: Cache[Migrated]
    key: str
    known: Migrated | None

    @property
    def can_restore(self) -> bool:
        """Whether what is kept is enough to begin from it."""
        return self.known is not None and self.known.data is not None

    def restored(self) -> Seen | None:
        """Make the database what is kept; None, and an empty database, where that cannot be had.

        Nothing but SQL on the replay's own connection: it may run in another thread.
        """
        if self.known is None or self.known.data is None:
            return None
        return _restored(self.replay, self.known, self.known.data)

    def ended(self, seen: Seen | None) -> Begun:
        """Run the revisions where they could not be restored.

        Args:
            seen: what `restored` gave.

        Raises:
            ReplayError: a revision failed; names it and its line.
        """
        if seen is not None and self.known is not None:
            created = set(self.known.created)
            return Begun(dataclasses.replace(self.replay, resumed=True, created=created, began=seen), self.known)
        if self.can_restore:  # in vain, and all is gone
            self.replay.scratch.prepare(self.replay.connection)
        _make_home(self.replay)
        _upgrade(self.replay, self.heads)
        seen = self.replay.see()
        found = outcome(self.replay, seen)
        if self.known is None:
            self.cache.put(self.key, found)
        return Begun(dataclasses.replace(self.replay, began=seen), found)


def begin(replay: Replay, session: Session, settings: Settings, heads: tuple[str, ...]) -> Beginning:
    """Look up what is kept of a replay up to these heads, and say in its database that they have been run if it is.

    Args:
        replay: of an empty database.
        session: the live session.
        settings: where readings are kept.
        heads: revisions.
    """
    if not heads:
        return Beginning(replay, heads, Cache(None, to_text, from_text), "", None)
    cache = Cache(cache_folder(settings), to_text, from_text)
    sources = revision_sources(replay.config, replay.script, replay.options, heads)
    key = migrated_key(cache, session, replay.watch, replay.framework, sources)
    beginning = Beginning(replay, heads, cache, key, cache.get(key))
    if beginning.can_restore:
        _make_home(replay)
        replay.stamp(heads)
    return beginning


def migrated_key(
    cache: Cache[Migrated], session: Session, watch: frozenset[str], framework: frozenset[str], sources: list[Any]
) -> str:
    """The digest of everything that the outcome of a replay follows from."""
    return cache.key("migrated", session.identity(), sorted(watch), sorted(framework), sources)


def outcome(replay: Replay, seen: Seen) -> Migrated:
    """What a replay has led to, of which this was seen."""
    return Migrated(seen.catalog, frozenset(replay.created), data_of(driver_of(replay.connection), replay.framework))


def _restored(replay: Replay, known: Migrated, data: Data) -> Seen | None:
    """What was seen where that is possible; where it is not, the database is empty."""
    driver = driver_of(replay.connection)
    replay.connection.rollback()
    driver.autocommit = True
    try:
        restore(driver, known, data)
        rows = read_rows(driver, watch=replay.watch)
        seen = Seen(rows, catalog_of(rows, replay.framework))
        same = not diff(known.catalog.own(), seen.catalog.own())
    except psycopg.Error as error:
        if driver.closed:
            raise
        _log.debug("the revisions are run from the beginning: %s", error)
        same = False
    finally:
        driver.autocommit = False
    if same:
        return seen
    replay.scratch.clear(replay.connection)
    return None


__all__ = ["Beginning", "Begun", "begin", "migrated_key", "outcome", "replayed"]
