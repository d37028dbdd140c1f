"""The statements that ``--sql`` would write, for where nothing can be rehearsed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import RevisionStep

from trueline.autogen import sql_text
from trueline.deploy.limits import UNLIMITED, Limits
from trueline.deploy.statement import is_validation, runs_outside, shown
from trueline.planning.plan import Place, Planned, PlannedRevision
from trueline.planning.request import Request
from trueline.readings.isolation import isolated


class _Written(io.TextIOBase):
    """Takes what Alembic writes, which is a statement at a time; what no revision writes is not kept."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self.revisions: list[PlannedRevision] = []
        self._request = request
        self._current: tuple[str, list[Planned]] | None = None
        self._within = True

    def write(self, text: str) -> int:
        """Take a piece."""
        piece = text.strip()
        if piece in {"BEGIN;", "COMMIT;"}:
            self._within = piece == "BEGIN;"
        elif self._current is not None and piece and not piece.startswith("--"):
            revision, statements = self._current
            statements.append(self._planned(revision, len(statements) + 1, piece.removesuffix(";")))
        return len(text)

    def around(self, step: Any) -> Callable[..., Any]:
        """The function that a step calls, with its statements kept."""
        run, script = step.migration_fn, step.revision

        @wraps(run)
        def migrate(**options: Any) -> None:
            statements: list[Planned] = []
            self._current = str(script.revision), statements
            try:
                run(**options)
            finally:
                self._current = None
                kept = tuple(statements)
                self.revisions.append(PlannedRevision(str(script.revision), script.doc or "", str(script.path), kept))

        return migrate

    def _planned(self, revision: str, number: int, statement: str) -> Planned:
        place, limits = _place(statement, self._request.limits, within=self._within)
        done = self._request.is_done(revision, number)
        return Planned(number, shown(statement), place, _limit(limits.lock), _limit(limits.statement), None, done)


def _place(statement: str, limits: Limits, *, within: bool) -> tuple[Place, Limits]:
    if not within and runs_outside(statement):
        return "outside", UNLIMITED
    if is_validation(statement):
        limits = Limits(limits.lock, 0)
    return "transaction" if within else "own", limits


def _limit(milliseconds: int) -> str | None:
    return Limits(milliseconds, 0).words[0] if milliseconds else None


def written(request: Request) -> tuple[tuple[PlannedRevision, ...], str | None]:
    """What the command's revisions write, and why one could not be written to its end."""
    sql_text.register()
    out = _Written(request)

    def steps(heads: Any, context: Any) -> Iterator[Any]:
        for step in request.way.steps(heads, context):
            if isinstance(step, RevisionStep):
                step.migration_fn = out.around(step)
            yield step

    given = {"as_sql": True, "starting_rev": request.heads or None, "destination_rev": request.way.target}
    environment = EnvironmentContext(request.ground.config, request.ground.script, fn=steps, **given)
    try:
        with isolated(request.ground.config, None), environment as context:
            context.configure(**{**request.ground.options, **_OFFLINE, "output_buffer": out, "trueline_created": set()})
            with context.begin_transaction():
                context.run_migrations()
    except Exception as error:  # whatever a revision does that asks a database, where there is none
        return tuple(out.revisions), f"offline, a revision does not come to its end: {type(error).__name__}: {error}"
    return tuple(out.revisions), None


_OFFLINE: dict[str, Any] = {
    "dialect_name": "postgresql",
    "literal_binds": True,
    "dialect_opts": {"paramstyle": "named"},
}
