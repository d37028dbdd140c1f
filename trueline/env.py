"""What ``migrations/env.py`` calls: the whole environment of every stock ``alembic`` command.

from app.models import metadata
from trueline.env import run_migrations

run_migrations(metadata)
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from logging.config import fileConfig
from pathlib import Path
from typing import Any

from alembic import context
from alembic.config import Config
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import DBAPIError

from trueline.autogen import sql_text
from trueline.autogen.compare import chosen
from trueline.autogen.live import Live, Name, read_live
from trueline.autogen.types import render_item
from trueline.connect import connect, create_engine
from trueline.declared.guards import verify
from trueline.deploy.lock import one_at_a_time
from trueline.errors import TruelineError
from trueline.failure import explain_failure
from trueline.settings import Settings, Target, find_target, load_settings

_log = logging.getLogger("trueline.env")


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
    options = _options(metadata)
    if context.is_offline_mode():
        _run_offline(options)
    elif (given := config.attributes.get("connection")) is not None:
        _run_online(given, options)
    else:
        with open_target(load_settings(_directory(config))) as connection:
            _run_online(connection, options)


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


def _options(metadata: MetaData) -> dict[str, Any]:
    schemas = frozenset(filter(None, context.get_x_argument(as_dictionary=True).get("schema", "").split(",")))
    return {
        "target_metadata": metadata,
        "autogenerate_plugins": ["alembic.autogenerate.*", "trueline"],
        "compare_type": True,
        "compare_server_default": True,
        "include_schemas": True,
        "include_name": _include_name,
        "include_object": _include_object,
        "render_item": render_item,
        "transaction_per_migration": True,
        "trueline_schemas": schemas,
    }


def _run_offline(options: dict[str, Any]) -> None:
    context.configure(dialect_name="postgresql", literal_binds=True, dialect_opts={"paramstyle": "named"}, **options)
    with context.begin_transaction():
        context.run_migrations()


def _run_online(connection: Connection, options: dict[str, Any]) -> None:
    applied: list[str] = []
    context.configure(connection=connection, on_version_apply=_remember(applied), **options)
    try:
        turn = one_at_a_time(connection) if _changes_the_database() else nullcontext()
        with turn, context.begin_transaction():
            context.run_migrations()
    except DBAPIError as error:
        raise explain_failure(error, Path(context.script.dir)) from None
    finally:
        _live.cache_clear()
    _say_what_was_applied(applied)


def _changes_the_database() -> bool:
    """Whether this command writes: reading ones need not wait for it. The names are those in alembic.command."""
    command = context.get_context().opts["fn"].__name__
    return command in {"upgrade", "downgrade", "do_stamp", "do_ensure_version"}


def _remember(applied: list[str]) -> Callable[..., None]:
    def on_version_apply(*, step: Any, **_: Any) -> None:
        applied.append(str(step.up_revision_id))

    return on_version_apply


def _say_what_was_applied(applied: list[str]) -> None:
    command = getattr(context.config.cmd_opts, "cmd", (None,))[0]
    if command is None or command.__name__ != "upgrade":
        return
    heads = ", ".join(context.get_context().get_current_heads()) or "base"
    if applied:
        _log.info("applied %d revision%s, now at %s", len(applied), "s"[: len(applied) > 1], heads)
    else:
        _log.info("nothing to apply, already at %s", heads)


@cache
def _live(connection: Connection) -> Live:
    return read_live(connection)


def _include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave out schemas that were not chosen, and tables that no model can declare."""
    opts = context.get_context().opts
    if kind == "schema":
        return chosen(opts, name)
    if kind == "table":
        connection = context.get_context().connection
        key: Name = (parents.get("schema_name"), str(name))
        return connection is None or key not in _live(connection).unmanaged
    return True


def _include_object(item: Any, _name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    return kind != "table" or chosen(context.get_context().opts, item.schema)


__all__ = ["TruelineError", "open_target", "run_migrations"]
