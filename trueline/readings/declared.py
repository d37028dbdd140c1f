"""What the models say: built in a scratch database."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, MetaData

from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import from_json, to_json
from trueline.catalog.objects import Key
from trueline.catalog.snapshot import FRAMEWORK, read_catalog
from trueline.errors import TruelineError
from trueline.readings.cache import Cache, cache_folder
from trueline.readings.capture import Statement, capture
from trueline.readings.finding import Finding
from trueline.readings.progress import progress
from trueline.readings.send import Refusal, run, send
from trueline.scratch import Scratch, scratch_database, session_of
from trueline.scratch.session import driver_of
from trueline.settings import Settings

_log = logging.getLogger("trueline.readings")

ReadCatalog = Callable[[], Catalog]


@dataclass(frozen=True, slots=True)
class Declared:
    """What models say.

    Attributes:
        catalog: everything that they lead to.
        taken_over: keys of what no model declares, or declares in a way that PostgreSQL refuses, and what was taken
            from revisions (or, where they have not got it, from the live database) instead.
        findings: what is wrong with the models all the same.
    """

    catalog: Catalog
    taken_over: tuple[Key, ...] = ()
    findings: tuple[Finding, ...] = ()


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

    Raises:
        TruelineError: what cannot be built, all of it at once: model, table, PostgreSQL's words, the way out.
    """
    session = session_of(live)
    session = replace(session, schema=default_schema) if default_schema else session
    session = session.on_path(search_path) if search_path is not None else session
    statements = capture(metadata, session.version)
    cache = Cache(cache_folder(settings), _to_text, _from_text)
    place = (session.version, session.schema, session.settings, session.public)
    texts = sorted(each.sql for each in statements)
    key = cache.key("declared", place, sorted(watch), sorted(framework), texts)
    if (known := cache.get(key)) is not None:
        return known
    with scratch_database(live, settings, session=session) as scratch:
        refused = _build(scratch, statements)
        if refused:
            raise _unbuilt(refused)
        with scratch.connect() as connection:
            found = Declared(read_catalog(connection, watch=watch, framework=framework))
    cache.put(key, found)
    return found


def _build(scratch: Scratch, statements: Sequence[Statement]) -> list[Refusal]:
    with scratch.connect(autocommit=True) as connection, progress("building the models", len(statements)) as advance:
        driver = driver_of(connection)
        run(driver, "SET check_function_bodies = off; SET standard_conforming_strings = on")
        return send(driver, statements, advance)


def _unbuilt(refused: Sequence[Refusal]) -> TruelineError:
    lines = [f"{each.statement.what}: {each.words}" for each in refused]
    places = dict.fromkeys(place for each in refused for place in each.statement.where)
    what = "PostgreSQL refuses what the models declare:\n" + "\n".join(f"  {line}" for line in lines)
    return TruelineError(what, where=tuple(places))


def _to_text(reading: Declared) -> str:
    """What was found on the first line, the catalog on the second."""
    head = {"taken_over": reading.taken_over, "findings": [asdict(each) for each in reading.findings]}
    return json.dumps(head) + "\n" + to_json(reading.catalog)


def _from_text(text: str) -> Declared:
    first, _, catalog = text.partition("\n")
    head = json.loads(first)
    findings = tuple(
        Finding(each["what"], tuple(each["where"]), each["fix"], tuple(map(tuple, each["objects"])))
        for each in head["findings"]
    )
    return Declared(from_json(catalog), tuple(map(tuple, head["taken_over"])), findings)


__all__ = ["Declared", "Finding", "ReadCatalog", "read_declared"]
