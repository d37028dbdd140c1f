"""What the checks share: the project, one server for scratch databases, the revisions replayed once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from trueline.autogen.compare import Comparing
from trueline.autogen.comparison import Comparison
from trueline.checkout import Checkout, checkout_of
from trueline.comparing import project_of
from trueline.connect import connect, create_engine
from trueline.env import configure_options
from trueline.errors import TruelineError
from trueline.gate.outcome import UnableError, WaitsError
from trueline.ini import find_config
from trueline.readings.beginning import replayed
from trueline.readings.replay import Replay
from trueline.readings.state import Migrated
from trueline.scratch.places import scratch_database, scratch_target
from trueline.scratch.session import driver_of
from trueline.settings import Settings

if TYPE_CHECKING:
    from trueline.audit.run import Audit

T = TypeVar("T")


@dataclass(slots=True)
class Work:
    """What is expensive is made when a check asks for it, and once; what failed for one check is waited for by others.

    Attributes:
        settings: the project's.
        base: what git knows the state by that the change is for, such as ``origin/main``; empty for none.
        since: the first revision that is taken back and run again; empty for all.
    """

    settings: Settings
    base: str = ""
    since: str = ""
    _stack: ExitStack = field(default_factory=ExitStack, repr=False)
    _made: dict[str, Any] = field(default_factory=dict, repr=False)
    _failed: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.settings.project or Path.cwd()

    def close(self) -> None:
        """Drop the databases."""
        self._stack.close()

    def audit(self) -> Audit:
        """The source by the rules of the audit."""
        return self._once("metadata", self._audit)

    def files(self) -> ScriptDirectory:
        """The revisions as Alembic finds them, without env.py."""
        return self._once("history", self._files)

    def project(self) -> Checkout:
        """What env.py says."""
        return self._once("models", self._project)

    def options(self) -> dict[str, Any]:
        """What revisions are run with."""
        project = self.project()
        return configure_options(project.metadata, **project.options)

    def comparing(self) -> Comparing:
        """The models against a database without revisions: tells what is to be watched, and is led on by `found`."""
        return self._once("models", self._comparing)

    def server(self) -> Connection:
        """A connection to an empty database, beside which the others are made."""
        return self._once("server", self._server)

    def replay(self) -> Replay:
        """The revisions, run in an empty database."""
        return self._once("replay", self._replay)

    def migrated(self) -> Migrated:
        """What the revisions lead to."""
        replay = self.replay()
        seen = self._once("replay", replay.see)
        return Migrated(seen.catalog, frozenset(replay.created))

    def found(self) -> Comparison:
        """What the revisions lead to, against the models."""
        return self._once("pending", self._found)

    def empty(self) -> Replay:
        """Another empty database; nothing is run in it yet."""
        return self._stack.enter_context(self._history("base"))

    def _once(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives; called again after it failed, it refers to the check that has said why."""
        key = f"{name}:{make.__name__}"
        if key not in self._made:
            if name in self._failed:
                raise WaitsError(self._failed[name])
            try:
                self._made[key] = make()
            except WaitsError as waits:  # whoever asks next hears of the first cause
                self._failed[name] = str(waits)
                raise
            except BaseException:
                self._failed[name] = name
                raise
        return self._made[key]  # type: ignore[no-any-return]  # what was put there

    def _project(self) -> Checkout:
        if broken_chain(self.files()) is not None:
            raise WaitsError("history")
        return checkout_of(self.settings)

    def _audit(self) -> Audit:
        # Only here: it loads a parser of its own.
        from trueline.audit.run import audit

        return audit(self.root, allow=self.settings.allow, exclude=self.settings.exclude)

    def _files(self) -> ScriptDirectory:
        if str(self.root) not in sys.path:  # a revision may import what is beside it
            sys.path.insert(0, str(self.root))
        with _able():
            return ScriptDirectory.from_config(find_config(self.root))

    def _server(self) -> Connection:
        with _able():
            target = self._stack.enter_context(scratch_target(self.settings))
            engine = create_engine(target, self.settings)
            self._stack.callback(engine.dispose)
            return self._stack.enter_context(connect(engine, self.settings))

    def _comparing(self) -> Comparing:
        project = self.project()
        given = project_of(self.settings, {}, self.options(), project.config, project.script)
        return Comparing(self.server(), project.metadata, given)

    def _replay(self) -> Replay:
        return self._stack.enter_context(self._history("heads"))

    def _history(self, to: str) -> AbstractContextManager[Replay]:
        project, work = self.project(), self.comparing()
        server = self.server()
        with _able():
            scratch = self._stack.enter_context(scratch_database(server, self.settings))
        return replayed(
            project.config,
            project.script,
            scratch,
            self.options(),
            to,
            watch=work.watch,
            framework=work.project.framework,
        )

    def _found(self) -> Comparison:
        """As ``alembic check`` finds it in a database that was upgraded to head."""
        first, migrated = self.comparing(), self.migrated()
        work = Comparing(self.replay().connection, first.metadata, first.project)
        work.migrated = migrated
        return work.comparison(planning=False)

    def server_version(self) -> int | None:
        """The major version; none where nobody has asked a server."""
        known = self._made.get("server:_server")
        return None if known is None else driver_of(known).info.server_version // 10000


def broken_chain(script: ScriptDirectory) -> Exception | None:
    """Why the revisions cannot be loaded, or do not hang together; loading them executes their files."""
    try:
        script.get_heads()
    except Exception as error:  # whatever stands in a file
        return error
    return None


@contextmanager
def _able() -> Iterator[None]:
    """What fails here is no fault of the project's.

    Raises:
        UnableError: instead of a `TruelineError`.
    """
    try:
        yield
    except TruelineError as error:
        raise UnableError(str(error)) from None
