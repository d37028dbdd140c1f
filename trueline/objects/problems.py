"""What is wrong with declarations once everything is imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from sqlalchemy import MetaData, Table

from trueline.declared import origin
from trueline.declared.renames import RenameError
from trueline.errors import TruelineError
from trueline.objects.base import Declaration, objects_of, the_metadata
from trueline.objects.extension import Extension
from trueline.objects.former import formers_of
from trueline.objects.grant import Grant
from trueline.objects.names import ObjectError, Place, readable
from trueline.objects.policy import Policy, RowSecurity
from trueline.objects.statement import Statement
from trueline.objects.trigger import Trigger
from trueline.objects.view import Relation

#: Installed everywhere, and without tables of its own.
_WITHOUT_TABLES = frozenset({"plpgsql"})


def problems(metadata: MetaData) -> Iterator[TruelineError]:
    """Declarations on tables that are not there, names that two objects want, and former names that cannot be."""
    try:
        formers_of(metadata, metadata.schema or "public")
    except RenameError as error:
        yield error
    known = dict(_relations(metadata))
    for each in objects_of(metadata).declarations.values():
        if isinstance(each, Relation):
            yield from _shared_name(each, metadata)
        elif _is_on_table(each):
            yield from _without_table(each, metadata, known)


def elsewhere(metadata: MetaData) -> TruelineError | None:
    """What is declared on the one metadata while another is compared, where nobody would see it."""
    if "sqlmodel" not in sys.modules:  # nor is there the one metadata
        return None
    other = the_metadata()
    declared = [] if other is metadata else list(objects_of(other).declarations.values())
    if not declared:
        return None
    first = declared[0]
    return TruelineError(
        f"{len(declared)} declared objects are on SQLModel.metadata, and not on the metadata that is compared",
        where=str(first.origin),
        fix=f"{type(first).__name__}(..., metadata=metadata), with the metadata that env.py gives run_migrations",
    )


def _relations(metadata: MetaData) -> Iterator[tuple[Place, str]]:
    """Everything that has columns or may have, and where it is declared."""
    for table in metadata.tables.values():
        yield (table.schema, table.name), origin.place(table)
    for partition in objects_of(metadata).partitions:
        yield (partition.schema, partition.name), origin.place(partition.parent)
    for sequence in metadata._sequences.values():
        yield (sequence.schema, sequence.name), f"sequence {sequence.name}"
    for each in objects_of(metadata).declarations.values():
        if isinstance(each, Relation | Statement):
            yield each.place, each.where


def _shared_name(declared: Relation, metadata: MetaData) -> Iterator[TruelineError]:
    table = metadata.tables.get(readable(declared.place))
    if table is not None:
        yield declared.refuse(
            "has the name of a table", "give one of them another name, or another schema", origin.place(table)
        )


def _is_on_table(declared: Declaration) -> bool:
    return isinstance(declared, Trigger | Policy | RowSecurity) or (
        isinstance(declared, Grant) and declared.is_on_table
    )


def _without_table(declared: Any, metadata: MetaData, known: Mapping[Place, str]) -> Iterator[ObjectError]:
    table = getattr(declared.on, "__table__", declared.on)
    if isinstance(table, Table) and metadata.tables.get(table.key) is not table:
        yield declared.refuse(
            f"is on {table.fullname}, which is a table of another metadata",
            "metadata=...   # the metadata of the table",
            origin.place(table),
        )
    elif not _alternatives(declared.place) & known.keys():
        near = get_close_matches(readable(declared.place), [readable(each) for each in known], n=1, cutoff=0.6)
        if near or not _may_be_an_extensions(metadata):
            yield declared.refuse(f"is on {readable(declared.place)}, which is not declared", _fix(near))


def _alternatives(place: Place) -> set[Place]:
    """A name without a schema is one in ``public``, as a rule."""
    return {place, (None, place[1]), ("public", place[1])} if place[0] in {None, "public"} else {place}


def _may_be_an_extensions(metadata: MetaData) -> bool:
    declared = objects_of(metadata).declarations.values()
    return any(isinstance(each, Extension) and each.name not in _WITHOUT_TABLES for each in declared)


def _fix(near: list[str]) -> str:
    if near:
        return f'on="{near[0]}"'
    return 'import the module that declares it, or Statement("CREATE TABLE ...") where no model does'
