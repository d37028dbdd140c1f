"""Engines and connections: psycopg 3, one connection at a time, and patience with a server that is on its way.

Waiting doubles from ``connect_wait`` up to ``connect_wait_max``; each wait is up to a tenth shorter, by chance, so
that the workers of one deploy do not all come back at the same moment. What cannot heal fails at once.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import psycopg
import sqlalchemy
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from trueline.address.libpq import default_of
from trueline.address.url import hosts_of
from trueline.errors import TruelineError
from trueline.refused.causes import Cause
from trueline.refused.probe import Answer, Door, Probe, Prober, probe
from trueline.refused.refusal import Refusal, cause_of, scrub, words_of
from trueline.settings import Settings, Target
from trueline.surroundings import in_container

LOG = logging.getLogger("trueline.connect")

#: Where an engine carries its `Target`, so that messages can say which variable it came from.
_TARGET = "trueline_target"


class ConnectError(TruelineError):
    """No connection, and why. Holds no driver's error: those know the password."""


def create_engine(target: Target, settings: Settings, **options: Any) -> Engine:
    """An engine without a pool for ``target``; ``options`` go to `sqlalchemy.create_engine` and come first.

    ``connect_timeout`` and ``application_name`` in the URL win over the settings; keepalives are libpq's. Text travels
    as UTF-8 unless the URL says otherwise: a database in SQL_ASCII would else answer in bytes.
    """
    arguments = _beside_url(target, settings) | options.pop("connect_args", {})
    execution = {_TARGET: target, **options.pop("execution_options", {})}
    options.setdefault("poolclass", NullPool)
    # What is closed need not be rolled back before, and of a connection that was lost SQLAlchemy would tell at length.
    options.setdefault("pool_reset_on_return", None)
    return sqlalchemy.create_engine(target.url, connect_args=arguments, execution_options=execution, **options)


def _beside_url(target: Target, settings: Settings) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "client_encoding": "utf8",
        "connect_timeout": settings.connect_timeout,
        "application_name": settings.application_name,
    }
    known = {name: value for name, value in arguments.items() if name not in target.url.query}
    return known | dict(target.hidden)


def driver_arguments(target: Target, settings: Settings) -> dict[str, Any]:
    """What psycopg takes to connect to ``target`` as an engine of `create_engine` does."""
    engine = create_engine(target, settings)
    return {**engine.dialect.create_connect_args(engine.url)[1], **_beside_url(target, settings)}


@dataclass(frozen=True, slots=True)
class Outside:
    """What `connect` depends on besides the database; tests bring their own.

    Attributes:
        chance: a number from 0 up to 1; 0 gives the full wait.
        knock: asks a server why it refuses.
        container: whether ``localhost`` is a container.
    """

    chance: Callable[[], float] = random.random
    knock: Prober = probe
    container: Callable[[], bool] = in_container


