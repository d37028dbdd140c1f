"""The only comparator: the live catalog against the declared one, as operations in both directions."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from alembic.operations import MigrateOperation
from alembic.util import PriorityDispatchResult
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import SAWarning

from trueline.autogen.operations.failing import FailingOp
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.autogen.operations.undeclared import UndeclaredOp
from trueline.autogen.plan import plan_steps, rendered
from trueline.autogen.plan.casts import Casts, read_casts
from trueline.autogen.plan.names import NameChange, name_changes, renamed
from trueline.autogen.plan.step import Step
from trueline.autogen.project import COMPARING, COMPARISON, Project, command_of
from trueline.autogen.renames import Rename, find_renames, rehearsed
from trueline.autogen.row_changes import RowChanges, row_changes
from trueline.autogen.scope import Compared, Scope, compared
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import Delta, diff
from trueline.catalog.objects import CatalogObject, Key, Name, Schema
from trueline.catalog.objects import Extension as CatalogExtension
from trueline.catalog.snapshot import read_catalog
from trueline.declared.meanings import refuse_two_meanings
from trueline.declared.renames import renames_of
from trueline.errors import TruelineError
from trueline.objects import Declaration, Extension, Grant, objects_of
from trueline.readings.capture import dialect_for
from trueline.readings.declared import Declared, read_declared
from trueline.readings.migrated import Migrated, read_migrated, replayed
from trueline.scratch import scratch_database, session_of
from trueline.settings import load_settings

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from alembic.operations.ops import UpgradeOps

_log = logging.getLogger("trueline.autogen")

#: What a revision says that gives privileges by trueline's operation, and that makes a child or partition by one.
_PRIVILEGES = b"op.set_privileges("
_CHILDREN = (b"create_partition(", b"ATTACH PARTITION", b"INHERIT", b"postgresql_inherits")

D = TypeVar("D", bound=Declaration)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison found.

    Attributes:
        delta: every difference that a revision can remove; those that a rename removes are not in it.
        renames: what goes on under another name.
        names: what differs in its name only.
        rows: tables whose reference rows differ.
        compared: both sides, and what is in the database by no declaration.
        scope: what took part.
        live: the database's catalog.
        declared: the models' catalog.
        upgrade: the operations, in order.
        downgrade: the way back.
        destroys: what would be lost, a line each.
        error: why there is no way, in which case there are no operations.
    """

    delta: Delta
    renames: tuple[Rename, ...]
    names: tuple[NameChange, ...]
    rows: tuple[RowChanges, ...]
    compared: Compared
    scope: Scope
    live: Catalog
    declared: Declared
    upgrade: tuple[MigrateOperation, ...] = ()
    downgrade: tuple[MigrateOperation, ...] = ()
    destroys: tuple[str, ...] = ()
    error: TruelineError | None = None


def compare(context: AutogenContext, upgrade_ops: UpgradeOps) -> PriorityDispatchResult:
    """Alembic's hook: fill the list of operations."""
    if context.dialect.name == "postgresql" and context.connection is not None:
        work: Comparing | None = context.opts.get(COMPARING)
        if work is None:
            work = Comparing(context.connection, cast("MetaData", context.metadata), Project(load_settings()))
        command = command_of(context.opts)
        found = work.comparison(writing=command == "revision", planning=command != "check")
        context.opts[COMPARISON] = found
        upgrade_ops.ops = [*found.upgrade, *(UndeclaredOp(thing) for thing in found.compared.undeclared)]
        if found.error is not None:
            upgrade_ops.ops = [FailingOp(found.error, found.delta), *upgrade_ops.ops]
    return PriorityDispatchResult.CONTINUE


def compare_project(connection: Connection, metadata: MetaData, project: Project) -> Comparison:
    """Compare a database with the models.

    Raises:
        TruelineError: one of the two cannot be read, or there is nowhere to read the models from.
    """
    return Comparing(connection, metadata, project).comparison()


