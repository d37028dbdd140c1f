"""Which culprit a difference has, by what is known of the readings, the ledger, version control and the source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from trueline.catalog.catalog import Catalog
from trueline.catalog.describe import Difference
from trueline.catalog.objects import Key, Name
from trueline.drift.culprit import Drifted
from trueline.finding import Place
from trueline.placing import table_in

Rows = Iterable[tuple[Key, Difference]]


@dataclass(frozen=True, slots=True)
class Known:
    """What culprits are told by.

    Attributes:
        live: the database.
        declared: the models.
        migrated: the revisions, to their end.
        models: where each table of the models is declared.
        unimported: where tables are declared that no model module of env.py's has.
        by_sql: keys of what revisions make by no operation of a declaration.
        edited: files of revisions that are others than those that were run; None where no ledger tells.
        last: the place of the last revision.
        unchanged: whether a model's file is as it was when the last revision was written; None where nobody knows.
    """

    live: Catalog
    declared: Catalog
    migrated: Catalog
    models: Mapping[Name, Place] = field(default_factory=dict)
    unimported: Mapping[Name, Place] = field(default_factory=dict)
    by_sql: Collection[Key] = ()
    edited: tuple[str, ...] | None = None
    last: Place = field(default_factory=Place)
    unchanged: Callable[[Place], bool | None] = lambda _: None


def of_models(rows: Rows, known: Known) -> Iterator[tuple[Key, Drifted]]:
    """Between revisions and models; the second of each pair is the difference with its culprit."""
    for key, row in rows:
        yield key, _of_models(key, row, known)


def _of_models(key: Key, row: Difference, known: Known) -> Drifted:
    table = table_in(key)
    place = known.models.get(table) if table is not None else None
    if table is not None and (lost := known.unimported.get(table)) is not None:
        module = lost.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        why = f"{lost} declares it, and env.py never comes there"
        return Drifted("unimported model", row, lost, why, f"import {module}   # where env.py imports the others")
    if key in known.by_sql:
        fix = "trueline declare   # writes the declaration; or drop it by a revision"
        return Drifted(
            "hand-edited revision", row, known.last, "a revision makes it by SQL, and no model declares it", fix
        )
    if _only_revision_differs(key, known):
        edited = f": {', '.join(known.edited)} was edited after it was run" if known.edited else ""
        why = f"the database has what the models say, only the revisions do not{edited}"
        return Drifted("hand-edited revision", row, known.last, why)
    if place is not None and known.unchanged(place):
        why = f"{place.file} is as it was when the last revision was written"
        return Drifted("hand-edited revision", row, known.last, why)
    return Drifted("pending", row, place or Place(object=f"{row.kind} {row.name}"))


def _only_revision_differs(key: Key, known: Known) -> bool:
    if known.edited is not None and not known.edited:  # so somebody changed the database, and the models
        return False
    live, declared = known.live.get(key), known.declared.get(key)
    return live == declared and declared != known.migrated.get(key)


def of_database(rows: Rows, interrupted: Collection[Key], why: str) -> Iterator[tuple[Key, Drifted]]:
    """Between revisions and database.

    Args:
        rows: what differs.
        interrupted: what a revision was to change that is half applied.
        why: which revision that is.
    """
    for key, row in rows:
        place = Place(object=f"{row.kind} {row.name}")
        if key in interrupted:
            yield key, Drifted("failed deploy", row, place, why)
        else:
            yield key, Drifted("out of band", row, place)
