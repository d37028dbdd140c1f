"""What a comparison has to know of the project that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory

from trueline.autogen.scope import Scope
from trueline.catalog.snapshot import FRAMEWORK
from trueline.settings import Settings

#: Key of what compares, in the options of a migration context.
COMPARING = "trueline_comparing"
#: Key under which a finished comparison is left in those options.
COMPARISON = "trueline_comparison"


@dataclass(frozen=True, slots=True)
class Project:
    """Settings, options of the command line, and where the revisions are.

    Attributes:
        settings: ``[tool.trueline]``.
        scope: what takes part.
        watch: what is read beyond the usual: see `trueline.catalog.snapshot.WATCHABLE`.
        framework: names of tables that Alembic and trueline keep for themselves.
        config: Alembic's configuration; None where nobody can replay revisions.
        script: Alembic's folder of revisions.
        options: of ``context.configure``, for replays.
        ask: asks on the terminal whether something was renamed, when a revision is written; None for never.
    """

    settings: Settings
    scope: Scope = field(default_factory=Scope)
    watch: frozenset[str] = frozenset()
    framework: frozenset[str] = FRAMEWORK
    config: Config | None = None
    script: ScriptDirectory | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    ask: Callable[[str], bool] | None = None