class Comparing:
    """One comparison under way; what is expensive is done when it is asked for, and once."""

    def __init__(self, connection: Connection, metadata: MetaData, project: Project) -> None:
        self.connection = connection
        self.metadata = metadata
        self.project = project
        # A project that declares a privilege, or once did, wants that one looked at, though not everybody else's.
        declares = bool(_declared(metadata, Grant)) or _is_mentioned(project, _PRIVILEGES)
        self.watch = project.watch | ({"grant"} if declares else set())
        self.session = session_of(connection)

    def prepare(self, *, aside: bool = False) -> None:
        """Read the models now: revisions that are imported later may change the metadata.

        Args:
            aside: whether the database may be read on a connection of its own meanwhile. While the server works, the
                models are written as SQL.

        Raises:
            TruelineError: PostgreSQL refuses what they declare, or the database cannot be read.
        """
        if not aside or self.connection.in_transaction():
            _ = self.declared
            return
        with ThreadPoolExecutor(1) as pool:
            reading = pool.submit(self._read_aside)
            _ = self.declared
            self.live = reading.result()

    def _read_aside(self) -> Catalog:
        with self.connection.engine.connect() as other:
            return read_catalog(other, watch=self.watch, framework=self.project.framework)

    @property
    def default_schema(self) -> str:
        """The schema that unqualified names are created in."""
        return self.session.schema or "public"

    @cached_property
    def live(self) -> Catalog:
        """What is there."""
        return read_catalog(self.connection, watch=self.watch, framework=self.project.framework)

    @cached_property
    def migrated(self) -> Migrated:
        """What the revisions make."""
        project = self.project
        if project.config is None or project.script is None:
            return Migrated(self.live.only(()), frozenset())
        return read_migrated(
            project.config,
            project.script,
            self.connection,
            project.settings,
            dict(project.options),
            watch=self.watch,
            framework=project.framework,
        )

    @cached_property
    def declared(self) -> Declared:
        """What the models say."""
        refuse_two_meanings(self.metadata, dialect_for(self.session.version))
        return read_declared(
            self.metadata,
            self.connection,
            self.project.settings,
            watch=self.watch,
            framework=self.project.framework,
            migrated=lambda: self.migrated.catalog,
            live_catalog=lambda: self.live,
        )

    @cached_property
    def casts(self) -> Casts:
        """The server's casts."""
        return read_casts(self.connection)

    def created(self) -> frozenset[Key]:
        """What declarations once made; nothing where the history cannot be replayed."""
        try:
            return self.migrated.created
        except TruelineError as error:
            _log.warning(
                "the revisions cannot be replayed, so what declarations once made counts as undeclared: %s", error
            )
            return frozenset()

    def created_children(self) -> frozenset[Key]:
        """The same, for partitions and inheritance children: jobs make many, and a replay takes its time."""
        return self.created() if _is_mentioned(self.project, *_CHILDREN) else frozenset()

    def comparison(self, *, writing: bool = False, planning: bool = True) -> Comparison:
        """Compare.

        Args:
            writing: whether a revision is written: then somebody may be asked about what looks like a rename, and the
                revision has to run in a database where nobody made schemas and extensions beforehand.
            planning: whether operations are wanted, and not only what differs.

        Raises:
            TruelineError: one of the two cannot be read, or there is nowhere to read the models from.
        """
        scope = replace(self.project.scope, pinned=_pinned(self.metadata), watch_grants="grant" in self.project.watch)
        if self.live.own().objects == self.declared.catalog.own().objects and not (rows := tuple(self._rows([]))):
            both = Compared(self.live.own(), self.live.own())
            return Comparison(Delta(), (), (), rows, both, scope, self.live, self.declared)
        hints = renames_of(self.metadata, self.default_schema)
        renames = find_renames(self.live, self.declared.catalog, hints, self.project.ask if writing else None)
        before = self._moved(renames) if renames else self.live
        both = compared(before, self.declared.catalog, scope, self.created, self.created_children)
        for thing in both.waiting:
            _log.info("left for a later revision: %s", " ".join(thing.key))
        changes = name_changes(both.old, both.new)
        delta = diff(renamed(both.old, changes, both.new), both.new).essential()
        rows = tuple(self._rows(renames))
        found = Comparison(delta, tuple(renames), tuple(changes), rows, both, scope, self.live, self.declared)
        if not planning:
            return found
        try:
            return self._planned(found, self._unwritten() if writing else frozenset())
        except TruelineError as error:
            return replace(found, error=error)

    def _unwritten(self) -> frozenset[Key]:
        """Schemas and extensions that models need and the database has, but no revision makes."""
        usual = {("schema", "public"), ("schema", self.default_schema), ("extension", "plpgsql")}
        wanted = {thing.key for thing in self.declared.catalog.own() if thing.kind in {"schema", "extension"}}
        there = {key for key in wanted - usual if key in self.live}
        if not there or self.project.config is None:
            return frozenset()
        try:
            return frozenset(key for key in there if key not in self.migrated.catalog)
        except TruelineError:  # a history that cannot be replayed: the proof will say so
            return frozenset()

    def _planned(self, found: Comparison, unwritten: frozenset[Key]) -> Comparison:
        if not (found.delta or found.renames or found.names or found.rows):
            return found
        ups, downs = zip(*(each.steps() for each in found.rows), strict=True) if found.rows else ((), ())
        old, new = found.compared.old, found.compared.new
        old = old.only(thing for thing in old if thing.key not in unwritten)
        new = new.only(_unversioned(thing) if thing.key in unwritten else thing for thing in new)
        there = plan_steps(old, new, self.default_schema, self.casts, ups)
        back = plan_steps(new, old, self.default_schema, self.casts, downs)
        first = _rename_operations(found.renames, self.live, self.default_schema)
        last = [each for rename in reversed(found.renames) for each in rename.back().operations(self.default_schema)]
        return replace(
            found,
            upgrade=(*first, *_all(there)),
            downgrade=(*_without_notes(back), *last, *_dropped_schemas(found.renames, self.live)),
            destroys=tuple(step.destroys for step in there if step.destroys and step.operations),
        )

    def _rows(self, renames: list[Rename]) -> Iterator[RowChanges]:
        moved: dict[Name, Name] = {
            (each.new[1], each.new[2]): (each.old[1], each.old[2]) for each in renames if each.old[0] == "table"
        }
        declared = [each for each in objects_of(self.metadata).reference_rows if self._takes_part(each.target.schema)]
        if not declared:
            return iter(())
        with warnings.catch_warnings():
            # Keys that close a circle have no order, and rows that do not refer to one another need none.
            warnings.simplefilter("ignore", SAWarning)
            tables = list(self.metadata.sorted_tables)
        declared.sort(key=lambda each: tables.index(each.target))

        def where(place: Name) -> Name | None:
            there = moved.get(place, place)
            return there if ("table", *there) in self.live else None

        return iter(row_changes(declared, self.connection, self.live, where, self.default_schema))

    def _takes_part(self, schema: str | None) -> bool:
        only = self.project.scope.schemas
        return not only or (schema or self.default_schema) in only

    def _moved(self, renames: list[Rename]) -> Catalog:
        """The live catalog as it is after the renames: carried out in a copy."""
        operations = _rename_operations(tuple(renames), self.live, self.default_schema)
        for rename in renames:
            _log.info("renamed: %s", rename.words)
        with ExitStack() as stack:
            scratch = stack.enter_context(scratch_database(self.connection, self.project.settings))

            def migrate(_: Connection) -> None:
                if self.project.config is None or self.project.script is None:
                    return
                with replayed(self.project.config, self.project.script, scratch, dict(self.project.options)):
                    pass

            return rehearsed(self.live, operations, scratch, migrate)


