"""Waiting for the revision to be written, and proving it then."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from alembic.script import Script, ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from trueline.autogen.arguments import words_of
from trueline.autogen.compare import Comparing
from trueline.autogen.comparison import Comparison
from trueline.ending import ending, told_by
from trueline.errors import TruelineError
from trueline.failure import lost
from trueline.proof.proof import Proof
from trueline.proof.verdict import destructive, incomplete, unproved
from trueline.proof.ways import prove
from trueline.readings.stage import Stage
from trueline.report.docstring import note_in_docstring

_log = logging.getLogger("trueline.proof")


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
            before = _files(script)
            with ending(lambda: _so_far(_files(script) - before), told_by(self.work.project.config)), self._held:
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
                stop.append(unproved(proof, revision))
            elif not found.declared.left_out:
                _log.info("proved: %d objects, up and down", proof.objects)
        if found.declared.left_out:
            stop.append(incomplete(found, revision))
        if refused := destructive(found, words_of(self.arguments, "allow-destructive")):
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


def _files(script: ScriptDirectory) -> set[Path]:
    return {file for folder in script._version_locations for file in Path(folder).rglob("*.py")}


def _so_far(written: set[Path]) -> str:
    """What an interrupted command has left."""
    files = " ".join(map(str, sorted(written)))
    return f"{files} is written, but not proved" if files else "no revision is written"


def _close(stack: ExitStack) -> None:
    with suppress(Exception):  # at the end of a process its server may be gone already
        stack.close()
