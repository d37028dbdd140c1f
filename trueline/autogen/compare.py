"""The only comparator: the live catalog against the declared one, as operations in both directions."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import psycopg
from alembic.util import PriorityDispatchResult
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import DBAPIError

from trueline.autogen.command import command_of
from trueline.autogen.project import COMPARING, COMPARISON, Project
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import OF_DATABASE, Key
from trueline.catalog.snapshot import Rows, catalog_of, read_rows
from trueline.declared.meanings import refuse_two_meanings
from trueline.errors import LostError, TruelineError
from trueline.objects import Declaration, Grant, Statement, objects_of
from trueline.readings.capture import dialect_for
from trueline.readings.declared import Declared, Models, models_of
from trueline.readings.sameness import Sameness
from trueline.readings.sourcing import Source
from trueline.scratch.session import driver_of, session_of
from trueline.settings import load_settings

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from alembic.operations.ops import UpgradeOps

    from trueline.autogen.comparison import Comparison
    from trueline.autogen.plan.casts import Casts
    from trueline.readings.stage import Stage
    from trueline.readings.state import Migrated

_log = logging.getLogger("trueline.autogen")

#: What a revision says that makes a child or partition.
_CHILDREN = (b"create_partition(", b"ATTACH PARTITION", b"INHERIT", b"postgresql_inherits")
_OF_DATABASE = "|".join(sorted(OF_DATABASE)).encode()

#: What is watched where a revision makes it by trueline's operation.
_MADE = {
    "grant": re.compile(rb"op\.set_privileges\("),
    "database": re.compile(rb"create_object\(\s*[\"'](?:" + _OF_DATABASE + rb")[\"']"),
}

D = TypeVar("D", bound=Declaration)


def compare(context: AutogenContext, upgrade_ops: UpgradeOps) -> PriorityDispatchResult:
    """Alembic's hook: fill the list of operations."""
    if context.dialect.name == "postgresql" and context.connection is not None:
        work: Comparing | None = context.opts.get(COMPARING)
        if work is None:
            work = Comparing(context.connection, cast("MetaData", context.metadata), Project(load_settings()))
        upgrade_ops.ops = []
        if not work.same:
            _fill(work, context, upgrade_ops)
    return PriorityDispatchResult.CONTINUE


def _fill(work: Comparing, context: AutogenContext, upgrade_ops: UpgradeOps) -> None:
    from trueline.autogen.operations.failing import FailingOp
    from trueline.autogen.operations.undeclared import UndeclaredOp

    command = command_of(context.opts)
    found = work.comparison(writing=command == "revision", planning=command != "check")
    context.opts[COMPARISON] = found
    upgrade_ops.ops = [*found.upgrade, *(UndeclaredOp(thing) for thing in found.compared.undeclared)]
    if found.error is not None:
        upgrade_ops.ops = [FailingOp(found.error, found.delta), *upgrade_ops.ops]


def compare_project(connection: Connection, metadata: MetaData, project: Project) -> Comparison:
    """Compare a database with the models.

    Raises:
        TruelineError: one of the two cannot be read, or there is nowhere to read the models from.
    """
    return Comparing(connection, metadata, project).comparison()


