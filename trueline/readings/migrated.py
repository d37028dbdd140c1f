"""What the revisions lead to: replayed in a scratch database, or as it was when they were replayed last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from trueline.catalog.snapshot import FRAMEWORK
from trueline.readings.beginning import migrated_key, outcome, replayed
from trueline.readings.cache import Cache, cache_folder
from trueline.readings.failed import ReplayError
from trueline.readings.replay import Replay
from trueline.readings.sources import resolved, revision_sources
from trueline.readings.state import Migrated, from_text, to_text
from trueline.scratch.places import scratch_database
from trueline.scratch.session import session_of
from trueline.settings import Settings

__all__ = ["Migrated", "Replay", "ReplayError", "read_migrated", "replayed"]


def read_migrated(
    config: Config,
    script: ScriptDirectory,
    live: Connection,
    settings: Settings,
    options: Mapping[str, Any],
    *,
    watch: frozenset[str] = frozenset(),
    framework: frozenset[str] = FRAMEWORK,
    to: str | Sequence[str] = "heads",
) -> Migrated:
    """What the revisions lead to; from the cache where nothing has changed.

    Args:
        config: see `replayed`, as for script, options, watch, framework and to.
        script: the project's revisions.
        live: the database whose version and session count.
        settings: where scratch databases and cached readings are.
        options: what env.py gives to ``context.configure``.
        watch: what to read beside the usual.
        framework: tables to mark as the framework's.
        to: how far.

    Raises:
        ReplayError: a revision failed.
        TruelineError: there is no place for a scratch database.
    """
    heads = resolved(script, to)
    cache = Cache(cache_folder(settings), to_text, from_text)
    sources = revision_sources(config, script, options, heads)
    key = migrated_key(cache, session_of(live), watch, framework, sources)
    if (known := cache.get(key)) is not None:
        return known
    with (
        scratch_database(live, settings) as scratch,
        replayed(config, script, scratch, options, heads or "base", watch=watch, framework=framework) as replay,
    ):
        found = outcome(replay, replay.see())
    cache.put(key, found)
    return found
