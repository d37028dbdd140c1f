"""Empty databases to read from or to rehearse in, dropped when their user is done."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from trueline.connect import connect, create_engine
from trueline.embedded import scratch_server
from trueline.errors import TruelineError
from trueline.objects import qualified
from trueline.settings import Settings, Target, find_target, no_target


@contextmanager
def scratch_target(settings: Settings, environ: Mapping[str, str] | None = None) -> Iterator[Target]:
    """Create an empty database, on the configured server or on an embedded one, and drop it at the end.

    Raises:
        TruelineError: when no server is configured or chosen, or the role may not create databases.
    """
    target = find_target(settings, environ)
    if target is not None:
        with _on_server(target, settings) as scratch:
            yield scratch
    elif settings.embedded:
        with scratch_server(settings.embedded_version) as server:
            embedded = Target(url=server.url("postgres"), source="embedded")
            with _on_server(embedded, settings) as scratch:
                yield scratch
    else:
        raise no_target(settings)


@contextmanager
def _on_server(target: Target, settings: Settings) -> Iterator[Target]:
    name = f"trueline_scratch_{secrets.token_hex(6)}"
    engine = create_engine(target, settings, isolation_level="AUTOCOMMIT")
    try:
        with connect(engine, settings) as connection:
            _create(connection, name)
        try:
            yield Target(target.url.set(database=name), f"scratch beside {target.source}", target.hidden)
        finally:
            with connect(engine, settings) as connection:
                connection.execute(text(f"DROP DATABASE IF EXISTS {qualified(name, None)} WITH (FORCE)"))
    finally:
        engine.dispose()


def _create(connection: Connection, name: str) -> None:
    try:
        # template0: what an administrator has put into template1 must not look like a part of the schema.
        connection.execute(text(f"CREATE DATABASE {qualified(name, None)} TEMPLATE template0"))
    except DBAPIError as error:
        raise TruelineError(
            f"A scratch database could not be created: {str(error.orig).strip()}",
            fix="ALTER ROLE … CREATEDB, or unset DATABASE_URL to use an embedded server",
        ) from None
