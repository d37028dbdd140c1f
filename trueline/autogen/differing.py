"""What differs between the live catalog and the declared one, and the operations that remove it, in both directions."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation
from sqlalchemy import Connection, MetaData, Select, literal_column, select, table
from sqlalchemy.exc import DBAPIError

from trueline.autogen.compare import declarations
from trueline.autogen.comparison import Comparison
from trueline.autogen.operations.note import NoteOp
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.autogen.plan import plan_steps, rendered
from trueline.autogen.plan.names import name_changes, renamed
from trueline.autogen.plan.step import Step
from trueline.autogen.renames import Known, Rename, find_renames, following, rehearsed, unheard
from trueline.autogen.row_changes import Ground, Home, RowChanges, row_changes, row_steps
from trueline.autogen.scope import Compared, compared
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Delta, diff
from trueline.catalog.objects import CatalogObject, Column, Key, Name, Schema
from trueline.catalog.objects import Extension as CatalogExtension
from trueline.catalog.render.words import name
from trueline.declared import origin
from trueline.declared.renames import Renames, renames_of
from trueline.errors import LostError, TruelineError
from trueline.objects import Extension, objects_of
from trueline.objects.former import formers_of
from trueline.readings.migrated import replayed
from trueline.scratch.places import scratch_database

if TYPE_CHECKING:
    from trueline.autogen.compare import Comparing

_log = logging.getLogger("trueline.autogen")


@dataclass(frozen=True, slots=True)
class Differing:
    """The second half of a comparison: both sides are to be had."""

    work: Comparing

    def found(self, *, writing: bool, planning: bool) -> Comparison:
        """See `Comparing.comparison`."""
        work = self.work
        scope = replace(
            work.project.scope,
            pinned=_pinned(work.metadata),
            watch_grants="grant" in work.project.watch,
            watch_database="database" in work.project.watch,
        )
        self._refuse_unknown_schemas(scope.schemas)
        if work.live.own().objects == work.declared.catalog.own().objects and not (rows := tuple(self.rows([]))):
            work.remember_same()
            both = Compared(work.live.own(), work.live.own())
            return Comparison(Delta(), (), (), rows, both, scope, work.live, work.declared)
        hints = renames_of(work.metadata, work.default_schema)
        hints.objects.update(formers_of(work.metadata, work.default_schema))
        renames = find_renames(work.live, work.declared.catalog, hints, work.project.ask if writing else None)
        before = self._moved(renames) if renames else work.live
        both = compared(
            before,
            work.declared.catalog,
            scope,
            lambda: following(work.created(), renames),
            lambda: following(work.created_children(), renames),
            taken=work.declared.undeclared,
        )
        for thing in both.waiting:
            _log.info("left for a later revision: %s", " ".join(thing.key))
        changes = name_changes(both.old, both.new)
        delta = diff(renamed(both.old, changes, both.new), both.new).essential()
        rows = tuple(self.rows(renames, delta.removed))
        found = Comparison(delta, tuple(renames), tuple(changes), rows, both, scope, work.live, work.declared)
        found = replace(found, unheard=tuple(unheard(self._in_scope(hints), self._known(renames))))
        if not planning:
            return found
        try:
            return self._planned(found, self._unwritten() if writing else frozenset())
        except TruelineError as error:
            return replace(found, error=error)

    def _known(self, renames: list[Rename]) -> Known:
        work = self.work
        places = {
            (each.schema or work.default_schema, each.name): origin.place(each)
            for each in work.metadata.tables.values()
        }
        empty = partial(_is_empty, work.connection)
        return Known(work.live, work.declared.catalog, renames, lambda each: places[each], empty)

    def _in_scope(self, hints: Renames) -> Renames:
        """The hints of what takes part."""
        return Renames(
            {new: old for new, old in hints.tables.items() if self._takes_part(new[0])},
            {new: old for new, old in hints.columns.items() if self._takes_part(new[0][0])},
            {kind: labels for kind, labels in hints.labels.items() if self._takes_part(kind[0])},
            {now: former for now, former in hints.objects.items() if self._takes_part(now[1][0])},
        )

    def _refuse_unknown_schemas(self, wanted: frozenset[str]) -> None:
        """A schema that neither side has would make every difference disappear."""
        catalogs = (self.work.live, self.work.declared.catalog)
        known = {thing.name for catalog in catalogs for thing in catalog.of_kind(Schema)} | {self.work.default_schema}
        if unknown := sorted(wanted - known):
            raise TruelineError(
                f"there is no schema {', '.join(map(name, unknown))}; known: {', '.join(map(name, sorted(known)))}",
                where="-x schema=…",
            )

    def _unwritten(self) -> frozenset[Key]:
        """Schemas and extensions that models need and the database has, but no revision makes."""
        work = self.work
        usual = {("schema", "public"), ("schema", work.default_schema), ("extension", "plpgsql")}
        wanted = {thing.key for thing in work.declared.catalog.own() if thing.kind in {"schema", "extension"}}
        there = {key for key in wanted - usual if key in work.live}
        if not there or work.project.config is None:
            return frozenset()
        try:
            return frozenset(key for key in there if key not in work.migrated.catalog)
        except LostError:
            raise
        except TruelineError:  # a history that cannot be replayed: the proof will say so
            return frozenset()

    def _planned(self, found: Comparison, unwritten: frozenset[Key]) -> Comparison:
        if not (found.delta or found.renames or found.names or found.rows):
            return found
        work = self.work
        ups, downs = row_steps(found.rows)
        old, new = found.compared.old, found.compared.new
        if unwritten:
            old = old.only(thing for thing in old if thing.key not in unwritten)
            # What stays may need what goes: the planner has to know of it.
            left = tuple(_unversioned(thing) if thing.key in unwritten else thing for thing in new)
            new = replace(new, objects=left)
        there = plan_steps(old, new, work.default_schema, work.casts, ups)
        back = plan_steps(new, old, work.default_schema, work.casts, downs)
        first = _rename_operations(found.renames, work.live, work.default_schema)
        last = [each for rename in reversed(found.renames) for each in rename.back().operations(work.default_schema)]
        return replace(
            found,
            upgrade=(*first, *_all(there)),
            downgrade=(*_made(_without_notes(back), unwritten), *last, *_dropped_schemas(found.renames, work.live)),
            destroys=tuple(step.destroys for step in there if step.destroys and step.operations),
            fails=tuple(step.fails for step in there if step.fails and step.operations),
        )

    def rows(self, renames: Sequence[Rename], gone: Iterable[CatalogObject] = ()) -> list[RowChanges]:
        """Tables whose reference rows differ, or whose rows lose something with columns that go.

        Args:
            renames: what goes on under another name.
            gone: what is dropped.
        """
        work = self.work
        declared = [each for each in objects_of(work.metadata).reference_rows if self._takes_part(each.target.schema)]
        if not declared:
            return []
        moved = {each.new: each.old for each in renames}
        lost = [thing for thing in gone if isinstance(thing, Column) and not thing.generated]

        def where(place: Name) -> Home | None:
            there = moved.get(("table", *place), ("table", *place))
            names = {new[3]: old[3] for new, old in moved.items() if new[0] == "column" and new[1:3] == place}
            without = frozenset(each.name for each in lost if (each.schema, each.table) == place)
            return Home((there[1], there[2]), names, without) if there in work.live else None

        ground = Ground(work.connection, work.live, lambda: work.declared.catalog, where, work.default_schema)
        return row_changes(declared, ground)

    def _takes_part(self, schema: str | None) -> bool:
        work = self.work
        only = work.project.scope.schemas
        return not only or (schema or work.default_schema) in only

    def _moved(self, renames: list[Rename]) -> Catalog:
        """The live catalog as it is after the renames: carried out in a copy."""
        work = self.work
        operations = _rename_operations(tuple(renames), work.live, work.default_schema)
        for rename in renames:
            _log.info("renamed: %s", rename.words)
        with ExitStack() as stack:
            scratch = stack.enter_context(scratch_database(work.connection, work.project.settings))

            def migrate(_: Connection) -> None:
                if work.project.config is None or work.project.script is None:
                    return
                with replayed(work.project.config, work.project.script, scratch, dict(work.project.options)):
                    pass

            return rehearsed(work.live, operations, scratch, migrate)


def _is_empty(connection: Connection, place: Name) -> bool:
    """Whether a table has no rows; of one that may not be read nobody says so."""
    try:
        with connection.begin_nested():
            query: Select[Any] = select(literal_column("1")).select_from(table(place[1], schema=place[0])).limit(1)
            return connection.execute(query).first() is None
    except DBAPIError:
        return False


def _unversioned(thing: CatalogObject) -> CatalogObject:
    """An extension in whichever version the server has: the one that is there is nobody's choice."""
    return replace(thing, version="") if isinstance(thing, CatalogExtension) else thing


