"""What came of building the models, in words: findings, lines for the log, and the error for what cannot be built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Column as DeclaredColumn
from sqlalchemy import Constraint, ForeignKeyConstraint, Index, MetaData, Table
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import ARRAY, TypeEngine

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Column, Key
from trueline.errors import TruelineError
from trueline.readings.build import Builder, Built, Replaced
from trueline.readings.finding import Finding
from trueline.readings.hints import Place, declaration_of, way_out
from trueline.readings.send import Refusal
from trueline.readings.sourcing import Source
from trueline.readings.split import DefaultOf
from trueline.readings.things import place_of, readable

#: Places that a finding names; more are counted.
_PLACES = 5
_UNDEFINED_COLUMN = "42703"


def findings(built: Built, catalog: Catalog, builder: Builder, place: Place) -> Iterator[Finding]:
    """One for each object that was taken over, and one for each declaration that something else stands for."""
    needed_by: dict[Key, list[Key]] = {key: [] for key in built.taken}
    for key, needs in catalog.dependencies.items():
        for needed in needs & needed_by.keys():
            needed_by[needed].append(key)
    for key, source in built.taken.items():
        yield _taken(key, source, needed_by[key], _about(built.healed, needed_by[key], builder))
    for each in built.replaced:
        yield _replaced(each, place)


def _taken(key: Key, source: Source, users: Sequence[Key], healed: Sequence[Refusal]) -> Finding:
    needed = f", and {_some([readable(user) for user in users])} cannot be without it" if users else ""
    words = f" (PostgreSQL: {healed[0].words})" if healed else ""
    what = f"{readable(key)} is in {source.words} only{needed}; taken over from there{words}"
    return Finding(what, _places(healed), declaration_of(key[0]), (key, *users))


def _about(healed: Iterable[Refusal], users: Iterable[Key], builder: Builder) -> list[Refusal]:
    """The refusals that an object healed: those of statements on the tables, and of the names, that need it."""
    places = {user[1:3] for user in users}

    def concerns(refusal: Refusal) -> bool:
        table = refusal.statement.table
        if table is not None:
            return (table.schema or builder.schema, table.name) in places
        return any(key[1:3] in places for key in builder.keys(refusal.statement))

    return [each for each in healed if concerns(each)]


def _replaced(each: Replaced, place: Place) -> Finding:
    refused = f"PostgreSQL refuses {each.refusal.statement.what}: {each.refusal.words}"
    unseen = "" if each.built else f", unseen: {place.words} cannot make that one either"
    what = f"{refused}; what {each.source.words} call so stands for it{unseen}"
    return Finding(what, each.refusal.statement.where, way_out(each.refusal, place), (each.thing.key,))


def log_lines(built: Built) -> Iterator[str]:
    """One line for each thing that was taken over."""
    for key, source in built.taken.items():
        yield f"taken over from {source.words}: {readable(key)}, which models need and do not declare"
    for each in built.replaced:
        what = each.refusal.statement.what
        words = each.refusal.words
        yield f"taken over from {each.source.words}: {what}, which PostgreSQL refuses as it is declared ({words})"


def taken_over(built: Built) -> tuple[Key, ...]:
    """The keys of everything that was taken over."""
    return tuple(sorted({*built.taken, *(each.thing.key for each in built.replaced)}))


def with_values(catalog: Catalog, built: Built) -> Catalog:
    """The catalog with what could not be built, but is known by its value."""
    unseen = [each for each in built.replaced if not each.built]
    if not unseen:
        return catalog
    objects: dict[Key, CatalogObject] = {thing.key: thing for thing in catalog}
    for each in unseen:
        thing, known = each.thing, objects.get(each.thing.key)
        if isinstance(each.refusal.statement.item, DefaultOf) and isinstance(known, Column):
            thing = replace(known, default=getattr(thing, "default", None))
        objects[thing.key] = thing
    return replace(catalog, objects=tuple(objects.values()))


def left_out(built: Built, place: Place) -> tuple[Finding, ...]:
    """Findings for what can be left out; none where it is a table or a type that others need."""
    found = roots(built.refused)
    if not all(isinstance(each.statement.item, Index | Constraint) for each in found):
        return ()
    return tuple(
        Finding(
            f"PostgreSQL refuses {each.statement.what}: {each.words}; it is left out",
            each.statement.where,
            way_out(each, place),
        )
        for each in found
    )


def unbuilt(built: Built, sources: Sequence[Source], metadata: MetaData, place: Place) -> TruelineError:
    """The error for everything that PostgreSQL refuses and that nothing can stand for."""
    found = [
        Finding(
            f"PostgreSQL refuses {each.statement.what}: {each.words}",
            each.statement.where or _users(each.statement.item, metadata),
            way_out(each, place),
        )
        for each in roots(built.refused)
    ]
    notes = [f"nothing could be taken over from {each.words}: {each.trouble.what}" for each in sources if each.trouble]
    if len(found) == 1:
        return TruelineError("\n".join([found[0].what, *notes]), where=found[0].where, fix=found[0].fix)
    listed = "\n".join(str(each) for each in found)
    return TruelineError("\n".join([f"the models cannot be built, for {len(found)} reasons:", listed, *notes]))


def roots(refused: Sequence[Refusal]) -> list[Refusal]:
    """Without what is refused because of another refusal: the index of a table that is not there."""
    tables = {each.statement.table for each in refused if isinstance(each.statement.element, CreateTable)}
    columns = {each.statement.item for each in refused if isinstance(each.statement.item, DeclaredColumn)}
    found = [each for each in refused if not _follows(each, tables, columns)]
    return found or list(refused)


def _follows(refusal: Refusal, tables: set[Table | None], columns: set[Any]) -> bool:
    statement, item = refusal.statement, refusal.statement.item
    if isinstance(statement.element, CreateTable):
        return False
    if statement.table in tables and statement.table is not None:
        return True
    if isinstance(item, ForeignKeyConstraint) and item.referred_table in tables:
        return True
    own: Any = getattr(item, "columns", ())
    return refusal.error.sqlstate == _UNDEFINED_COLUMN and any(column in columns for column in own)


def _users(item: Any, metadata: MetaData) -> tuple[str, ...]:
    """The models with a column of a type."""
    if not isinstance(item, TypeEngine):
        return ()
    own = getattr(item, "name", None)
    tables = [
        table
        for table in metadata.tables.values()
        if any(own == getattr(_element(column.type), "name", None) for column in table.columns)
    ]
    return tuple(place_of(table) for table in tables[:_PLACES])


def _element(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    return type_.item_type if isinstance(type_, ARRAY) else type_


def _places(refusals: Sequence[Refusal]) -> tuple[str, ...]:
    found = list(dict.fromkeys(place for each in refusals for place in each.statement.where))
    more = [f"and {len(found) - _PLACES} more"] if len(found) > _PLACES else []
    return (*found[:_PLACES], *more)


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - _PLACES} more" if len(words) > _PLACES else ""
    return ", ".join(words[:_PLACES]) + more
