"""One scratch database: made, watched over as long as it is used, and dropped."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from trueline.catalog.render.words import name
from trueline.connect import connect, create_engine
from trueline.errors import TruelineError
from trueline.scratch.names import new_name, sweep
from trueline.scratch.session import Session, locale_words, plain_words
from trueline.settings import Settings, Target

_log = logging.getLogger("trueline.scratch")

#: Nothing here has to survive the machine, and no limit that is meant for an application may end a long statement.
_SETTINGS = {
    "synchronous_commit": "off",
    "statement_timeout": "0",
    "lock_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "idle_session_timeout": "0",
    "default_transaction_read_only": "off",
    "client_min_messages": "warning",
}

_TABLES = """
    SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
"""
_SCHEMAS = "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"

#: As initdb makes it.
_PUBLIC = """
    CREATE SCHEMA public AUTHORIZATION pg_database_owner;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
    COMMENT ON SCHEMA public IS 'standard public schema'
"""


class RefusedError(TruelineError):
    """A place where no scratch database could be made: why, and what would change that."""


class _Quiet(logging.LoggerAdapter[logging.Logger]):
    """Attempts to connect are of interest only when they fail: nobody asked for these connections."""

    def info(self, msg: object, *args: object, **kwargs: Any) -> None:
        self.debug(msg, *args, **kwargs)

    def process(self, msg: Any, kwargs: Any) -> tuple[Any, Any]:
        """With the place before it."""
        return f"{self.extra['place']}{msg}" if self.extra else msg, kwargs


def _reach(engine: Engine, settings: Settings, place: str = "") -> Connection:
    """A connection to where scratch databases are, which is asked for when the live database is up.

    So nobody waits for a server that does not answer as well; for one that is starting up, or is full, one does.

    Raises:
        ConnectError: there is none to be had.
    """
    log: Any = _Quiet(_log, {"place": f"{place}: " if place else ""})
    return connect(engine, settings, log=log, hopes=lambda cause: cause.heals and not cause.absent)


@dataclass(frozen=True, slots=True)
class Scratch:
    """An empty database that goes with the ``with`` block it was made in.

    Attributes:
        target: its address. Connections made from the bare address lack the live session's settings.
        version: major version of the server.
        place: where it is, in words.
        engine: without a pool; each connection has the live session's search path and no synchronous commit.
        settings: how long to try to connect.
        session: the live session whose surroundings it has; none where there was no live database.
    """

    target: Target
    version: int
    place: str
    engine: Engine = field(repr=False)
    settings: Settings = field(repr=False)
    session: Session | None = field(default=None, repr=False)

    @property
    def url(self) -> URL:
        """The address for SQLAlchemy; its password is masked where it is printed."""
        return self.target.url

    def connect(self, *, autocommit: bool = False) -> Connection:
        """A new connection; the caller closes it.

        Raises:
            ConnectError: there is none to be had.
        """
        connection = _reach(self.engine, self.settings)
        return connection.execution_options(isolation_level="AUTOCOMMIT") if autocommit else connection

    def renew(self, connection: Connection) -> None:
        """Make the session of a connection as new: as `connect` gives it, without temporary tables or a transaction."""
        connection.rollback()
        driver: Any = connection.connection.driver_connection
        driver.execute("RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP", prepare=False)
        _settle(driver, self.session)

    def prepare(self, connection: Connection) -> None:
        """Create the schema in which the live session would create what has no schema in its name."""
        if self.session is not None and self.session.schema is not None:
            verbatim(connection, f"CREATE SCHEMA IF NOT EXISTS {name(self.session.schema)}")
            connection.commit()

    def clear(self, connection: Connection) -> None:
        """Take everything away: as a new database, and without the schema that `prepare` makes."""
        self.renew(connection)
        driver: Any = connection.connection.driver_connection
        tables = [name(*row) for row in driver.execute(_TABLES).fetchall()]
        drops = [f"DROP TABLE IF EXISTS {', '.join(tables[at : at + 40])} CASCADE" for at in range(0, len(tables), 40)]
        drops += [f"DROP SCHEMA {name(*row)} CASCADE" for row in driver.execute(_SCHEMAS).fetchall()]
        for drop in drops:
            driver.execute(drop.encode(driver.info.encoding))
            driver.commit()  # not all at once, for the sake of the server's locks
        driver.execute(_PUBLIC, prepare=False)
        driver.commit()


@contextmanager
def database_on(target: Target, settings: Settings, place: str, session: Session | None = None) -> Iterator[Scratch]:
    """An empty database on the server of ``target``, dropped at the end, however that comes.

    Args:
        target: any database of the server, to be connected to for making others.
        settings: how long to try.
        place: where this is, in words.
        session: what has to hold in it as in the live database.

    Raises:
        RefusedError: the server is of another version, or does not let this role make databases.
        ConnectError: it does not answer.
    """
    admin = create_engine(target, settings, isolation_level="AUTOCOMMIT")
    made: list[str] = []
    try:
        with _reach(admin, settings, place) as connection:
            version = _same_version(connection, session)
            _may_create(connection)
            sweep(connection)
            made.append(new_name(connection))  # before it is: a Ctrl-C may come while it is being made
            try:
                _create(connection, made[0], session)
            except RefusedError:
                if not connection.invalidated:  # or nobody knows whether it was made
                    made.clear()
                raise
        own = Target(target.url.set(database=made[0]), f"scratch on {place}", target.hidden)
        with _kept(own, settings, session):
            yield Scratch(own, version, place, _engine(own, settings, session), settings, session)
    finally:
        for database in made:
            _drop(admin, settings, database)
        admin.dispose()


def _same_version(connection: Connection, session: Session | None) -> int:
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10000
    if session is not None and version != session.version:
        raise RefusedError(f"is PostgreSQL {version}, and PostgreSQL {session.version} is needed")
    return version


def _may_create(connection: Connection) -> None:
    query = "SELECT rolname, rolcreatedb OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user"
    role, may = connection.exec_driver_sql(query).one()
    if not may:
        fix = f"ALTER ROLE {name(role)} CREATEDB;"
        raise RefusedError(f"the role {name(role)} may not create databases", fix=fix)


def _create(connection: Connection, database: str, session: Session | None) -> None:
    """From template0: what an administrator has put into template1 must not look like a part of the schema."""
    statement = f"CREATE DATABASE {name(database)} TEMPLATE template0 "
    wanted = [""] if session is None else [locale_words(session.locale), plain_words(session.locale)]
    failures = []
    for words in wanted:
        try:
            return verbatim(connection, statement + words)
        except DBAPIError as error:
            failures.append(str(error.orig).strip())
            if error.connection_invalidated:
                break
    raise RefusedError(f"a scratch database could not be created: {failures[0]}")


def verbatim(connection: Connection, sql: str) -> None:
    """Run a statement in which a percent sign is one."""
    connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


def _engine(target: Target, settings: Settings, session: Session | None) -> Engine:
    engine = create_engine(target, settings)

    @event.listens_for(engine, "connect")
    def set_up(driver: Any, _record: Any) -> None:
        _settle(driver, session)

    return engine


def _settle(driver: Any, session: Session | None) -> None:
    """Give a session its settings; ends the transaction that is open."""
    chosen = {**_SETTINGS, **(dict(session.settings) if session else {})}
    query = "SELECT " + ", ".join("set_config(%s, %s, false)" for _ in chosen)
    driver.execute(query, [word for pair in chosen.items() for word in pair])
    driver.commit()


@contextmanager
def _kept(target: Target, settings: Settings, session: Session | None) -> Iterator[None]:
    """As long as somebody is connected, no other run takes the database for one that was left behind.

    Not through the engine that others get: SQLAlchemy asks for the default schema once, and now it is not there yet.
    """
    engine = _engine(target, settings, session)
    try:
        keeper = _reach(engine, settings).execution_options(isolation_level="AUTOCOMMIT")
    except TruelineError as error:
        raise RefusedError(f"a scratch database was created, but {error.what}", fix=error.fix) from None
    with keeper:
        if session is not None:
            _prepare(keeper, session)
        yield


def _prepare(connection: Connection, session: Session) -> None:
    """The schema of unqualified names, and the search path also for connections that are not ours."""
    if session.schema is not None:
        verbatim(connection, f"CREATE SCHEMA IF NOT EXISTS {name(session.schema)}")
    database = connection.exec_driver_sql("SELECT current_database()").scalar_one()
    connection.exec_driver_sql(f"ALTER DATABASE {name(database)} SET search_path FROM CURRENT")


def _drop(admin: Engine, settings: Settings, database: str) -> None:
    """A second Ctrl-C while it is dropped is heard afterwards."""
    once = settings.model_copy(update={"connect_retries": min(settings.connect_retries, 1)})
    for attempt in (1, 2):
        try:
            with _reach(admin, once, database) as connection:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name(database)} WITH (FORCE)")
        except (TruelineError, DBAPIError) as error:
            words = error.what if isinstance(error, TruelineError) else str(error.orig).strip()
            _log.warning("%s could not be dropped, the next run will do so: %s", database, words)
        except (KeyboardInterrupt, SystemExit):
            if attempt == 1:
                _drop(admin, settings, database)
            raise
        return