def _all(steps: list[Step]) -> Iterator[MigrateOperation]:
    return (each for step in steps for each in rendered(step))


def _made(operations: Iterable[MigrateOperation], unwritten: frozenset[Key]) -> Iterator[MigrateOperation]:
    """A schema or extension goes if the upgrade has made it: elsewhere somebody may have done so, and here has."""
    for op in operations:
        if not isinstance(op, DropObjectOp) or op.thing.kind not in {"schema", "extension"}:
            yield op
        elif op.thing.key in unwritten:
            yield NoteOp(f"{op.thing.kind} {'.'.join(op.thing.key[1:])} stays: it was there before this revision")
        else:
            yield DropObjectOp(op.thing, if_made=True)


def _without_notes(steps: list[Step]) -> Iterator[MigrateOperation]:
    """A downgrade drops what the upgrade made: nobody needs to be told."""
    return (each for step in steps for each in step.operations)


def _pinned(metadata: MetaData) -> frozenset[str]:
    """Extensions that are declared with a version."""
    return frozenset(each.name for each in declarations(metadata, Extension) if each.version is not None)


def _rename_operations(renames: tuple[Rename, ...], live: Catalog, default_schema: str) -> list[MigrateOperation]:
    created = [CreateObjectOp(Schema(schema)) for schema in _new_schemas(renames, live)]
    return [*created, *(each for rename in renames for each in rename.operations(default_schema))]


def _dropped_schemas(renames: tuple[Rename, ...], live: Catalog) -> list[MigrateOperation]:
    return [DropObjectOp(Schema(schema), if_made=True) for schema in reversed(_new_schemas(renames, live))]


def _new_schemas(renames: tuple[Rename, ...], live: Catalog) -> list[str]:
    return sorted({each.new[1] for each in renames if ("schema", each.new[1]) not in live})
