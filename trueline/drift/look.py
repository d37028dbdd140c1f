"""Reading what drift is told from; the database is only read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from trueline.autogen.compare import Comparing
from trueline.autogen.scope import Compared, compared, drift
from trueline.autogen.summary import keyed
from trueline.catalog.catalog import Catalog
from trueline.catalog.describe import Difference, describe
from trueline.catalog.diff import diff
from trueline.catalog.objects import Key
from trueline.catalog.snapshot import read_catalog
from trueline.checkout import Checkout, checkout_of
from trueline.comparing import project_of
from trueline.deploy.drifted import edited_since
from trueline.deploy.heads import HeadsError, refuse_unknown
from trueline.deploy.records import Progress
from trueline.drift.culprit import MEANINGS, Drift, Drifted
from trueline.drift.evidence import unchanged_since, unimported
from trueline.drift.judge import Known, of_database, of_models
from trueline.drift.snapshot import Snapshot
from trueline.env import open_target
from trueline.errors import TruelineError
from trueline.finding import Place
from trueline.looking.history import Deployed, ledger_in, read_history, readable
from trueline.looking.planned import ground_of, heads_of
from trueline.placing import near, places_of_tables
from trueline.readings.migrated import Migrated, ReplayError, read_migrated
from trueline.scratch.session import driver_of
from trueline.settings import Settings


@dataclass(frozen=True, slots=True)
class Told:
    """What the ledger says.

    Attributes:
        begun: revisions that are half applied.
        last: the last command that changed the database.
        edited: files of revisions that are others than those that were run; None where it is not to be read.
        notes: why it says nothing.
    """

    begun: tuple[Progress, ...] = ()
    last: Deployed | None = None
    edited: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()


def find_drift(settings: Settings, against: Snapshot | None = None) -> Drift:
    """Compare the three readings; with a snapshot only the database with it, so that no scratch database is needed.

    Raises:
        TruelineError: one of them cannot be read.
    """
    project = checkout_of(settings)
    with open_target(settings) as connection:
        ground = ground_of(connection, project, settings)
        heads = heads_of(connection, ground.options)
        told = _told(connection, settings, project.script)
        connection.rollback()
        look = _Look(connection, settings, project, dict(ground.options), heads, told)
        found = look.against(against) if against is not None else look.whole()
        notes = tuple(dict.fromkeys((*told.notes, *look.notes)))
        address = connection.engine.url.render_as_string()
    order = list(MEANINGS)
    found = sorted(found, key=lambda each: order.index(each.culprit))
    return Drift(address, heads, tuple(found), notes)


def _told(connection: Connection, settings: Settings, script: ScriptDirectory) -> Told:
    ledger = ledger_in(connection, settings.version_schema)
    if ledger is None:
        return Told(notes=("no ledger: no command of trueline's has changed this database yet",))
    driver = driver_of(connection)
    try:
        with readable(connection, ledger):
            begun, applied = ledger.begun(driver), ledger.sources(driver)
        deploys = read_history(connection, ledger, limit=1)
    except TruelineError as error:
        return Told(notes=(f"{error.what}, so nothing is known of deploys that failed: {error.fix}",))
    return Told(tuple(begun), deploys[0] if deploys else None, tuple(edited_since(script, applied)))


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at a database."""

    connection: Connection
    settings: Settings
    project: Checkout
    options: dict[str, Any]
    heads: tuple[str, ...]
    told: Told
    notes: list[str] = field(default_factory=list)
    _kept: dict[tuple[str, ...], Migrated] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.settings.project or Path.cwd()

    def against(self, snapshot: Snapshot) -> list[Drifted]:
        """The database, and the catalog in a file."""
        unknown = list(self._unknown())
        waiting = [] if unknown else list(self._waiting())
        if not unknown and snapshot.revisions and set(snapshot.revisions) != set(self.heads):
            if waiting:
                return [*self._failed(), *waiting]
            raise TruelineError(
                f"the catalog is of revision {', '.join(snapshot.revisions)}, and the database is at "
                f"{', '.join(self.heads) or 'base'}",
                fix="trueline snapshot --migrated catalog.json   # of the code that is deployed",
            )
        work = self._comparing()
        live = read_catalog(self.connection, watch=snapshot.catalog.watched, framework=work.project.framework)
        return [
            *self._failed(),
            *unknown,
            *waiting,
            *(each for _, each in self._by_hand(snapshot.catalog, live, work, bool(unknown))),
        ]

    def whole(self) -> list[Drifted]:
        """Models, revisions and database."""
        work, unknown = self._comparing(), list(self._unknown())
        models = self._of_models(work)
        # Of an unknown revision nobody can say what it did: what differs from the last known one is its doing.
        made = self._migrated(work, tuple(self.project.script.get_heads()) if unknown else self.heads).catalog
        by_hand = dict(self._by_hand(made, work.live, work, bool(unknown)))
        both = {key for key, each in models.items() if each.culprit == "hand-edited revision"}
        waiting = [] if unknown else list(self._waiting())
        return [
            *self._failed(),
            *unknown,
            *(each for key, each in by_hand.items() if key not in both or key in self._interrupted(work)),
            *waiting,
            *models.values(),
        ]

    def _of_models(self, work: Comparing) -> dict[Key, Drifted]:
        """Where the revisions can be replayed to their end."""
        try:
            return dict(self._models(work))
        except ReplayError as error:
            self.notes.append(f"models and revisions were not compared: {error.what}, {', '.join(error.where[:1])}")
            return {}

    def _comparing(self) -> Comparing:
        given = project_of(self.settings, {}, self.options, self.project.config, self.project.script)
        return Comparing(self.connection, self.project.metadata, given)

    def _migrated(self, work: Comparing, heads: tuple[str, ...]) -> Migrated:
        if heads not in self._kept:
            self._kept[heads] = read_migrated(
                self.project.config,
                self.project.script,
                self.connection,
                self.settings,
                self.options,
                watch=work.watch,
                framework=work.project.framework,
                to=heads or "base",
            )
        return self._kept[heads]

    def _unknown(self) -> Iterator[Drifted]:
        try:
            refuse_unknown(self.project.script, self.heads)
        except HeadsError as error:
            for head in self.heads:
                if head not in {str(each.revision) for each in self.project.script.walk_revisions()}:
                    row = Difference("?", "revision", head, "the database is at it, and no file has it")
                    yield Drifted("unknown revision", row, Place(object=f"revision {head}"), "", error.fix or "")

    def _failed(self) -> Iterator[Drifted]:
        for each in self.told.begun:
            what = f"half applied on its way {each.direction}: {each.finished} of its statements are committed"
            row = Difference("!", "revision", each.revision, what)
            way = "alembic upgrade head" if each.direction == "up" else "alembic downgrade -1"
            yield Drifted(
                "failed deploy", row, self._file_of(each.revision), each.message or "", f"{way}   # goes on with it"
            )
        last = self.told.last
        if last is not None and last.outcome in {"failed", "interrupted"} and not self.told.begun:
            row = Difference(
                "!", "deploy", str(last.id), f"{last.command} of {last.began:%Y-%m-%d %H:%M} UTC {last.outcome}"
            )
            yield Drifted(
                "failed deploy",
                row,
                Place(object=f"deploy {last.id}"),
                last.message or "",
                f"alembic {last.command} head" if last.command == "upgrade" else "",
            )

    def _waiting(self) -> Iterator[Drifted]:
        script = self.project.script
        for step in script._upgrade_revs("heads", self.heads):  # type: ignore[arg-type]  # takes several
            name = str(step.revision.revision)
            row = Difference("+", "revision", name, step.revision.doc or "")
            yield Drifted("waiting revision", row, self._file_of(name))

    def _file_of(self, revision: str) -> Place:
        for each in self.project.script.walk_revisions():
            if each.revision == revision:
                return Place(near(str(each.path), self.root), 1, f"revision {revision}")
        return Place(object=f"revision {revision}")

    def _by_hand(self, made: Catalog, live: Catalog, work: Comparing, unknown: bool) -> Iterator[tuple[Key, Drifted]]:
        rows = keyed(drift(made, live, work.project.scope))
        if unknown:
            for key, row in rows:
                place = Place(object=f"{row.kind} {row.name}")
                yield key, Drifted("unknown revision", row, place, "differs from what the files lead to")
            return
        half = ", ".join(each.revision for each in self.told.begun)
        yield from of_database(rows, self._interrupted(work) if rows else (), f"revision {half} was to change it")

    def _interrupted(self, work: Comparing) -> frozenset[Key]:
        """What a revision was to change that is half applied."""
        found: set[Key] = set()
        for each in self.told.begun:
            try:
                there = self._migrated(work, self._beyond(each)).catalog
            except ReplayError as error:
                self.notes.append(f"what revision {each.revision} was to change is not known: {error.what}")
                continue
            delta = diff(self._migrated(work, self.heads).catalog.own(), there.own())
            found |= {thing.key for things in (delta.added, delta.removed, delta.changed) for thing in things}
        return frozenset(found)

    def _beyond(self, progress: Progress) -> tuple[str, ...]:
        """Where the revision was to lead."""
        revision = self.project.script.get_revision(progress.revision)
        downs = tuple(map(str, revision._versioned_down_revisions))
        others = tuple(head for head in self.heads if head not in {*downs, progress.revision})
        return (*others, progress.revision) if progress.direction == "up" else (*others, *downs)

    def _models(self, work: Comparing) -> Iterator[tuple[Key, Drifted]]:
        heads = tuple(self.project.script.get_heads())
        migrated = self._migrated(work, heads)
        work.migrated = migrated
        both = self._compared(work, migrated)
        rows = keyed(diff(both.old, both.new).essential())
        rows += [
            (thing.key, replace(describe(thing), sign="?", what="no model declares it")) for thing in both.undeclared
        ]
        if rows:
            yield from of_models(rows, self._known(work, migrated, frozenset(thing.key for thing in both.undeclared)))

    def _compared(self, work: Comparing, migrated: Migrated) -> Compared:
        scope = replace(
            work.project.scope,
            watch_grants="grant" in work.project.watch,
            watch_database="database" in work.project.watch,
        )
        declared = work.declared
        return compared(migrated.catalog, declared.catalog, scope, lambda: migrated.created, taken=declared.undeclared)

    def _known(self, work: Comparing, migrated: Migrated, by_sql: frozenset[Key]) -> Known:
        models = places_of_tables(work.metadata, work.default_schema, self.root)
        present = {(each.schema or work.default_schema, each.name): Place() for each in work.metadata.tables.values()}
        heads = self.project.script.get_heads()
        last = Path(str(self.project.script.get_revision(heads[0]).path)) if heads else None
        return Known(
            work.live,
            work.declared.catalog,
            migrated.catalog,
            models,
            unimported(self.settings, self.root, work.default_schema, present),
            by_sql,
            None if self.told.edited is None else tuple(near(each, self.root) for each in self.told.edited),
            Place(near(last, self.root), 1) if last else Place(),
            unchanged_since(last, self.root) if last else lambda _: None,
        )
