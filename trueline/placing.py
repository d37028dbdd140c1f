"""Where findings are: the places that errors and models name, as a file and a line of the project."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import MetaData

from trueline.catalog.objects import Key, Name
from trueline.declared import origin
from trueline.errors import TruelineError
from trueline.finding import Finding, Place

#: ``app/models/user.py:12 (class User)``, as errors write it.
_PLACE = re.compile(r"(?P<file>[^:\n]+\.(?:py|ini|toml|sql)):(?P<line>\d+)(?: \((?P<object>.*)\))?", re.DOTALL)
_FILE = re.compile(r"[^:\n]+\.(?:py|ini|toml|sql)")


def place_of(words: str, root: Path) -> Place:
    """A place from the words of an error."""
    if (found := _PLACE.fullmatch(words)) is not None:
        return Place(near(found["file"], root), int(found["line"]), found["object"] or "")
    return Place(near(words, root)) if _FILE.fullmatch(words) else Place(object=words)


def near(file: str | Path, root: Path) -> str:
    """A path from the project's folder on, where it lies below it, with ``/``."""
    whole, folder = Path(file).absolute(), root.absolute()
    return (whole.relative_to(folder) if whole.is_relative_to(folder) else Path(file)).as_posix()


def finding_of(error: TruelineError, rule: str, root: Path, otherwise: Place | None = None) -> Finding:
    """An error as a finding: of its places the first one that is in a file is where it has to be corrected."""
    places = [place_of(words, root) for words in error.where]
    first = next((each for each in places if each.file), None) or otherwise or next(iter(places), Place())
    return Finding(rule, error.what, first, error.fix or "", related=tuple(each for each in places if each != first))


def places_of_tables(metadata: MetaData, default_schema: str, root: Path) -> dict[Name, Place]:
    """Where each table of the models is declared, by its schema and name."""
    found: dict[Name, Place] = {}
    for table in metadata.tables.values():
        known = origin.of(table)
        if known is not None:
            owner = f"class {known.qualname}" if known.qualname else ""
            found[(table.schema or default_schema, table.name)] = Place(near(known.file, root), known.line, owner)
    return found


#: Kinds whose schema and name are those of the table that they are on.
_ON_TABLES = frozenset(
    {
        "table",
        "column",
        "check",
        "unique",
        "primary_key",
        "foreign_key",
        "exclusion",
        "trigger",
        "rule",
        "policy",
    }
)


def table_in(key: Key) -> Name | None:
    """The table that an object is, or is on, as far as its key tells."""
    if key[0] in {"comment", "owner", "grant"}:
        return table_in(key[1:])
    return (key[1], key[2]) if key[0] in _ON_TABLES and len(key) > 2 else None
