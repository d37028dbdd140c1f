"""Is the database what the last deploy left, and are the files what it ran?"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from alembic.script import ScriptDirectory

from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import from_json, to_json
from trueline.catalog.describe import Difference, describe
from trueline.catalog.diff import Delta
from trueline.deploy.exits import DRIFTED
from trueline.deploy.records import Last
from trueline.deploy.source import source_digest
from trueline.errors import TruelineError

_log = logging.getLogger("trueline.deploy")

#: Differences that are named; of the rest the number is.
_MOST = 20


class DriftedError(TruelineError):
    """Something was changed behind the history's back, and ``on_drift`` is "refuse"."""

    exit_code = DRIFTED


def packed(catalog: Catalog) -> bytes:
    """A catalog as it is kept."""
    return zlib.compress(to_json(catalog).encode())


def unpacked(kept: bytes) -> Catalog | None:
    """What `packed` made; nothing, where it comes from a version of trueline that has other catalogs."""
    try:
        return from_json(zlib.decompress(kept).decode())
    except (TruelineError, zlib.error, UnicodeDecodeError):
        return None


def in_words(delta: Delta) -> list[Difference]:
    """A line per difference."""
    return [
        *(describe(thing) for thing in delta.added),
        *(describe(thing, removed=True) for thing in delta.removed),
        *(describe(change) for change in delta.changed),
    ]


def edited_since(script: ScriptDirectory, applied: Mapping[str, str]) -> list[str]:
    """Files of revisions that are others than those that were run."""
    return [
        str(each.path)
        for each in script.walk_revisions()
        if str(each.revision) in applied and source_digest(Path(each.path)) not in {applied[str(each.revision)], None}
    ]


def report(differences: Sequence[Difference], files: Sequence[str], last: Last | None, *, refuse: bool) -> None:
    """Say what was changed; nothing, where nothing was.

    Raises:
        DriftedError: something was, and that shall not go on.
    """
    if differences:
        when = f" since the deploy of {last.ended:%Y-%m-%d %H:%M} UTC" if last and last.ended else ""
        lines = [f"{row.sign} {row.kind} {row.name} {row.what}".rstrip() for row in differences[:_MOST]]
        if len(differences) > _MOST:
            lines.append(f"… and {len(differences) - _MOST} more")
        _tell(
            DriftedError(
                f"the database was changed by hand{when}: {len(differences)} difference{'s'[: len(differences) != 1]}",
                where=tuple(lines),
                fix="undo the change by hand; or change the models likewise and write it:\n"
                'alembic revision --autogenerate -m "…"',
            ),
            refuse=refuse,
        )
    if files:
        _tell(
            DriftedError(
                f"{len(files)} revision{'s were' if len(files) > 1 else ' was'} edited after being applied; "
                "this database has what stood there before",
                where=tuple(files),
                fix="bring the file back as it was, and write what is to change as a new revision",
            ),
            refuse=refuse,
        )


def _tell(error: DriftedError, *, refuse: bool) -> None:
    if refuse:
        raise error
    _log.warning("%s", error)
