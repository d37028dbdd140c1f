"""Models as a database: what PostgreSQL takes as it stands, and what it takes with the help of revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import Column, Constraint, Index, Table
from sqlalchemy import Sequence as DeclaredSequence
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeEngine

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Key, Name
from trueline.catalog.objects import Sequence as SequenceObject
from trueline.catalog.snapshot import read_catalog
from trueline.readings.capture import Statement
from trueline.readings.offers import Offer, constraint_keys, definition_of, offers
from trueline.readings.send import Advance, Refusal, send
from trueline.readings.sourcing import Source
from trueline.readings.split import DefaultOf, split


@dataclass(frozen=True, slots=True)
class Replaced:
    """A declaration that PostgreSQL refuses, and what was taken in its place.

    Attributes:
        refusal: the declaration and PostgreSQL's words.
        thing: the object of the same name.
        source: where that is from.
        built: whether it could be built; if not, it is known by its value only.
    """

    refusal: Refusal
    thing: CatalogObject
    source: Source
    built: bool


@dataclass(slots=True)
class Built:
    """What came of it.

    Attributes:
        taken: objects that no model declares and models need, with their source.
        healed: what PostgreSQL took only when it had those.
        replaced: what it did not take, but has under the same name.
        refused: what it does not take.
    """

    taken: dict[Key, Source] = field(default_factory=dict)
    healed: list[Refusal] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds statements in a scratch database.

    Attributes:
        driver: to the scratch database, in autocommit mode.
        schema: of what names none.
        version: major version of the server.
        sources: where to look for what is missing, in this order.
    """

    driver: psycopg.Connection[Any]
    schema: str
    version: int
    sources: Sequence[Source]
    advance: Advance

    def build(self, statements: Sequence[Statement]) -> Built:
        """Execute what can be executed; see `Built` for the rest."""
        built = Built(refused=send(self.driver, statements, self.advance))
        if built.refused:
            self._take_what_is_missing(built)
        if built.refused:
            self._take_apart(built)
            self._take_what_is_missing(built)
        if built.refused:
            self._take_by_name(built)
        return built

    def _take_what_is_missing(self, built: Built) -> None:
        for source in self.sources:
            for tables in (False, True):
                if built.refused and (catalog := source.catalog()) is not None:
                    self._offer(built, source, catalog, tables=tables)

    def _offer(self, built: Built, source: Source, catalog: Catalog, *, tables: bool) -> None:
        """Make everything that a catalog has to offer, try again, and drop what turns out not to be needed."""
        present = {thing.key for thing in read_catalog(self.driver)}
        declared = self._names(each.statement for each in built.refused)
        declared |= self._drawn(catalog, (each.statement.item for each in built.refused))
        offered = offers(catalog, present, declared, tables=tables)
        if not offered:
            return
        before = {each.statement: each for each in built.refused}
        left = send(self.driver, [*offered, *before], self.advance)
        failed = {each.statement for each in left}
        drops = [Statement(each.item.drop, each.what, each.item) for each in reversed(offered) if each not in failed]
        needed = {each.statement.item.key for each in send(self.driver, drops, self.advance)}
        kept = [each.item for each in offered if each.item.key in needed]
        send(self.driver, [statement for each in kept for statement in each.afterwards()], self.advance)
        built.taken |= {each.key: source for each in kept}
        built.healed += [refusal for statement, refusal in before.items() if statement not in failed]
        built.refused = [each for each in left if not isinstance(each.statement.item, Offer)]

    def _names(self, statements: Iterable[Statement]) -> set[Name]:
        """What the models want to make themselves."""
        items: Iterator[Any] = (each.item for each in statements)
        kinds = (Table, TypeEngine, DeclaredSequence)
        places = [_own_place(item) if isinstance(item, kinds) else _declared_place(item) for item in items]
        return {(str(place[0] or self.schema), str(place[1])) for place in places if place is not None}

    def _drawn(self, catalog: Catalog, items: Iterable[Any]) -> set[Name]:
        """The sequences that serial columns make: offered, they would take the name, and the column's be another."""
        columns = [item.autoincrement_column if isinstance(item, Table) else item for item in items]
        serial = {
            ("column", str(each.table.schema or self.schema), each.table.name, each.name)
            for each in columns
            if isinstance(each, Column) and each.server_default is None and each.identity is None
        }
        return {(each.schema, each.name) for each in catalog.of_kind(SequenceObject) if each.owned_by in serial}

    def _take_apart(self, built: Built) -> None:
        whole = [each for each in built.refused if isinstance(each.statement.element, CreateTable)]
        if not whole:
            return
        parts = [part for each in whole for part in split(self.driver, each.statement, self.version)]
        rest = [each.statement for each in built.refused if each not in whole]
        built.refused = send(self.driver, [*parts, *rest], self.advance)

    def _take_by_name(self, built: Built) -> None:
        """Tables and columns first: what hangs on them may then be made as it was declared."""
        for kinds in ((Table, Column, DefaultOf), (object,)):
            for source in self.sources:
                if built.refused and (catalog := source.catalog()) is not None:
                    self._replace(built, source, catalog, kinds)

    def _replace(self, built: Built, source: Source, catalog: Catalog, kinds: tuple[type, ...]) -> None:
        refusals = {each.statement: each for each in built.refused}
        instead: dict[Statement, tuple[Statement, CatalogObject]] = {}
        for statement in refusals:
            thing = self._counterpart(statement, catalog) if isinstance(statement.item, kinds) else None
            if thing is not None:
                sql = self._definition(statement, thing, catalog)
                instead[Statement(sql, statement.what, statement)] = (statement, thing)
        others = refusals.keys() - {statement for statement, _ in instead.values()}
        left = {each.statement: each for each in send(self.driver, [*instead, *others], self.advance)}
        for replacement, (statement, thing) in instead.items():
            by_value = replacement in left and not isinstance(statement.item, Table)
            if replacement not in left or by_value:
                built.replaced.append(Replaced(refusals.pop(statement), thing, source, not by_value))
        built.refused = [left.get(each, refusals[each]) for each in refusals if each not in others or each in left]

    def _definition(self, statement: Statement, thing: CatalogObject, catalog: Catalog) -> str:
        if isinstance(statement.item, DefaultOf):
            before, _, _ = statement.sql.rpartition(" SET DEFAULT ")
            default = getattr(thing, "default", None)
            return f"{before} DROP DEFAULT" if default is None else f"{before} SET DEFAULT {default}"
        return definition_of(thing, catalog)

    def _counterpart(self, statement: Statement, catalog: Catalog) -> CatalogObject | None:
        """What a catalog has under the name of a declaration."""
        return next((thing for key in self.keys(statement) if (thing := catalog.get(key)) is not None), None)

    def keys(self, statement: Statement) -> list[Key]:
        """Where a catalog may have what a statement makes."""
        item, table = statement.item, statement.table
        place = (table.schema or self.schema, table.name) if table is not None else ("", "")
        if statement.what.startswith("comment on "):
            if isinstance(item, Constraint):
                return [("comment", *key) for key in constraint_keys(*place, str(item.name))]
            column = (item.name,) if isinstance(item, Column) else ()
            return [("comment", "column" if column else "table", *place, *column)]
        match item:
            case DefaultOf():
                return [("column", *place, item.column.name)]
            case Column():
                return [("column", *place, item.name)]
            case Index():
                return [("index", place[0], str(item.name))]
            case Constraint():
                return constraint_keys(*place, str(item.name)) if item.name else []
            case Table():
                return [("table", *place)]
            case TypeEngine() | DeclaredSequence():
                own = (str(getattr(item, "schema", None) or self.schema), str(getattr(item, "name", "")))
                return [(kind, *own) for kind in ("enum", "domain", "composite", "range", "sequence")]
        return self._declared_keys(item)

    def _declared_keys(self, item: Any) -> list[Key]:
        kind, place = str(getattr(item, "kind", "")).replace(" ", "_"), _declared_place(item)
        if place is None or not kind:
            return []
        if kind == "extension":
            return [("extension", str(item.name))]
        own = (str(place[0] or self.schema), str(place[1]))
        return [(kind, *own, str(item.name)) if kind in {"trigger", "policy"} else (kind, *own)]


def _own_place(item: Any) -> tuple[str | None, str]:
    return (item.schema, item.name)


def _declared_place(item: Any) -> tuple[str | None, str] | None:
    """Schema and name of a `trueline.objects` declaration; of what stands on a table, the table's."""
    place = getattr(item, "place", None)
    return place if isinstance(place, tuple) and len(place) == 2 else None
