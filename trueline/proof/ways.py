"""The ways that a revision leads: up, down, and up again by its SQL.

The whole history is replayed in a scratch database, then the revision, its downgrade, and what ``--sql`` writes for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from alembic.script import Script, ScriptDirectory
from sqlalchemy import MetaData

from trueline.autogen.compare import Comparing
from trueline.autogen.comparison import Comparison
from trueline.autogen.plan.lineage import reached
from trueline.autogen.row_changes import Ground, Home, row_changes
from trueline.autogen.scope import compared, drift
from trueline.autogen.summary import described
from trueline.catalog.catalog import Catalog
from trueline.catalog.describe import Difference
from trueline.catalog.diff import Delta, diff
from trueline.catalog.snapshot import catalog_of
from trueline.errors import TruelineError
from trueline.objects import objects_of
from trueline.proof.offline import run_offline
from trueline.proof.proof import Proof
from trueline.readings.beginning import replayed
from trueline.readings.replay import Replay, Seen
from trueline.readings.sources import resolved
from trueline.readings.stage import Stage
from trueline.scratch.places import scratch_database
from trueline.scratch.session import session_of


def prove(revision: Script, work: Comparing, stage: Stage, found: Comparison) -> Proof:
    """Run the history and the revision in a scratch database, and compare.

    Args:
        revision: as written.
        work: the comparison that it was written from, with models and project.
        stage: where the history is.
        found: what was compared.
    """
    script = ScriptDirectory.from_config(stage.config)
    before, start = _heads_before(script, revision)
    way = _Way(script, resolved(script, before or "base"), start, revision.revision)
    proof, resumed = _on_stage(way, work, stage, found)
    if proof.holds or not resumed:
        return proof
    # A history that was kept is as good as one that is replayed; but what is said to be wrong has to be wrong anew.
    return _anew(way, work, stage, found)


@dataclass(frozen=True, slots=True)
class _Way:
    """Which revisions to run."""

    script: ScriptDirectory
    before: tuple[str, ...]
    start: str
    revision: str


def _on_stage(way: _Way, work: Comparing, stage: Stage, found: Comparison) -> tuple[Proof, bool]:
    """A proof, and whether the history before it came from the cache."""
    try:
        replay = replace(stage.replay(way.before), script=way.script)
    except TruelineError as error:
        return Proof(len(found.compared.new), failure=error), False
    return _Proof(replay, work.metadata, found).of(way.revision, way.start), replay.resumed


def _anew(way: _Way, work: Comparing, stage: Stage, found: Comparison) -> Proof:
    """A proof for which every revision is run."""
    history = (stage.config, way.script)
    to = (stage.options, way.before)
    with scratch_database(work.connection, stage.settings) as scratch:
        try:
            with replayed(*history, scratch, *to, watch=stage.watch, framework=stage.framework) as replay:
                return _Proof(replay, work.metadata, found).of(way.revision, way.start)
        except TruelineError as error:
            return Proof(len(found.compared.new), failure=error)


def _heads_before(script: ScriptDirectory, revision: Script) -> tuple[list[str], str]:
    """The heads without the revision, and the one that it follows."""
    down = revision.down_revision
    downs = [down] if isinstance(down, str) else list(down or ())
    others = [head for head in script.get_heads() if head != revision.revision]
    return [*downs, *others], downs[0] if downs else "base"


@dataclass(frozen=True, slots=True)
class _Proof:
    """A proof under way."""

    replay: Replay
    metadata: MetaData
    found: Comparison

    def of(self, revision: str, start: str) -> Proof:
        """Up, down, and up again by what ``--sql`` writes."""
        replay = self.replay
        began = replay.began or replay.see()
        by_hand = tuple(described(drift(began.catalog, self.found.live, self.found.scope)))
        pending = not by_hand or bool(self._against_models(began.catalog))
        drifted = _between(began.catalog, self.found.live)
        try:
            return replace(self._ways(began, drifted, revision, start), drift=by_hand, pending=pending)
        except TruelineError as error:
            return Proof(len(self.found.compared.new), drift=by_hand, pending=pending, failure=error)

    def _ways(self, began: Seen, drifted: Delta, revision: str, start: str) -> Proof:
        replay = self.replay
        replay.upgrade(revision)
        ahead = replay.read()
        left = [*described(self._against_models(ahead)), *_rows_left(replay, self.metadata, ahead)]
        replay.downgrade(start)
        # The downgrade leads to the database as it was, what somebody had changed there by hand included.
        back = described(_without(self._back(ahead, began), drifted))
        offline = described(_between(ahead, _offline(replay, start, revision)))
        return Proof(len(self.found.compared.new), tuple(left), tuple(back), tuple(offline))

    def _back(self, ahead: Catalog, began: Seen) -> Delta:
        rows = self.replay.rows()
        if rows.tell_the_same(began.rows):
            return Delta()
        back = catalog_of(rows, self.replay.framework)
        return _between(reached(ahead.own(), began.catalog.own()), back)

    def _against_models(self, ahead: Catalog) -> Delta:
        created, declared = frozenset(self.replay.created), self.found.declared
        if ahead.own().objects == declared.catalog.own().objects and not declared.undeclared:
            return Delta()
        both = compared(ahead, declared.catalog, self.found.scope, lambda: created, taken=declared.undeclared)
        return diff(both.old, both.new).essential()


def _between(one: Catalog, other: Catalog) -> Delta:
    return diff(one.own(), other.own()).essential()


def _without(delta: Delta, other: Delta) -> Delta:
    """What only the first is about."""
    about = {thing.key for thing in (*other.added, *other.removed, *(change.new for change in other.changed))}
    return Delta(
        tuple(thing for thing in delta.added if thing.key not in about),
        tuple(thing for thing in delta.removed if thing.key not in about),
        tuple(change for change in delta.changed if change.new.key not in about),
    )


def _offline(replay: Replay, start: str, revision: str) -> Catalog:
    """The catalog after what ``--sql`` writes."""
    return run_offline(replay, start, replay.offline_statements(start, revision))


def _rows_left(replay: Replay, metadata: MetaData, ahead: Catalog) -> Iterator[Difference]:
    """Reference rows that are not what is declared."""
    default = session_of(replay.connection).schema or "public"
    declared = [
        each
        for each in objects_of(metadata).reference_rows
        if ("table", each.target.schema or default, each.target.name) in ahead
    ]
    for each in row_changes(declared, Ground(replay.connection, ahead, lambda: ahead, Home, default)):
        yield Difference("~", "rows", ".".join(each.table), "differ from the declared ones")