def _unversioned(thing: CatalogObject) -> CatalogObject:
    """An extension in whichever version the server has: the one that is there is nobody's choice."""
    return replace(thing, version="") if isinstance(thing, CatalogExtension) else thing


def _all(steps: list[Step]) -> Iterator[MigrateOperation]:
    return (each for step in steps for each in rendered(step))


def _without_notes(steps: list[Step]) -> Iterator[MigrateOperation]:
    """A downgrade drops what the upgrade made: nobody needs to be told."""
    return (each for step in steps for each in step.operations)


def _is_mentioned(project: Project, *words: bytes) -> bool:
    """Whether a revision has one of these words; the files are only looked at, not imported."""
    folders = project.script._version_locations if project.script is not None else ()
    files = (file for folder in folders for file in Path(folder).glob("*.py"))
    return any(word in text for file in files for text in [file.read_bytes()] for word in words)


def _pinned(metadata: MetaData) -> frozenset[str]:
    """Extensions that are declared with a version."""
    return frozenset(each.name for each in _declared(metadata, Extension) if each.version is not None)


def _declared(metadata: MetaData, kind: type[D]) -> list[D]:
    return [each for each in objects_of(metadata).declarations.values() if isinstance(each, kind)]


def _rename_operations(renames: tuple[Rename, ...], live: Catalog, default_schema: str) -> list[MigrateOperation]:
    created = [CreateObjectOp(Schema(schema)) for schema in _new_schemas(renames, live)]
    return [*created, *(each for rename in renames for each in rename.operations(default_schema))]


def _dropped_schemas(renames: tuple[Rename, ...], live: Catalog) -> list[MigrateOperation]:
    return [DropObjectOp(Schema(schema)) for schema in reversed(_new_schemas(renames, live))]


def _new_schemas(renames: tuple[Rename, ...], live: Catalog) -> list[str]:
    return sorted({each.new[1] for each in renames if ("schema", each.new[1]) not in live})
