"""Where a scratch database can be: on the live server, on the one that the project names, on an embedded one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError

from trueline.catalog.render.words import name
from trueline.connect import connect
from trueline.embedded import EmbeddedServer, find_servers, scratch_server
from trueline.embedded.binaries import EMBEDDED
from trueline.errors import TruelineError
from trueline.scratch.database import Scratch, database_on
from trueline.scratch.session import Session, driver_of, session_of
from trueline.scratch.signals import terminable
from trueline.settings import Settings, Target, find_target, no_target, parse_url, variable

OWN_SERVER = "the database's own server"

#: What psycopg sets of its own accord, and a URL need not.
_ITS_OWN = frozenset({"user", "password", "dbname", "client_encoding", "fallback_application_name"})


@dataclass(frozen=True, slots=True)
class _Tried:
    place: str
    why: str
    fix: str | None


@contextmanager
def scratch_database(
    live: Connection, settings: Settings, *, session: Session | None = None, environ: Mapping[str, str] | None = None
) -> Iterator[Scratch]:
    """An empty database of the live one's major version, encoding and search path; dropped at the end.

    It is made on the live server where the role may create databases, else on the server that the setting
    ``scratch`` names, else on an embedded one.

    Args:
        live: a connection of psycopg 3; its transaction, if one is open, is left as it is.
        settings: ``scratch`` and how long to try to connect.
        session: what has to hold in it, where that is not the live session.
        environ: instead of the process's own environment.

    Raises:
        TruelineError: there is no such place; says of each why not, and the ways out.
    """
    del environ  # the settings have read it; the parameter is for callers that pass theirs everywhere
    session = session or session_of(live)
    with terminable(), ExitStack() as stack:
        tried: list[_Tried] = []
        for place, opened in _places(live, settings, session):
            try:
                scratch = stack.enter_context(opened)
            except TruelineError as error:
                tried.append(_Tried(place, error.what, error.fix))
            except DBAPIError as error:
                tried.append(_Tried(place, str(error.orig).strip(), None))
            else:
                break
        else:
            raise _nowhere(session, settings, tried)
        yield scratch


def _places(
    live: Connection, settings: Settings, session: Session
) -> Iterator[tuple[str, AbstractContextManager[Scratch]]]:
    yield OWN_SERVER, database_on(target_of(live), settings, OWN_SERVER, session)
    if settings.scratch is not None:
        place = "the server of the setting scratch"
        yield place, database_on(_named(settings), settings, place, session.elsewhere())
    place = f"an embedded PostgreSQL {session.version}"
    yield place, _embedded(session.version, settings, session.elsewhere())


def target_of(live: Connection) -> Target:
    """The address that a connection was made with, password included, whoever made it."""
    info = driver_of(live).info
    query: dict[str, Any] = {key: value for key, value in info.get_parameters().items() if key not in _ITS_OWN}
    url = URL.create("postgresql+psycopg", info.user, info.password or None, database=info.dbname, query=query)
    known = live.engine.get_execution_options().get("trueline_target")
    return Target(url, "the live connection", known.hidden if isinstance(known, Target) else ())


def _named(settings: Settings) -> Target:
    """The server of the setting ``scratch``; its database is only the door to it."""
    given = settings.scratch.get_secret_value() if settings.scratch else ""
    url = parse_url(given, source=f"scratch ({variable('scratch')})")
    return Target(url if url.database else url.set(database="postgres"), f"the setting scratch ({variable('scratch')})")


@contextmanager
def _embedded(version: int, settings: Settings, session: Session | None) -> Iterator[Scratch]:
    if version not in find_servers():
        have = ", ".join(map(str, find_servers())) or "none"
        fix = "pip install 'trueline[embedded]'" if version in EMBEDDED else f"apt install postgresql-{version}"
        raise TruelineError(f"there is no PostgreSQL {version} on this machine (found: {have})", fix=fix)
    with scratch_server(version) as server:
        target = Target(server.url("postgres"), "embedded")
        if session is not None:
            _create_roles(server, session)
        with database_on(target, settings, f"an embedded PostgreSQL {version}", session) as scratch:
            yield scratch


def _create_roles(server: EmbeddedServer, session: Session) -> None:
    """Revisions and models may name roles, which a server has and a database has not. These can do nothing."""
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        there = {row[0] for row in connection.execute("SELECT rolname FROM pg_catalog.pg_roles")}
        texts = [f"CREATE ROLE {name(role)}" for role in session.roles if role not in there]
        connection.execute(";\n".join(texts).encode())


def _nowhere(session: Session, settings: Settings, tried: list[_Tried]) -> TruelineError:
    unnamed = settings.scratch is None
    where = [f"{each.place}: {each.why}" for each in tried]
    where += ["the setting scratch names no server"] if unnamed else []
    ways = [each.fix for each in tried if each.fix]
    if unnamed:
        ways.append(
            f"export {variable('scratch')}=postgresql://user:password@host:5432/postgres"
            f"   # a PostgreSQL {session.version} where the role may create databases"
        )
    what = f"there is no place for a scratch database of PostgreSQL {session.version}"
    return TruelineError(what, where=tuple(where), fix="\nor ".join(dict.fromkeys(ways)) or None)


@contextmanager
def scratch_target(settings: Settings, environ: Mapping[str, str] | None = None) -> Iterator[Target]:
    """Create an empty database, on the configured server or on an embedded one, and drop it at the end.

    Raises:
        TruelineError: when no server is configured or chosen, or the role may not create databases.
    """
    target = find_target(settings, environ)
    if target is None and not settings.embedded:
        raise no_target(settings)
    with terminable(), ExitStack() as stack:
        if target is not None:
            scratch = stack.enter_context(_on_configured(target, settings))
        else:
            scratch = stack.enter_context(_embedded(settings.embedded_version, settings, None))
        yield scratch.target


@contextmanager
def _on_configured(target: Target, settings: Settings) -> Iterator[Scratch]:
    connect(target, settings).close()  # nobody has waited for this server yet
    with database_on(target, settings, target.source) as scratch:
        yield scratch
