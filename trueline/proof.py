"""The proof of a new revision: it leads to the models, back to where it began, and offline to the same.

The whole history is replayed in a scratch database, then the revision, its downgrade, and what ``--sql`` writes for it.
"""

from __future__ import annotations

import logging
import shlex
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
from alembic.script import Script, ScriptDirectory
from sqlalchemy import MetaData
from sqlalchemy.exc import SQLAlchemyError

from trueline.autogen.arguments import ALL, words_of
from trueline.autogen.compare import Comparing
from trueline.autogen.comparison import Comparison
from trueline.autogen.plan.lineage import reached
from trueline.autogen.row_changes import Ground, Home, row_changes
from trueline.autogen.scope import compared, drift
from trueline.autogen.summary import described
from trueline.catalog.catalog import Catalog
from trueline.catalog.describe import Difference
from trueline.catalog.diff import Delta, diff
from trueline.catalog.render.words import name
from trueline.catalog.snapshot import catalog_of
from trueline.ending import ending
from trueline.errors import LostError, TruelineError
from trueline.failure import lost
from trueline.objects import objects_of
from trueline.readings.beginning import replayed
from trueline.readings.replay import Replay, Seen
from trueline.readings.sources import resolved
from trueline.readings.stage import Stage
from trueline.report.docstring import note_in_docstring
from trueline.report.terminal import plain_lines, show_differences
from trueline.scratch.places import scratch_database
from trueline.scratch.session import driver_of, session_of

_log = logging.getLogger("trueline.proof")


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out about a revision.

    Attributes:
        objects: how many objects the models have.
        ahead: what still differs from the models after it.
        back: what its downgrade leaves different.
        offline: in what the offline SQL leads elsewhere.
        drift: in what the database, which the revision was written for, was not what the history makes.
        pending: whether the history alone does not lead to the models; only looked at where there is drift.
        failure: why one of the ways could not be gone to its end.
    """

    objects: int
    ahead: tuple[Difference, ...] = ()
    back: tuple[Difference, ...] = ()
    offline: tuple[Difference, ...] = ()
    drift: tuple[Difference, ...] = ()
    pending: bool = True
    failure: TruelineError | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing is left."""
        return not (self.ahead or self.back or self.offline or self.failure)

    def sections(self) -> list[tuple[str, tuple[Difference, ...]]]:
        """What is left, each part under its heading; the drift with it, which may be why."""
        parts = [
            ("after the upgrade this still differs from the models:", self.ahead),
            ("after the downgrade this differs from where it began:", self.back),
            ("upgraded with --sql this differs from the upgrade itself:", self.offline),
            ("before it, the database is not what its revisions make; this was changed by hand:", self.drift),
        ]
        return [(title, rows) for title, rows in parts if rows]


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
    statements = replay.offline_statements(start, revision)
    replay.connection.rollback()
    driver = driver_of(replay.connection)
    was = driver.autocommit
    driver.autocommit = True
    try:
        if start == "base":  # the script makes Alembic's own table, which the way down has left
            driver.execute(f"DROP TABLE IF EXISTS {_version_table(replay)}".encode())
        for statement in statements:
            driver.execute(statement.encode())
    except psycopg.Error as error:
        if (gone := lost(error)) is not None:
            raise gone from None
        words = error.diag.message_primary or str(error).strip()
        raise TruelineError(f"what --sql writes does not run: {words} [{error.sqlstate}]") from None
    finally:
        if not driver.closed:
            driver.rollback()
            driver.autocommit = was
    return replay.read()


def _version_table(replay: Replay) -> str:
    place = (replay.options.get("version_table_schema"), replay.options.get("version_table", "alembic_version"))
    return name(*(part for part in place if part))


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


@dataclass(slots=True)
class Proving:
    """Waits for the revision to be written, proves it, and says whether it may be taken as it is."""

    work: Comparing
    arguments: Mapping[str, str]
    _held: ExitStack = field(default_factory=ExitStack)
    _script: ScriptDirectory | None = None
    expecting: bool = False

    def expect(self, found: Comparison, script: ScriptDirectory) -> None:
        """Be called when Alembic has written the file."""
        write: Callable[..., Script | None] = script.generate_revision
        self._script = script
        self.expecting = True

        def written(*arguments: Any, **options: Any) -> Script | None:
            revision_id = arguments[0] if arguments else options["revid"]
            with ending(self.work.project.config, lambda: _so_far(script, revision_id)), self._held:
                revision = write(*arguments, **options)
                if revision is not None:
                    self._judged(revision, found)
                return revision

        script.generate_revision = written  # type: ignore[method-assign] # of this one instance, which Alembic asks

    def hold(self, stack: ExitStack) -> None:
        """Keep a connection open until the file is written, or at the latest until the end of the process."""
        self._held = stack
        # Should the file never be written: Alembic lets go of its folder of revisions, and with it of this.
        weakref.finalize(self._script, _close, stack)

    def _judged(self, revision: Script, found: Comparison) -> None:
        try:
            self.judge(revision, found)
        except KeyboardInterrupt:
            note_in_docstring(Path(revision.path), ["Not proved: interrupted."])
            raise

    def judge(self, revision: Script, found: Comparison) -> None:
        """Prove the revision and say how it came out; stop with exit code 1 where it must not be taken as it is."""
        stop: list[TruelineError] = []
        if self.work.stage is not None:
            proof = self._proof(revision, self.work.stage, found)
            if not proof.holds:
                stop.append(_unproved(proof, revision))
            elif not found.declared.left_out:
                _log.info("proved: %d objects, up and down", proof.objects)
        if found.declared.left_out:
            stop.append(_incomplete(found, revision))
        if refused := _destructive(found, words_of(self.arguments, "allow-destructive")):
            stop.append(refused)
        if stop:
            self._stop(stop)

    def _proof(self, revision: Script, stage: Stage, found: Comparison) -> Proof:
        try:
            return prove(revision, self.work, stage, found)
        except (psycopg.Error, SQLAlchemyError) as error:
            if (gone := lost(error)) is None:
                raise
            return Proof(len(found.compared.new), failure=gone)

    def _stop(self, errors: list[TruelineError]) -> None:
        config = self.work.project.config
        if config is not None and config.cmd_opts is not None:
            for error in errors:
                config.print_stdout("FAILED: %s", error)
            raise SystemExit(1)
        raise errors[0]


