"""What the models say: built in a scratch database, or as it was when they were built last."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, MetaData

from trueline.catalog.snapshot import FRAMEWORK, read_catalog
from trueline.readings.cache import Cache, cache_folder
from trueline.readings.capture import Statement, capture
from trueline.readings.extensions import available_extensions
from trueline.readings.finding import Finding
from trueline.readings.kept import Declared, Kept, from_text, to_text
from trueline.readings.sourcing import ReadCatalog, Source
from trueline.readings.stored import virtual_as_stored
from trueline.readings.twice import each_name_once
from trueline.scratch.session import Session, driver_of, session_of
from trueline.settings import Settings

__all__ = ["Declared", "Models", "models_of", "read_declared"]

_log = logging.getLogger("trueline.readings")


def read_declared(
    metadata: MetaData,
    live: Connection,
    settings: Settings,
    *,
    watch: frozenset[str] = frozenset(),
    default_schema: str | None = None,
    search_path: str | None = None,
    framework: frozenset[str] = FRAMEWORK,
    migrated: ReadCatalog | None = None,
    live_catalog: ReadCatalog | None = None,
) -> Declared:
    """Build the models in a scratch database and read its catalog; from the cache where nothing has changed.

    Args:
        metadata: the models, with everything that listens to its `create_all`.
        live: the database whose version and session count.
        settings: where scratch databases and cached readings are.
        watch: what to read beside the usual; see `trueline.catalog.snapshot.WATCHABLE`.
        default_schema: where unqualified names are created, when not where the live session does.
        search_path: instead of the live session's.
        framework: names of tables to mark as the framework's own.
        migrated: the migrated reading; called only when models need what they do not declare.
        live_catalog: the live reading, called only when revisions have not got that either; read anew if not given.

    Raises:
        TruelineError: what cannot be built, all of it at once: model, table, PostgreSQL's words, the way out.
    """
    sources = (
        Source("migrated", "the revisions", migrated),
        Source("live", "the live database", live_catalog or (lambda: read_catalog(live, framework=framework))),
    )
    session = _session(live, default_schema, search_path)
    with models_of(metadata, live, settings, session, watch=watch, framework=framework, sources=sources) as models:
        return models.read()


def _session(live: Connection, schema: str | None, search_path: str | None) -> Session:
    session = session_of(live)
    session = replace(session, schema=schema) if schema else session
    return session if search_path is None else session.on_path(search_path)


@contextmanager
def models_of(
    metadata: MetaData,
    live: Connection,
    settings: Settings,
    session: Session,
    *,
    watch: frozenset[str],
    framework: frozenset[str],
    sources: Sequence[Source],
) -> Iterator[Models]:
    """The models as SQL. As long as the body runs, the metadata has each name once; for the rest see `read_declared`.

    Raises:
        TruelineError: a table that cannot be written as SQL.
    """
    schema, version = session.schema or "public", session.version
    with (
        each_name_once(metadata, driver_of(live), schema, version) as renamed,
        virtual_as_stored(metadata, schema, version) as stored,
    ):
        statements = capture(metadata, version)
        otherwise = (*renamed, *stored)
        yield Models(metadata, live, settings, session, watch, framework, sources, statements, otherwise)


@dataclass(frozen=True, slots=True)
class Models:
    """Models as SQL: what they say can be looked up, or found out.

    Attributes:
        statements: what makes them.
        otherwise: what is otherwise in these statements than in the models.
    """

    metadata: MetaData
    live: Connection
    settings: Settings
    session: Session
    watch: frozenset[str]
    framework: frozenset[str]
    sources: Sequence[Source]
    statements: list[Statement]
    otherwise: tuple[Finding, ...]

    def read(self) -> Declared:
        """From the cache, or built.

        Raises:
            TruelineError: see `read_declared`.
        """
        kept = self._kept()
        for line in kept.lines:
            _log.info("%s", line)
        return kept.declared

    def _kept(self) -> Kept:
        cache, key = self._cache(), self.key()
        known = cache.get(key)
        if known is not None and self._still_holds(known):
            return known
        # Only here: most commands find what they need in the cache.
        from trueline.readings.making import built

        kept = built(self)
        cache.put(key, kept)
        return kept

    def are_known(self) -> bool:
        """Whether the cache has them, as far as can be told without looking into it."""
        return self._cache().has(self.key())

    def _cache(self) -> Cache[Kept]:
        return Cache(cache_folder(self.settings), to_text, from_text)

    def key(self) -> str:
        """The digest of everything that they follow from, but for the sources."""
        return self._cache().key("declared", *self._follows_from())

    def _follows_from(self) -> Iterator[Any]:
        yield self.session.identity()
        yield [sorted(self.watch), sorted(self.framework)]
        digest = sha256()
        for text in sorted(each.sql for each in self.statements):
            digest.update(f"{len(text)} {text}".encode(errors="surrogatepass"))
        yield digest.hexdigest()
        yield [each.what for each in self.otherwise]
        if any("extension" in each.sql.lower() for each in self.statements):
            yield available_extensions(driver_of(self.live))

    def _still_holds(self, known: Kept) -> bool:
        return all(each.digest() == known.sources[each.name] for each in self.sources if each.name in known.sources)
