"""What the models say: built in a scratch database."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any

import psycopg
from sqlalchemy import Connection, MetaData

from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import from_json, to_json
from trueline.catalog.objects import Key
from trueline.catalog.snapshot import FRAMEWORK, read_catalog
from trueline.readings import account
from trueline.readings.build import Builder
from trueline.readings.cache import Cache, cache_folder
from trueline.readings.capture import Statement, capture
from trueline.readings.finding import Finding
from trueline.readings.garbage import uncollected
from trueline.readings.hints import Place
from trueline.readings.progress import progress
from trueline.readings.send import run
from trueline.readings.sourcing import ReadCatalog, Source
from trueline.readings.twice import each_name_once
from trueline.scratch import Scratch, Session, scratch_database, session_of
from trueline.scratch.session import driver_of
from trueline.settings import Settings

_log = logging.getLogger("trueline.readings")

_SETTINGS = "SET check_function_bodies = off; SET standard_conforming_strings = on"


@dataclass(frozen=True, slots=True)
class Declared:
    """What models say.

    Attributes:
        catalog: everything that they lead to.
        taken_over: keys of what no model declares, or declares in a way that PostgreSQL refuses, and what was taken
            from revisions (or, where they have not got it, from the live database) instead.
        findings: what is wrong with the models all the same.
        left_out: indexes and constraints that PostgreSQL refuses and nothing can stand for: the catalog lacks them.
    """

    catalog: Catalog
    taken_over: tuple[Key, ...] = ()
    findings: tuple[Finding, ...] = ()
    left_out: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    """A reading as it is kept.

    Attributes:
        lines: what the log says about it.
        sources: digests of the catalogs that it follows from beside the models, by their names.
    """

    declared: Declared
    lines: tuple[str, ...] = ()
    sources: dict[str, str | None] = field(default_factory=dict)


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
    session = _session(live, default_schema, search_path)
    sources = (
        Source("migrated", "the revisions", migrated),
        Source("live", "the live database", live_catalog or (lambda: read_catalog(live, framework=framework))),
    )
    with each_name_once(metadata, driver_of(live), session.schema or "public", session.version) as renamed:
        reading = _Reading(metadata, live, settings, session, watch, framework, sources)
        kept = reading.made(capture(metadata, session.version), tuple(renamed))
    for line in kept.lines:
        _log.info("%s", line)
    return kept.declared


def _session(live: Connection, schema: str | None, search_path: str | None) -> Session:
    session = session_of(live)
    session = replace(session, schema=schema) if schema else session
    return session if search_path is None else session.on_path(search_path)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One call of `read_declared`."""

    metadata: MetaData
    live: Connection
    settings: Settings
    session: Session
    watch: frozenset[str]
    framework: frozenset[str]
    sources: Sequence[Source]

    def made(self, statements: list[Statement], renamed: tuple[Finding, ...]) -> _Kept:
        """From the cache, or anew."""
        cache = Cache(cache_folder(self.settings), _to_text, _from_text)
        key = cache.key("declared", *self._follows_from(statements))
        known = cache.get(key)
        if known is not None and self._still_holds(known):
            return known
        kept = self._built(statements, renamed)
        cache.put(key, kept)
        return kept

    def _follows_from(self, statements: list[Statement]) -> Iterator[Any]:
        yield self.session.identity()
        yield [sorted(self.watch), sorted(self.framework)]
        digest = sha256()
        for text in sorted(each.sql for each in statements):
            digest.update(f"{len(text)} {text}".encode(errors="surrogatepass"))
        yield digest.hexdigest()
        if any("extension" in each.sql.lower() for each in statements):
            yield available_extensions(driver_of(self.live))

    def _still_holds(self, known: _Kept) -> bool:
        return all(each.digest() == known.sources[each.name] for each in self.sources if each.name in known.sources)

    def _built(self, statements: list[Statement], renamed: tuple[Finding, ...]) -> _Kept:
        with scratch_database(self.live, self.settings, session=self.session) as scratch:
            with _builder(scratch, self.session, self.sources, len(statements)) as builder:
                built = builder.build(statements)
                extensions = frozenset(each[0] for each in available_extensions(builder.driver))
                place = Place(scratch.place, extensions)
                left_out = account.left_out(built, place)
                if built.refused and not left_out:
                    raise account.unbuilt(built, self.sources, self.metadata, place)
                _drop_public(builder.driver, self.session, statements)
                catalog = read_catalog(builder.driver, watch=self.watch, framework=self.framework)
            catalog = account.with_values(catalog, built)
            found = (*renamed, *account.findings(built, catalog, builder, place))
        declared = Declared(catalog, account.taken_over(built), found, left_out)
        digests = {each.name: each.digest() for each in self.sources if each.consulted}
        return _Kept(declared, tuple(account.log_lines(built)), digests)


@contextmanager
def _builder(scratch: Scratch, session: Session, sources: Sequence[Source], total: int) -> Iterator[Builder]:
    with scratch.connect(autocommit=True) as connection, progress("building the models", total) as advance:
        driver = driver_of(connection)
        run(driver, _SETTINGS)
        yield Builder(driver, session.schema or "public", session.version, sources, advance)


def _drop_public(driver: psycopg.Connection[Any], session: Session, statements: list[Statement]) -> None:
    """Every new database has that schema; one that was taken away from the live database is no difference."""
    wanted = any(each.sql == "CREATE SCHEMA IF NOT EXISTS public" for each in statements)
    if not session.public and not wanted:
        try:
            run(driver, "DROP SCHEMA IF EXISTS public")
        except psycopg.errors.DependentObjectsStillExist:
            return


def available_extensions(driver: psycopg.Connection[Any]) -> list[list[str]]:
    """What the server has to install, with the version that it would."""
    with driver.transaction(force_rollback=True):
        query = "SELECT name::text, default_version FROM pg_catalog.pg_available_extensions ORDER BY 1"
        return [list(row) for row in psycopg.Cursor(driver).execute(query)]


def _to_text(kept: _Kept) -> str:
    """What was found on the first line, the catalog on the second."""
    declared = kept.declared
    head = {
        "taken_over": declared.taken_over,
        "findings": [asdict(each) for each in declared.findings],
        "left_out": [asdict(each) for each in declared.left_out],
        "lines": kept.lines,
        "sources": kept.sources,
    }
    return json.dumps(head) + "\n" + to_json(declared.catalog)


def _from_text(text: str) -> _Kept:
    first, _, catalog = text.partition("\n")
    head = json.loads(first)
    findings, left_out = (
        tuple(
            Finding(each["what"], tuple(each["where"]), each["fix"], tuple(map(tuple, each["objects"])))
            for each in head[kind]
        )
        for kind in ("findings", "left_out")
    )
    with uncollected():
        declared = Declared(from_json(catalog), tuple(map(tuple, head["taken_over"])), findings, left_out)
    return _Kept(declared, tuple(head["lines"]), head["sources"])