def connect(
    engine: Engine | Target,
    settings: Settings,
    *,
    sleep: Callable[[float], None] = time.sleep,
    log: logging.Logger = LOG,
    outside: Outside | None = None,
    hopes: Callable[[Cause], bool] = attrgetter("heals"),
) -> Connection:
    """A connection, tried up to ``settings.connect_retries`` times more while the reason may pass.

    Args:
        engine: from `create_engine`, or the target to make one for.
        settings: how often and how long to try.
        sleep: waits so many seconds.
        log: gets every attempt with hosts, ports, database, its number and the wait.
        outside: chance, network and surroundings.
        hopes: whether a cause is one to wait for.

    Raises:
        ConnectError: the last attempt's reason, or the first that waiting cannot change.
    """
    outside = outside or Outside()
    engine = engine if isinstance(engine, Engine) else create_engine(engine, settings)
    call = _Call(engine, settings, outside.knock)
    attempts = settings.connect_retries + 1
    for attempt in range(1, attempts + 1):
        log.info("connecting to %s, attempt %d of %d", call.place, attempt, attempts)
        outcome = call.attempt()
        if isinstance(outcome, Connection):
            return outcome
        wait = waiting_time(settings, attempt, outside.chance())
        again = attempt < attempts and any(hopes(refusal.cause) for refusal in outcome)
        plan = f"next in {wait:.1f} s" if again else "giving up"
        log.warning("attempt %d of %d failed (%s): %s", attempt, attempts, plan, call.account(outcome))
        if not again:
            raise call.error(outcome, attempt, container=outside.container())
        sleep(wait)
    raise AssertionError("the last attempt either returns or raises")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there was no connection, and whether waiting may change that."""

    error: ConnectError
    heals: bool


def refused(target: Target, settings: Settings, outside: Outside | None = None) -> Refused | None:
    """Try once to connect; none where that succeeds."""
    outside = outside or Outside()
    call = _Call(create_engine(target, settings), settings, outside.knock)
    outcome = call.attempt()
    if isinstance(outcome, Connection):
        outcome.close()
        return None
    error = call.error(outcome, 1, container=outside.container())
    return Refused(error, any(refusal.cause.heals for refusal in outcome))


def waiting_time(settings: Settings, attempt: int, chance: float) -> float:
    """Seconds to wait after the failure of ``attempt`` (from 1): 2, 4, 8, 16, 32 with the defaults."""
    doubled = settings.connect_wait * 2.0 ** min(attempt - 1, 64)
    return min(doubled, settings.connect_wait_max) * (1 - chance / 10)


@dataclass(frozen=True, slots=True)
class _Call:
    """One endeavour to connect, which may take several attempts."""

    engine: Engine
    settings: Settings
    knock: Prober

    @property
    def target(self) -> Target:
        known = self.engine.get_execution_options().get(_TARGET)
        return known if isinstance(known, Target) else Target(self.engine.url, "the engine's URL")

    @property
    def database(self) -> str:
        """Its name; libpq takes the user's where none is given."""
        return self.engine.url.database or self.engine.url.username or "(default)"

    @property
    def place(self) -> str:
        """Hosts with ports, and the database."""
        return f"{', '.join(door.place for door in self.doors())}, database {self.database}"

    def doors(self) -> list[Door]:
        """One door per host. Its host is empty where the choice is libpq's: a service file, or the local socket."""
        url, query = self.engine.url, self.engine.url.query
        if not hosts_of(url) and "service" not in query and (host := default_of("host")):
            url = url.update_query_dict({"host": host, "port": str(url.port or default_of("port"))})
        user = url.username or default_of("user")
        timeout = _seconds(query.get("connect_timeout", self.settings.connect_timeout))
        sslmode = str(query.get("sslmode") or default_of("sslmode"))
        hosts = hosts_of(url) or (("", url.port or int(default_of("port"))),)
        database, options = url.database or user, _words(query.get("options")) or default_of("options")
        return [Door(host, port, user, database, sslmode, timeout, options) for host, port in hosts]

    def attempt(self) -> Connection | list[Refusal]:
        """A connection, or a refusal for each host. No driver's error leaves this function."""
        try:
            return self.engine.connect()
        except DBAPIError as error:
            cause: BaseException = error.orig or error
        except UnicodeError as error:  # a host name that cannot be looked up
            cause = error
        doors = self.doors()
        if len(doors) == 1:
            return [self._refusal(doors[0], cause)]
        return [self._refusal(door, self._alone(door) or cause) for door in doors]

    def _alone(self, door: Door) -> psycopg.Error | None:
        """The driver's error for one of several hosts; the one that it raised for all keeps only the last's type."""
        arguments = self.engine.dialect.create_connect_args(self.engine.url)[1]
        arguments.pop("hostaddr", None)  # a list, as the hosts are; the door has this one's
        alone = {**arguments, **dict(self.target.hidden), "host": door.host, "port": door.port}
        try:
            psycopg.connect(**alone).close()
        except psycopg.Error as error:
            return error
        return None

    def _refusal(self, door: Door, error: BaseException) -> Refusal:
        asked = Probe(Answer.OPEN) if not door.host else self.knock(door)
        cause = cause_of(error, asked)
        return Refusal(door, cause, scrub(words_of(error, asked, cause), self.target.secrets()))

    def account(self, refusals: list[Refusal]) -> str:
        """Every host's reason, on one line."""
        return f"{'; '.join(refusal.summary() for refusal in refusals)} (database {self.database})"

    def error(self, refusals: list[Refusal], attempts: int, *, container: bool) -> ConnectError:
        """What the user reads: each host's reason, and each way out."""
        source = self.target.source
        ways = dict.fromkeys(refusal.way_out(source, in_container=container) for refusal in refusals)
        times = f" after {attempts} attempts" if attempts > 1 else ""
        what = f"cannot connect to PostgreSQL{times}: {self.account(refusals)}"
        return ConnectError(what, where=source, fix="\n".join(ways))


def _words(value: str | tuple[str, ...] | None) -> str:
    """Of an option that is given several times the last one counts."""
    return value[-1] if isinstance(value, tuple) else value or ""


def _seconds(text: object) -> float:
    try:
        return max(float(str(text)), 1)
    except ValueError:
        return 10
