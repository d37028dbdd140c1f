"""A catalog as a file: written where the models and a scratch database are, compared with where neither is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from trueline.autogen.compare import Comparing
from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import from_json, to_json
from trueline.checkout import checkout_of
from trueline.comparing import project_of
from trueline.env import configure_options, open_target
from trueline.errors import TruelineError
from trueline.looking.planned import ground_of, heads_of
from trueline.settings import Settings

_REVISIONS = "revisions"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A catalog, and the revisions that lead to it; none of the models."""

    catalog: Catalog
    revisions: tuple[str, ...] = ()


def take(settings: Settings, reading: str) -> Snapshot:
    """Read.

    Args:
        settings: the project's.
        reading: ``live``, ``migrated`` or ``declared``.

    Raises:
        TruelineError: it cannot be read.
    """
    project = checkout_of(settings)
    with open_target(settings) as connection:
        options = configure_options(project.metadata, **project.options)
        given = project_of(settings, {}, options, project.config, project.script)
        work = Comparing(connection, project.metadata, given)
        if reading == "migrated":
            return Snapshot(work.migrated.catalog, tuple(sorted(project.script.get_heads())))
        if reading == "declared":
            return Snapshot(work.declared.catalog)
        ground = ground_of(connection, project, settings)
        return Snapshot(work.live, tuple(sorted(heads_of(connection, ground.options))))


def as_text(snapshot: Snapshot) -> str:
    """A catalog's JSON with the revisions beside it."""
    document = json.loads(to_json(snapshot.catalog))
    return json.dumps({**document, _REVISIONS: list(snapshot.revisions)}, ensure_ascii=False, indent=1) + "\n"


def read_snapshot(file: Path) -> Snapshot:
    """What `as_text` wrote.

    Raises:
        TruelineError: there is no such file, or it is no catalog.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        words = getattr(error, "strerror", None) or str(error)
        fix = f"trueline snapshot --migrated {file}   # writes one, where a scratch database can be made"
        raise TruelineError(f"the catalog cannot be read: {words}", where=str(file), fix=fix) from None
    try:
        catalog = from_json(text)
    except TruelineError as error:
        raise TruelineError(error.what, where=str(file), fix=error.fix) from None
    revisions = json.loads(text).get(_REVISIONS, [])
    return Snapshot(catalog, tuple(map(str, revisions)))
