"""What ``migrations/env.py`` calls: the whole environment of every stock ``alembic`` command.

from app.models import metadata
from trueline.env import run_migrations

run_migrations(metadata)
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from logging.config import fileConfig
from pathlib import Path
from typing import Any

from alembic import context
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import DBAPIError

from trueline.autogen import sql_text, summary
from trueline.autogen.compare import Comparing, Comparison
from trueline.autogen.project import COMPARING, COMPARISON, Project, command_of
from trueline.autogen.scope import Scope
from trueline.autogen.types import render_item
from trueline.catalog.snapshot import FRAMEWORK, WATCHABLE
from trueline.connect import connect, create_engine
from trueline.declared.guards import verify
from trueline.deploy.lock import one_at_a_time
from trueline.errors import TruelineError
from trueline.failure import explain_failure
from trueline.proof import Proving
from trueline.report import terminal
from trueline.settings import Settings, Target, find_target, load_settings

_log = logging.getLogger("trueline.env")

UNDECLARED = (
    "in the database, made by no declaration, and so left alone (trueline declare writes the declarations; "
    "-x drop-undeclared=all drops them):"
)


def run_migrations(metadata: MetaData) -> None:
    """Run the command that Alembic was called with: online, offline, or on a connection that it was given.

    A program that calls ``alembic.command`` itself may put an open connection into
    ``Config.attributes["connection"]``; it is used and left open.

    Raises:
        TruelineError: when a key of the metadata leads nowhere, no database is configured or reachable, or
            PostgreSQL refuses a statement.
    """
    config = context.config
    _set_up_logging(config)
    sql_text.register()
    verify(metadata)
    if context.is_offline_mode():
        _run_offline(configure_options(metadata))
        return
    settings = load_settings(_directory(config))
    with ExitStack() as stack:
        given = config.attributes.get("connection")
        connection = given if given is not None else stack.enter_context(open_target(settings))
        proving = _run_online(connection, metadata, settings)
        if proving.expecting:  # Alembic writes the file after this function
            proving.hold(stack.pop_all())


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


def configure_options(metadata: MetaData) -> dict[str, Any]:
    """What every command gives to ``context.configure``, replays in a scratch database among them."""
    return {
        "target_metadata": metadata,
        "autogenerate_plugins": ["trueline"],
        "include_schemas": True,
        "render_item": render_item,
        "transaction_per_migration": True,
    }


def _run_offline(options: dict[str, Any]) -> None:
    context.configure(dialect_name="postgresql", literal_binds=True, dialect_opts={"paramstyle": "named"}, **options)
    with context.begin_transaction():
        context.run_migrations()


def _run_online(connection: Connection, metadata: MetaData, settings: Settings) -> Proving:
    applied: list[str] = []
    fresh = not connection.in_transaction()
    options = configure_options(metadata)
    arguments = context.get_x_argument(as_dictionary=True)
    project = project_of(settings, arguments, options, context.config, context.script)
    comparing = Comparing(connection, metadata, project)
    proving = Proving(metadata, project, arguments, connection)
    compared_by: dict[str, Any] = {COMPARING: comparing}
    context.configure(
        connection=connection,
        on_version_apply=_remember(applied),
        process_revision_directives=_finisher(proving),
        **options,
        **compared_by,
    )
    try:
        turn = one_at_a_time(connection) if _changes_the_database() else nullcontext()
        with turn, context.begin_transaction():
            if command_of(context.get_context().opts) in {"check", "revision"}:
                comparing.prepare()
            context.run_migrations()
    except DBAPIError as error:
        raise explain_failure(error, Path(context.script.dir)) from None
    _say_what_was_applied(applied)
    if fresh and connection.in_transaction():
        connection.rollback()  # of what was only read: the next command must not find itself in somebody's transaction
    return proving


def project_of(
    settings: Settings,
    arguments: Mapping[str, str],
    options: Mapping[str, Any],
    config: Config | None,
    script: ScriptDirectory | None,
) -> Project:
    """What a comparison has to know, from the settings and from ``-x name=value``."""
    return Project(
        settings,
        Scope(
            ignore=settings.ignore,
            schemas=_words(arguments.get("schema")),
            drop_undeclared=_words(arguments.get("drop-undeclared")),
            watch_extensions="extension" in settings.watch,
        ),
        watch=frozenset(settings.watch) & WATCHABLE,
        framework=FRAMEWORK,
        config=config,
        script=script,
        options=options,
        ask=terminal.asker(),
    )


def _words(text: str | None) -> frozenset[str]:
    return frozenset(word.strip() for word in (text or "").split(",") if word.strip())


def _finisher(proving: Proving) -> Callable[..., None]:
    """What happens once the difference is known: the way back, a table for people, and the proof of the file."""

    def finish(migration_context: Any, _revision: Any, directives: list[Any]) -> None:
        found: Comparison | None = migration_context.opts.get(COMPARISON)
        if found is None or not directives:
            return
        given = directives[0].upgrade_ops
        directives[0].upgrade_ops = summary.FoundOps(found, given.ops, given.upgrade_token)
        directives[0].downgrade_ops.ops[:] = found.downgrade
        if command_of(migration_context.opts) == "check":
            terminal.show_differences(summary.differences(found), "the database is not what the models say:")
            terminal.show_differences(summary.undeclared(found), UNDECLARED)
        else:
            _say_what_stays(found)
            proving.expect(found, context.script)

    return finish


def _say_what_stays(found: Comparison) -> None:
    rows = summary.undeclared(found)
    if rows:
        _log.warning("%s", "\n".join((UNDECLARED, *terminal.plain_lines(rows))))


def _changes_the_database() -> bool:
    """Whether this command writes: reading ones need not wait for it. The names are those in alembic.command."""
    return command_of(context.get_context().opts) in {"upgrade", "downgrade", "stamp", "ensure_version"}


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


__all__ = ["TruelineError", "open_target", "project_of", "run_migrations"]
