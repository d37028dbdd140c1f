"""An application's start-up: wait until somebody else has migrated the database, without migrating it.

Nothing of the project is executed but its revisions' files, which Alembic imports to know their order: no env.py, no
models.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import AsyncConnection, sql
from sqlalchemy import URL

from trueline.address.url import read_url
from trueline.catalog.render.words import name
from trueline.connect import driver_arguments, refused
from trueline.deploy.heads import refuse_broken
from trueline.deploy.whereabouts import TABLES, chosen
from trueline.errors import TruelineError
from trueline.ini import find_config
from trueline.settings import Settings, Target, find_target, load_settings, no_target

_log = logging.getLogger("trueline.waiting")

#: Seconds between two lines that say the same.
_SAY_AGAIN = 10.0


class NotAtHeadError(TruelineError):
    """The time is over, and the database is not where the revisions lead."""

    exit_code = 1


class NewerDatabaseError(TruelineError):
    """The database has been migrated by newer code than this."""

    exit_code = 1


async def wait_until_head(
    url: str | URL | None = None,
    *,
    ini: str | Path | None = None,
    timeout: float | None = 60.0,
    poll: float = 1.0,
    allow_newer: bool = False,
    version_table: str = "alembic_version",
    version_schema: str | None = None,
) -> tuple[str, ...]:
    """Wait until every revision has been run; gives back the revisions that the database is at.

    A server that is not there yet is waited for as well. May be cancelled at any time; nothing is left behind.

    Args:
        url: of the database; by default what the environment names, as for every command.
        ini: Alembic's configuration; by default found as ``alembic`` finds it.
        timeout: seconds to wait at most; None for ever.
        poll: seconds between two looks.
        allow_newer: whether a database that has revisions that are not here will do.
        version_table: name of Alembic's own table, where env.py gives it another one.
        version_schema: its schema, where there are several such tables; by default that of the settings, of the search
            path, or the only one.

    Raises:
        NotAtHeadError: the time is over.
        NewerDatabaseError: the database is at a revision that is not here, and that is not allowed.
        TruelineError: the revisions cannot be read, or there is no connection and waiting will not change that.
    """
    config = find_config(Path.cwd(), ini)
    settings = load_settings(Path(str(config.config_file_name)).absolute().parent)
    target = _target(url, settings)
    script = await asyncio.to_thread(_revisions, config)
    waiter = _Waiter(script, target, settings, (version_schema or settings.version_schema, version_table), allow_newer)
    try:
        async with asyncio.timeout(timeout) as limit:
            return await waiter.wait(poll)
    except TimeoutError:
        if not limit.expired():
            raise
        raise waiter.late(timeout) from None


def _target(url: str | URL | None, settings: Settings) -> Target:
    if url is None:
        target = find_target(settings)
        if target is None:
            raise _embedded() if settings.embedded else no_target(settings)
        return target
    text = url.render_as_string(hide_password=False) if isinstance(url, URL) else url
    parsed = read_url(text, source="url")
    return Target(parsed.url, "the argument url", parsed.hidden, parsed.notes)


def _embedded() -> TruelineError:
    return TruelineError(
        "no database is named, and the embedded server runs for whoever has started it only",
        fix="await wait_until_head(server.url(PROJECT_DATABASE))   # see trueline.embedded.project_server",
    )


def _revisions(config: Config) -> ScriptDirectory:
    script = ScriptDirectory.from_config(config)
    refuse_broken(script)
    return script


@dataclass(slots=True)
class _Waiter:
    """Looks again and again, and remembers what it saw last."""

    script: ScriptDirectory
    target: Target
    settings: Settings
    table: tuple[str | None, str]
    allow_newer: bool
    _known: frozenset[str] = field(init=False)
    _seen: str = "it was not looked at yet"
    _said: tuple[str, float] = field(default=("", 0.0))

    def __post_init__(self) -> None:
        self._known = frozenset(str(each.revision) for each in self.script.walk_revisions())

    async def wait(self, poll: float) -> tuple[str, ...]:
        while True:
            try:
                return await self._watch(poll)
            except psycopg.OperationalError as error:
                await self._refused(error)
            await asyncio.sleep(poll)

    async def _watch(self, poll: float) -> tuple[str, ...]:
        async with await _connected(driver_arguments(self.target, self.settings)) as connection:
            while True:
                heads = await self._heads(connection)
                if self._is_there(heads):
                    _log.info("the database is at %s", _words(heads))
                    return heads
                await asyncio.sleep(poll)

    async def _heads(self, connection: AsyncConnection[Any]) -> tuple[str, ...]:
        wanted, table = self.table
        found = await (await connection.execute(TABLES, {"table": table, "wanted": wanted})).fetchall()
        schema = chosen(found, table, "await wait_until_head(version_schema='{}')")
        if schema is None:
            return ()
        query = sql.SQL("SELECT version_num FROM {} ORDER BY 1").format(sql.Identifier(schema, table))
        try:
            return tuple(str(row[0]) for row in await (await connection.execute(query)).fetchall())
        except psycopg.errors.UndefinedTable:  # between the two questions
            return ()
        except psycopg.errors.InsufficientPrivilege as error:
            raise _forbidden(error, (schema, table), connection.info.user) from None

    def _is_there(self, heads: tuple[str, ...]) -> bool:
        unknown = [head for head in heads if head not in self._known]
        if unknown and not self.allow_newer:
            raise self._newer(unknown)
        pending = [] if unknown else self.script._upgrade_revs("heads", heads)  # type: ignore[arg-type]  # takes several
        if pending:
            goal = _words(self.script.get_heads())
            self._see(f"it is at {_words(heads)}, and {len(pending)} of the revisions up to {goal} have not been run")
        return not pending

    async def _refused(self, error: psycopg.OperationalError) -> None:
        """Wait for a server that may come; give up where it will not let us in."""
        why = await asyncio.to_thread(refused, self.target, self.settings)
        if why is not None and not why.heals:
            raise why.error
        self._see(why.error.what if why else f"the connection was lost: {error.__class__.__name__}")

    def _see(self, words: str) -> None:
        self._seen = words
        now = asyncio.get_running_loop().time()
        if self._said[0] != words or now - self._said[1] >= _SAY_AGAIN:
            self._said = words, now
            _log.info("waiting for the database: %s", words)

    def _newer(self, unknown: Sequence[str]) -> NewerDatabaseError:
        ours = _words(self.script.get_heads())
        return NewerDatabaseError(
            f"the database is at revision {_words(unknown)}, and the revisions that are here lead to {ours}",
            where=str(Path(self.script.dir) / "versions"),
            fix="deploy the code that has this revision; or, where this code works with the newer database as well:\n"
            "await wait_until_head(allow_newer=True)",
        )

    def late(self, timeout: float | None) -> NotAtHeadError:
        return NotAtHeadError(
            f"the database is not at head after {timeout:g} s: {self._seen}",
            where=f"{self.target.url.render_as_string()} (from {self.target.source})",
            fix="run the migrations, or see what is in their way:\nalembic upgrade head\ntrueline status",
        )


async def _connected(arguments: Mapping[str, Any]) -> AsyncConnection[Any]:
    try:
        # Nothing is prepared: a pool between here and the server may give each query another session.
        return await AsyncConnection.connect(**arguments, autocommit=True, prepare_threshold=None)
    except asyncio.CancelledError as cancelled:
        # The driver's frames hold a connection that is half made. It is closed as soon as nobody holds them.
        raise cancelled.with_traceback(None) from None


def _forbidden(error: psycopg.Error, table: tuple[str, str], role: str) -> TruelineError:
    grant = f"GRANT USAGE ON SCHEMA {name(table[0])} TO {name(role)}; GRANT SELECT ON {name(*table)} TO {name(role)};"
    return TruelineError(
        f"role {name(role)} may not read the revision of the database: {error.diag.message_primary}",
        where=name(*table),
        fix=grant,
    )


def _words(heads: Sequence[str]) -> str:
    return ", ".join(heads) or "base"
