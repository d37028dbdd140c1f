"""``alembic check`` and ``alembic revision``: what `autogen` needs to know, put together."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from alembic import context
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from trueline.autogen.arguments import refuse_unknown_kinds, words_of
from trueline.autogen.command import command_of, leave
from trueline.autogen.compare import Comparing
from trueline.autogen.project import COMPARING, COMPARISON, Project
from trueline.autogen.scope import Scope
from trueline.catalog.snapshot import FRAMEWORK, WATCHABLE
from trueline.report.asking import asker
from trueline.settings import Settings
from trueline.version_table import refuse_hidden_version

if TYPE_CHECKING:
    from trueline.autogen.comparison import Comparison
    from trueline.proof.proving import Proving


def compare(
    connection: Connection, metadata: MetaData, settings: Settings, options: Mapping[str, Any], stack: ExitStack
) -> list[Proving]:
    """Run the command that Alembic is configured for; gives back what waits for a file to be written.

    Args:
        connection: to the database.
        metadata: the models.
        settings: the project's.
        options: what ``context.configure`` was given.
        stack: holds what is needed until the file is written.
    """
    fresh = not connection.in_transaction()
    arguments = context.get_x_argument(as_dictionary=True)
    work = Comparing(connection, metadata, project_of(settings, arguments, options, context.config, context.script))
    proving: list[Proving] = []
    migration = context.get_context()
    command = command_of(migration.opts)
    compared_by: dict[str, Any] = {
        COMPARING: work,
        "process_revision_directives": _finisher(proving, work, arguments),
        "target_metadata": metadata,
        "dont_mutate": True,  # Alembic would create its version table in a database that is only looked at
    }
    migration.opts.update(compared_by)
    if command == "revision" and "off" not in words_of(arguments, "prove"):
        stack.enter_context(work.put_on_stage())
    refuse_hidden_version(migration, connection)
    leave(connection, fresh=fresh)  # nobody who is in a transaction can read the database aside
    work.prepare(aside=context.config.cmd_opts is not None, deciding=command == "check")
    context.run_migrations()
    return proving


@contextmanager
def uncollected(config: Config) -> Iterator[None]:
    """Nearly all that a comparison makes stays to its end; looking for garbage in it costs a quarter of the time."""
    if config.cmd_opts is None:  # somebody else's process
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def project_of(
    settings: Settings,
    arguments: Mapping[str, str],
    options: Mapping[str, Any],
    config: Config | None,
    script: ScriptDirectory | None,
) -> Project:
    """What a comparison has to know, from the settings and from ``-x name=value``.

    Raises:
        TruelineError: a word among them that nobody knows.
    """
    refuse_unknown_kinds(settings.ignore)
    for name in ("allow-destructive", "prove"):
        words_of(arguments, name)
    return Project(
        settings,
        Scope(
            ignore=settings.ignore,
            schemas=words_of(arguments, "schema"),
            drop_undeclared=words_of(arguments, "drop-undeclared"),
            watch_extensions="extension" in settings.watch,
        ),
        watch=frozenset(settings.watch) & WATCHABLE,
        framework=FRAMEWORK | {str(options.get("version_table", "alembic_version"))},
        config=config,
        script=script,
        options=options,
        ask=asker(),
    )


def _finisher(proving: list[Proving], comparing: Comparing, arguments: Mapping[str, str]) -> Callable[..., None]:
    """What Alembic calls when the difference is known; what waits for a revision to be written goes into the list."""

    def finish(migration_context: Any, _revision: Any, directives: list[Any]) -> None:
        found: Comparison | None = migration_context.opts.get(COMPARISON)
        if found is None or not directives:
            return
        # Only here: most commands never come to it.
        from trueline import outcome

        work = outcome.Proving(comparing, arguments)
        proving.append(work)
        outcome.finish(found, directives, migration_context.opts, work, context.script)

    return finish
