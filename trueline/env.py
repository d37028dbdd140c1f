"""What ``migrations/env.py`` calls: the whole environment of every stock ``alembic`` command.

from app.models import metadata
from trueline.env import run_migrations

run_migrations(metadata)
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from logging.config import fileConfig
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import context
from alembic.config import Config
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import DBAPIError

from trueline.autogen import sql_text
from trueline.autogen.command import command_of, leave
from trueline.autogen.types import render_item
from trueline.connect import connect, create_engine
from trueline.declared.guards import has_models, problems, verify
from trueline.declared.naming import for_history
from trueline.deploy.home import home_of, move_home, with_home, write_home
from trueline.deploy.limits import limits_of
from trueline.deploy.lock import one_at_a_time
from trueline.deploying import COMMANDS, deploy
from trueline.ending import coded, ending, told_by
from trueline.errors import TruelineError
from trueline.failure import explain_failure
from trueline.settings import Settings, Target, find_target, load_settings
from trueline.version_table import unreadable_version

if TYPE_CHECKING:
    from trueline.proof.proving import Proving

_log = logging.getLogger("trueline.env")

#: Attribute of a configuration: what is called with the metadata and the options, where these are all that is wanted.
ASKING = "trueline_asking"


def run_migrations(metadata: MetaData, **options: Any) -> None:
    """Run the command that Alembic was called with: online, offline, or on a connection that it was given.

    A program that calls ``alembic.command`` itself may put an open connection into
    ``Config.attributes["connection"]``; it is used and left open.

    Args:
        metadata: the models.
        options: what else ``context.configure`` shall be given, such as ``version_table_schema`` of a project that has
            kept its version table elsewhere.

    Raises:
        TruelineError: when a key of the metadata leads nowhere, no database is configured or reachable, or
            PostgreSQL refuses a statement.
    """
    config = context.config
    if (ask := config.attributes.get(ASKING)) is not None:
        ask(metadata, options)
        return
    applied: list[str] = []
    with coded(config), ending(lambda: _so_far(config, applied), told_by(config)), ExitStack() as stack:
        _set_up_logging(config)
        sql_text.register()
        _look_at(metadata)
        if context.is_offline_mode():
            _run_offline(configure_options(metadata, **options), load_settings(_directory(config)))
            return
        settings = load_settings(_directory(config))
        given = config.attributes.get("connection")
        connection = given if given is not None else stack.enter_context(open_target(settings))
        for proving in _run_online(connection, metadata, settings, _Given(options, applied, stack)):
            proving.hold(stack.pop_all())  # Alembic writes the file after this function


def _so_far(config: Config, applied: Sequence[str]) -> str:
    """What an interrupted command has done and what not."""
    command = getattr(getattr(config.cmd_opts, "cmd", (None,))[0], "__name__", "")
    if context.is_offline_mode():
        return "the script is not complete"
    if command == "check":
        return "nothing can be said of the database, which was only read"
    if command == "revision":
        return "no revision is written"
    done = f"{_counted(applied)} {_DONE[command]}, and " if command in _DONE else ""
    return f"{done}the transaction that was under way is rolled back"


#: What is said of revisions after commands that run them.
_DONE = {"upgrade": "applied", "downgrade": "taken back"}


def _counted(applied: Sequence[str]) -> str:
    if len(applied) < 2:
        return f"{applied[0] if applied else 'nothing'} is"
    return f"{len(applied)} revisions, the last of them {applied[-1]}, are"


@dataclass(frozen=True, slots=True)
class _Given:
    """What a command brings along.

    Attributes:
        options: for ``context.configure``.
        applied: gets the revisions that have been run.
        stack: holds what is needed to the command's end.
    """

    options: Mapping[str, Any]
    applied: list[str]
    stack: ExitStack


def _look_at(metadata: MetaData) -> None:
    """Refuse models that cannot hold; of models that others wrote, say what is wrong, and let PostgreSQL judge them."""
    if not isinstance(metadata, MetaData):
        raise TruelineError(
            f"run_migrations was given {type(metadata).__name__}, and no MetaData",
            where="migrations/env.py",
            fix="from app.models import metadata   # which is SQLModel.metadata, once every model is imported",
        )
    if has_models(metadata):
        verify(metadata)
    else:
        for problem in problems(metadata):
            _log.warning("%s", problem)
    if "trueline.objects" not in sys.modules:  # nor is anything declared by it
        return
    from trueline.objects.problems import elsewhere

    lost = elsewhere(metadata)
    if lost is not None:
        _log.warning("%s", lost)


@contextmanager
def open_target(settings: Settings) -> Iterator[Connection]:
    """Connect to the database that the settings name, or to the embedded one where that is chosen."""
    target = find_target(settings)
    if target is not None:
        with _connected(target, settings) as connection:
            yield connection
        return
    # Not installed everywhere, and not needed where a database is named.
    from trueline.embedded import PROJECT_DATABASE, project_server

    with project_server(settings) as server:
        embedded = Target(url=server.url(PROJECT_DATABASE), source="embedded")
        with _connected(embedded, settings) as connection:
            yield connection


@contextmanager
def _connected(target: Target, settings: Settings) -> Iterator[Connection]:
    engine = create_engine(target, settings)
    try:
        with connect(engine, settings) as connection:
            _log.info("database %s (from %s)", target.url.render_as_string(), target.source)
            yield connection
    finally:
        engine.dispose()


def _directory(config: Config) -> Path | None:
    return Path(config.config_file_name).resolve().parent if config.config_file_name else None


def _set_up_logging(config: Config) -> None:
    """As stock env.py does, but only for the command line: a program that calls Alembic keeps its own logging."""
    if config.cmd_opts is not None and config.config_file_name and config.get_section("loggers"):
        fileConfig(config.config_file_name, disable_existing_loggers=False)


def configure_options(metadata: MetaData, **given: Any) -> dict[str, Any]:
    """What commands that run revisions give to ``context.configure``, replays in a scratch database among them."""
    return {
        "target_metadata": for_history(metadata),
        "autogenerate_plugins": ["trueline"],
        "include_schemas": True,
        "render_item": render_item,
        "transaction_per_migration": True,
        **given,
    }


def _run_offline(options: dict[str, Any], settings: Settings) -> None:
    limits: dict[str, Any] = {sql_text.LIMITS: limits_of(settings, context.get_x_argument(as_dictionary=True))}
    context.configure(
        dialect_name="postgresql",
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
        **with_home(options, settings.version_schema),
        **limits,
    )
    write_home(context.get_context(), settings.version_schema)
    with context.begin_transaction():
        context.run_migrations()


def _run_online(connection: Connection, metadata: MetaData, settings: Settings, given: _Given) -> list[Proving]:
    """Run the command; gives back what waits for a file to be written, and needs what is on the stack for that."""
    fresh = not connection.in_transaction()
    options = configure_options(metadata, **given.options)
    plan = context.get_x_argument(as_dictionary=True).get("plan")
    command = _configure(connection, settings, options, given.applied, moves=fresh and plan is None)
    if plan is not None and command in COMMANDS:
        # Only here: it loads what deploys do not need.
        from trueline import planned

        planned.tell_plan(connection, settings, options, command, plan)
        leave(connection, fresh=fresh)
        return []
    try:
        if command in {"check", "revision"}:
            # Only here: what deploys must not wait for what compares to be loaded.
            from trueline import comparing

            with comparing.uncollected(context.config), context.begin_transaction():
                proving = comparing.compare(connection, metadata, settings, options, given.stack)
        else:
            proving = []
            _run(connection, settings, command, fresh=fresh)
    except DBAPIError as error:
        raise unreadable_version(error, context.get_context(), connection) or explain_failure(
            error, Path(context.script.dir)
        ) from None
    _say_what_was_applied(given.applied)
    leave(connection, fresh=fresh)  # the next command must not find itself in somebody's transaction
    return [each for each in proving if each.expecting]


def _configure(
    connection: Connection, settings: Settings, options: Mapping[str, Any], applied: list[str], *, moves: bool
) -> str:
    """Tell Alembic what it needs to know; gives back the command."""

    def configure(home: str | None) -> str:
        context.configure(connection=connection, on_version_apply=_remember(applied), **with_home(options, home))
        return command_of(context.get_context().opts)

    wanted = settings.version_schema
    home = home_of(connection, wanted, options)
    command = configure(home)
    if moves and command in COMMANDS and wanted and "version_table_schema" not in options:
        with one_at_a_time(connection, longest=settings.wait_timeout):
            move_home(connection, wanted, options)
        if home != wanted:
            configure(wanted)
    return command


def _run(connection: Connection, settings: Settings, command: str, *, fresh: bool) -> None:
    if fresh and command in COMMANDS:
        deploy(
            connection,
            context.get_context(),
            context.script,
            command=command,
            settings=settings,
            arguments=context.get_x_argument(as_dictionary=True),
            show=context.config.cmd_opts is not None,
        )
        return
    # The names are those in alembic.command. Reading ones need not wait for those that write.
    writes = command in COMMANDS or command == "ensure_version"
    with one_at_a_time(connection) if writes else nullcontext(), context.begin_transaction():
        context.run_migrations()


def _remember(applied: list[str]) -> Callable[..., None]:
    def on_version_apply(*, step: Any, **_: Any) -> None:
        applied.append(str(step.up_revision_id))

    return on_version_apply


def _say_what_was_applied(applied: list[str]) -> None:
    if command_of(context.get_context().opts) != "upgrade":
        return
    heads = ", ".join(context.get_context().get_current_heads()) or "base"
    if applied:
        _log.info("applied %d revision%s, now at %s", len(applied), "s"[: len(applied) > 1], heads)
    else:
        _log.info("nothing to apply, already at %s", heads)


__all__ = ["TruelineError", "open_target", "run_migrations"]