def _so_far(script: ScriptDirectory, revision_id: str) -> str:
    """What an interrupted command has left."""
    folders = [Path(each) for each in script._version_locations]
    found = next((file for folder in folders for file in folder.rglob(f"*{revision_id}*.py")), None)
    return f"{found} is written, but not proved" if found is not None else "no revision is written"


def _close(stack: ExitStack) -> None:
    with suppress(Exception):  # at the end of a process its server may be gone already
        stack.close()


def _unproved(proof: Proof, revision: Script) -> TruelineError:
    path = Path(revision.path)
    lines = [line for title, rows in proof.sections() for line in (title, *plain_lines(rows))]
    if proof.failure is not None:
        lines.append(str(proof.failure))
    note_in_docstring(path, ["Not proved:", *lines])
    for title, rows in proof.sections():
        show_differences(rows, title)
    reason = "what differs is listed above and in its docstring"
    if proof.failure is not None:  # its own way out is for a history that alone is the cause
        bare = proof.drift or isinstance(proof.failure, LostError)
        reason = str(TruelineError(proof.failure.what, where=proof.failure.where) if bare else proof.failure)
    return TruelineError(
        f"the revision is written, but not proved: {reason}", where=str(path), fix=_way_out(proof, revision)
    )


def _way_out(proof: Proof, revision: Script) -> str:
    path, again = shlex.quote(revision.path), "alembic upgrade head && alembic revision --autogenerate"
    if isinstance(proof.failure, LostError):
        return f"write it again when the server is back:\nrm {path}; alembic revision --autogenerate"
    if not proof.drift:
        return "correct it by hand and run: alembic upgrade head && alembic check\nor remove it and write it again"
    if proof.pending:
        return f"write it from a database that nobody changed by hand:\nrm {path}; trueline scratch -- sh -c '{again}'"
    down = revision.down_revision
    start = " ".join([down] if isinstance(down, str) else down or ["base"])
    return (
        "the revisions lead to the models already, and only this database was changed by hand: a revision fails in "
        f"every other one. Repair this one alone:\nalembic upgrade head && alembic stamp {start} && rm {path}"
    )


def _incomplete(found: Comparison, revision: Script) -> TruelineError:
    lines = [line for each in found.declared.left_out for line in str(each).splitlines()]
    note_in_docstring(Path(revision.path), ["Without what PostgreSQL refuses:", *lines])
    return TruelineError(
        "\n".join(["the revision is written, but not complete: it is without what PostgreSQL refuses", *lines]),
        where=revision.path,
        fix="correct the models, remove the revision and write it again",
    )


def _is_said(line: str) -> bool:
    """Whether the model itself asks for the loss, by another type; what goes may as well have been renamed."""
    return line.startswith("changes ")


def _destructive(found: Comparison, allowed: frozenset[str]) -> TruelineError | None:
    """The refusal of what would lose data, unless somebody said yes."""
    lost = [line for line in found.destroys if not (allowed & ALL or line.split()[1] in allowed)]
    for line in filter(_is_said, lost):
        _log.warning("the revision %s", line)
    lost = [line for line in lost if not _is_said(line)]
    if not lost:
        return None
    return TruelineError(
        f"the revision is written, and it destroys data: {'; '.join(lost)}",
        fix=(
            f"{_RENAMES_UNHEARD if found.unheard else _RENAMES}\n"
            "if the data shall go: alembic -x allow-destructive=yes revision --autogenerate"
        ),
    )


_RENAMES = (
    "if something was renamed, say so in the model and write the revision again: "
    'Field(renamed_from="old_name"), class …(Model, table=True, renamed_from="schema.old_table")'
)
_RENAMES_UNHEARD = (
    "renamed_from that leads nowhere is named in a warning: do what that says, and write the revision again"
)


__all__ = ["Proof", "Proving", "prove"]
