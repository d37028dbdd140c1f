"""What a plan is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory

from trueline.deploy.limits import Limits
from trueline.settings import Settings


@dataclass(frozen=True, slots=True)
class Request:
    """A command that is not to be run, and what it would be run with.

    Attributes:
        command: ``upgrade`` or ``downgrade``.
        heads: the revisions that the database is at.
        target: as it was typed, such as ``head``.
        steps: what Alembic calls with heads and a context, to be told what there is to run.
        config: the project's.
        script: its revisions.
        settings: ``[tool.trueline]``.
        options: of ``context.configure``.
        limits: of statements.
        finished: statements that are committed already, by the name of the revision that was interrupted.
    """

    command: str
    heads: tuple[str, ...]
    target: str
    steps: Callable[[Any, Any], Any]
    config: Config
    script: ScriptDirectory
    settings: Settings
    options: Mapping[str, Any]
    limits: Limits
    finished: Mapping[str, int] = field(default_factory=dict)

    @property
    def version_table(self) -> str:
        """Its name."""
        return str(self.options.get("version_table", "alembic_version"))
