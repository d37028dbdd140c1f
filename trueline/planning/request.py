"""What a plan is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory

from trueline.deploy.limits import Limits
from trueline.deploy.records import Progress
from trueline.settings import Settings


@dataclass(frozen=True, slots=True)
class Ground:
    """What a command stands on.

    Attributes:
        config: Alembic's configuration.
        script: the revisions.
        settings: ``[tool.trueline]``.
        options: of ``context.configure``, without a connection.
    """

    config: Config
    script: ScriptDirectory
    settings: Settings
    options: Mapping[str, Any]

    @property
    def version_table(self) -> str:
        """Name of Alembic's own table."""
        return str(self.options.get("version_table", "alembic_version"))


@dataclass(frozen=True, slots=True)
class Way:
    """Where a command leads.

    Attributes:
        command: ``upgrade`` or ``downgrade``.
        target: as it was typed, such as ``head``.
        steps: what Alembic calls with heads and a context, to be told what there is to run.
    """

    command: str
    target: str
    steps: Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Request:
    """A command that is not to be run.

    Attributes:
        way: where it leads.
        ground: what it stands on.
        heads: the revisions that the database is at.
        limits: of statements.
        begun: revisions that were interrupted, of which parts are in the database.
    """

    way: Way
    ground: Ground
    heads: tuple[str, ...]
    limits: Limits
    begun: tuple[Progress, ...] = ()

    def is_done(self, revision: str, number: int) -> bool:
        """Whether an interrupted run has done a statement of a revision, so that it will be passed over."""
        return any(each.revision == revision and number <= each.finished for each in self.begun)