class Comparing:
    """One comparison under way; what is expensive is done when it is asked for, and once.

    Attributes:
        stage: where the history is made, if it is made but once.
        same: whether it is known already that nothing differs, and that there is nothing to say about it.
    """

    def __init__(self, connection: Connection, metadata: MetaData, project: Project) -> None:
        self.connection = connection
        self.metadata = metadata
        self.project = project
        # A project that declares a privilege, or once did, wants that one looked at, though not everybody else's.
        self.watch = project.watch | _declared(metadata)
        self.watch |= _made(project, frozenset(_MADE) - self.watch)
        self.session = session_of(connection)
        self.same = False
        self.stage: Stage | None = None
        self._reading: Callable[[], Rows] | None = None
        self._key: str | None = None

    def prepare(self, *, aside: bool = False, deciding: bool = False) -> None:
        """Read the models now: revisions that are imported later may change the metadata.

        Args:
            aside: whether the database may be read on a connection of its own meanwhile, and what is kept of the
                history be restored. While the server works, the models are written as SQL.
            deciding: whether it is only asked if anything differs.

        Raises:
            TruelineError: PostgreSQL refuses what they declare, or the database cannot be read.
        """
        if not aside or self.connection.in_transaction():
            self._prepare(deciding=deciding)
            return
        with self._read_aside() as reading:
            self._reading = reading
            self._prepare(deciding=deciding, stage=self.stage)
            _ = self.rows

    def _prepare(self, *, deciding: bool, stage: Stage | None = None) -> None:
        refuse_two_meanings(self.metadata, dialect_for(self.session.version))
        with self._models() as models:
            # Models that have to be built are not kept waiting for the rows.
            known = deciding and not self.project.scope.schemas and models.are_known()
            self.same = known and self._is_known_same()
            if stage is not None:
                stage.prepare()  # the models are written as SQL: now revisions may be imported
            if not self.same:
                self.declared = models.read()

    def _is_known_same(self) -> bool:
        """Whether it was seen before that nothing differs; reference rows are looked at each time."""
        if self.project.scope.schemas:  # whether there are such schemas, only catalogs tell
            return False
        known = self._sameness()
        return known is not None and known.is_known() and not self._rows_differ()

    def _rows_differ(self) -> bool:
        if not objects_of(self.metadata).reference_rows:
            return False
        from trueline.autogen.differing import Differing

        was = self.connection.in_transaction()
        try:
            return bool(Differing(self).rows(()))
        finally:
            if not was and self.connection.in_transaction():
                self.connection.rollback()

    def _sameness(self) -> Sameness | None:
        if self._key is None:
            return None
        return Sameness(self.project.settings, self._key, self.rows, self.project.framework)

    def remember_same(self) -> None:
        """The live catalog is the declared one: next time nobody need read it for that, if nothing is to be said."""
        known, declared = self._sameness(), self.declared
        if known is not None and declared.alone and not (declared.findings or declared.left_out):
            known.remember()

    @contextmanager
    def _read_aside(self) -> Iterator[Callable[[], Rows] | None]:
        """Read the database while the body runs; None where there is no second connection to be had."""
        try:
            other = self.connection.engine.connect()
        except DBAPIError:
            yield None
            return
        with other, ThreadPoolExecutor(1) as pool:
            reading = pool.submit(read_rows, other, watch=self.watch)
            try:
                yield reading.result
            except BaseException:
                _stop(reading, driver_of(other))
                raise

    @property
    def default_schema(self) -> str:
        """The schema that unqualified names are created in."""
        return self.session.schema or "public"

    @cached_property
    def rows(self) -> Rows:
        """What the database answers about itself."""
        return read_rows(self.connection, watch=self.watch) if self._reading is None else self._reading()

    @cached_property
    def live(self) -> Catalog:
        """What is there."""
        return catalog_of(self.rows, self.project.framework)

    def put_on_stage(self) -> AbstractContextManager[object]:
        """Let the history be made once for all who need it from now on, until what this gives is closed."""
        project = self.project
        if project.config is None or project.script is None:
            return nullcontext()
        from trueline.readings.stage import Stage

        options = dict(project.options)
        given = (project.config, project.script, self.connection, project.settings, options)
        self.stage = Stage(*given, self.watch, project.framework)
        return closing(self.stage)

    @cached_property
    def migrated(self) -> Migrated:
        """What the revisions make."""
        if self.stage is not None:
            return self.stage.migrated()
        from trueline.readings.migrated import Migrated, read_migrated

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
        with self._models() as models:
            return models.read()

    @contextmanager
    def _models(self) -> Iterator[Models]:
        sources = (
            Source("migrated", "the revisions", lambda: self.migrated.catalog),
            Source("live", "the live database", lambda: self.live),
        )
        with models_of(
            self.metadata,
            self.connection,
            self.project.settings,
            self.session,
            watch=self.watch,
            framework=self.project.framework,
            sources=sources,
        ) as models:
            self._key = models.key()
            yield models

    @cached_property
    def casts(self) -> Casts:
        """The server's casts."""
        from trueline.autogen.plan.casts import read_casts

        return read_casts(self.connection)

    def created(self) -> frozenset[Key]:
        """What declarations once made; nothing where the history cannot be replayed."""
        try:
            return self.migrated.created
        except LostError:
            raise
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
        from trueline.autogen.differing import Differing

        return Differing(self).found(writing=writing, planning=planning)


def _declared(metadata: MetaData) -> frozenset[str]:
    """What has to be watched for the sake of what is declared."""
    made = {(each.makes or "").lower().replace(" ", "_") for each in declarations(metadata, Statement)}
    found = {"grant": bool(declarations(metadata, Grant)), "database": not made.isdisjoint(OF_DATABASE)}
    return frozenset(word for word, declares in found.items() if declares)


def _made(project: Project, words: frozenset[str]) -> frozenset[str]:
    """Of these, what has to be watched for the sake of what revisions once made."""
    left = set(words)
    for text in _revisions(project) if left else ():
        left -= {word for word in left if _MADE[word].search(text)}
        if not left:
            break
    return words - left


def _is_mentioned(project: Project, *words: bytes) -> bool:
    """Whether a revision has one of these words; the files are only looked at, not imported."""
    return any(word in text for text in _revisions(project) for word in words)


def _revisions(project: Project) -> Iterator[bytes]:
    folders = project.script._version_locations if project.script is not None else ()
    return (file.read_bytes() for folder in folders for file in Path(folder).glob("*.py"))


def _stop(work: Future[Rows], driver: psycopg.Connection[Any]) -> None:
    """Nobody waits for what is not wanted any more: a query may hang in somebody's lock."""
    while not work.done():
        with suppress(psycopg.Error):
            driver.cancel()
        wait([work], timeout=0.1)


def declarations(metadata: MetaData, kind: type[D]) -> list[D]:
    """What is declared of one kind."""
    return [each for each in objects_of(metadata).declarations.values() if isinstance(each, kind)]
