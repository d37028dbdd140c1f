"""Retries, their log and their end; the causes one by one are in test_connect_refusals.py."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy.pool import NullPool, QueuePool

from tests.fake_server import FakeServer, fake_server, pass_on_to, refuse, refuse_after_password
from trueline.connect import ConnectError, Outside, connect, create_engine, waiting_time
from trueline.embedded import EmbeddedServer, serve
from trueline.refused.probe import Answer, Door, Probe
from trueline.settings import Settings, Target, find_target

SETTINGS = Settings()
STARTING = refuse("57P03", "the database system is starting up")
FULL_WAIT = Outside(chance=lambda: 0.0, container=lambda: False)


def never(seconds: float) -> None:
    """A sleep for those who must not wait."""
    pytest.fail(f"waited {seconds} s")


def target(url: str) -> Target:
    """The target that DATABASE_URL names."""
    found = find_target(SETTINGS, {"DATABASE_URL": url})
    assert found is not None
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    with serve(tmp_path_factory.mktemp("connect") / "data", durable=False) as running:
        yield running


@pytest.fixture
def closed_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def starting() -> Iterator[FakeServer]:
    with fake_server(STARTING) as running:
        yield running


def test_waits_double_to_62_seconds() -> None:
    """Five retries wait 2, 4, 8, 16 and 32 seconds: 62 in all."""
    waits = [waiting_time(SETTINGS, attempt, 0.0) for attempt in range(1, 6)]
    assert waits == [2, 4, 8, 16, 32]
    assert sum(waits) == 62


def test_wait_is_capped() -> None:
    """No wait is longer than connect_wait_max, however many there are."""
    assert waiting_time(SETTINGS, 6, 0.0) == 32
    assert waiting_time(SETTINGS, 5000, 0.0) == 32
    assert waiting_time(Settings(connect_wait=5, connect_wait_max=3), 1, 0.0) == 3


def test_chance_shortens_a_wait_by_a_tenth_at_most() -> None:
    """Jitter only ever shortens, so that the documented sum is the longest."""
    assert waiting_time(SETTINGS, 1, 0.5) == pytest.approx(1.9)
    assert waiting_time(SETTINGS, 1, 1.0) == pytest.approx(1.8)


def test_refused_is_tried_six_times(closed_port: int, caplog: pytest.LogCaptureFixture) -> None:
    """A server that is not there is waited for, each attempt is logged, and the last reason is raised."""
    waits: list[float] = []
    caplog.set_level(logging.INFO, "trueline.connect")
    with pytest.raises(ConnectError) as caught:
        connect(
            target(f"postgresql://app:MARKER@127.0.0.1:{closed_port}/shop"),
            SETTINGS,
            sleep=waits.append,
            outside=FULL_WAIT,
        )
    assert waits == [2, 4, 8, 16, 32]
    place = f"127.0.0.1:{closed_port}"
    assert caught.value.what == (
        f"cannot connect to PostgreSQL after 6 attempts: {place}: nothing listens there (database shop)"
    )
    assert caught.value.where == ("DATABASE_URL",)
    assert f"pg_isready -h 127.0.0.1 -p {closed_port}" in (caught.value.fix or "")
    lines = [record.getMessage() for record in caplog.records if record.name == "trueline.connect"]
    assert lines[0] == f"connecting to {place}, database shop, attempt 1 of 6"
    assert lines[1] == (f"attempt 1 of 6 failed (next in 2.0 s): {place}: nothing listens there (database shop)")
    assert lines[-2:] == [
        f"connecting to {place}, database shop, attempt 6 of 6",
        f"attempt 6 of 6 failed (giving up): {place}: nothing listens there (database shop)",
    ]
    assert len(lines) == 12


def test_no_retries(closed_port: int) -> None:
    """With connect_retries = 0 there is one attempt and no wait."""
    with pytest.raises(ConnectError, match=r"cannot connect to PostgreSQL: 127"):
        connect(
            target(f"postgresql://127.0.0.1:{closed_port}/shop"),
            Settings(connect_retries=0),
            sleep=never,
            outside=FULL_WAIT,
        )


def test_server_that_comes_up_is_reached(server: EmbeddedServer, starting: FakeServer) -> None:
    """A server that is starting up is waited for, and used as soon as it lets us in."""
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            starting.behaviour = pass_on_to(server.socket_dir / f".s.PGSQL.{server.port}")

    url = starting.url(user=server.user, database="postgres")
    with connect(target(url), SETTINGS, sleep=sleep, outside=FULL_WAIT) as connection:
        assert connection.scalar(sqlalchemy.text("SELECT 1")) == 1
        assert connection.scalar(sqlalchemy.text("SHOW application_name")) == "trueline"
    assert waits == [2, 4]


def test_lasting_reason_fails_at_once(starting: FakeServer) -> None:
    """A reason that waiting cannot change ends the attempts, also when it shows only later."""
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        starting.behaviour = refuse_after_password("28P01", 'password authentication failed for user "app"')

    with pytest.raises(ConnectError, match=r"after 2 attempts: .* does not accept the password of user app"):
        connect(target(starting.url()), SETTINGS, sleep=sleep, outside=FULL_WAIT)
    assert waits == [2]


@pytest.mark.parametrize("order", ["first", "second"])
def test_one_host_of_two_is_enough(order: str, server: EmbeddedServer, starting: FakeServer, closed_port: int) -> None:
    """Of several hosts the first that lets us in is used, without a retry."""
    starting.behaviour = pass_on_to(server.socket_dir / f".s.PGSQL.{server.port}")
    hosts = [f"127.0.0.1:{starting.port}", f"127.0.0.1:{closed_port}"]
    listed = ",".join(hosts if order == "first" else reversed(hosts))
    url = f"postgresql://{server.user}@{listed}/postgres"
    with connect(target(url), SETTINGS, sleep=never, outside=FULL_WAIT) as connection:
        assert connection.scalar(sqlalchemy.text("SELECT 1")) == 1


@pytest.mark.parametrize("order", ["first", "second"])
def test_hosts_are_retried_while_one_may_heal(order: str, starting: FakeServer, closed_port: int) -> None:
    """A lasting reason at one of two hosts does not end the attempts while the other may come up."""
    starting.behaviour = refuse_after_password("28P01", "falsches Passwort")
    hosts = [f"127.0.0.1:{starting.port}", f"127.0.0.1:{closed_port}"]
    listed = ",".join(hosts if order == "first" else reversed(hosts))
    waits: list[float] = []
    with pytest.raises(ConnectError) as caught:
        connect(target(f"postgresql://app:pw@{listed}/shop"), SETTINGS, sleep=waits.append, outside=FULL_WAIT)
    assert len(waits) == 5
    assert f"127.0.0.1:{starting.port}: the server refused (falsches Passwort)" in caught.value.what
    assert f"127.0.0.1:{closed_port}: nothing listens there" in caught.value.what
    assert "pg_isready" in (caught.value.fix or "")
    assert "server's log" in (caught.value.fix or "")


def test_hosts_that_all_refuse_for_good_are_not_retried() -> None:
    """When no host can heal, there is one attempt."""
    wrong = refuse_after_password("28P01", 'password authentication failed for user "app"')
    unknown = refuse("3D000", 'database "shop" does not exist')
    with fake_server(wrong) as one, fake_server(unknown) as two, pytest.raises(ConnectError) as caught:
        connect(
            target(f"postgresql://app:pw@127.0.0.1:{one.port},127.0.0.1:{two.port}/shop"),
            SETTINGS,
            sleep=never,
            outside=FULL_WAIT,
        )
    assert "does not accept the password of user app; " in caught.value.what
    assert "there is no database shop on that server" in caught.value.what
    assert f"createdb -h 127.0.0.1 -p {two.port} -U app shop" in (caught.value.fix or "")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_loopback_in_a_container(host: str, closed_port: int) -> None:
    """In a container, a refusal by localhost is explained: it is the container itself."""
    with pytest.raises(ConnectError) as caught:
        connect(
            target(f"postgresql://app:pw@{host}:{closed_port}/shop"),
            Settings(connect_retries=0),
            outside=Outside(container=lambda: True),
        )
    assert f"inside this container, {host} is the container itself" in (caught.value.fix or "")
    assert f"postgresql://user:password@db:{closed_port}/shop" in (caught.value.fix or "")


def test_error_knows_no_driver_error(starting: FakeServer) -> None:
    """The error stands alone: the driver's, which knows the password, is neither cause nor context."""
    with pytest.raises(ConnectError) as caught:
        connect(target(starting.url()), Settings(connect_retries=0), outside=FULL_WAIT)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_error_names_the_file(starting: FakeServer, tmp_path: Any) -> None:
    """An address from a mounted secret is reported as such."""
    (tmp_path / "url").write_text(starting.url(), encoding="utf-8")
    found = find_target(SETTINGS, {"DATABASE_URL_FILE": str(tmp_path / "url")})
    assert found is not None
    with pytest.raises(ConnectError) as caught:
        connect(found, Settings(connect_retries=0), outside=FULL_WAIT)
    assert caught.value.where == ("DATABASE_URL_FILE",)


def test_engine_of_someone_else(starting: FakeServer) -> None:
    """An engine that was made elsewhere is retried as well; its source is called that."""
    url = starting.url().replace("postgresql://", "postgresql+psycopg://")
    engine = sqlalchemy.create_engine(url, poolclass=NullPool)
    with pytest.raises(ConnectError, match="starting up") as caught:
        connect(engine, Settings(connect_retries=0), outside=FULL_WAIT)
    assert caught.value.where == ("the engine's URL",)


def engine_arguments(url: str, settings: Settings = SETTINGS, **options: Any) -> dict[str, Any]:
    """What the engine calls psycopg with."""
    seen: dict[str, Any] = {}
    engine = create_engine(target(url), settings, **options)

    @sqlalchemy.event.listens_for(engine, "do_connect")
    def _note(_dialect: Any, _record: Any, _args: Any, arguments: dict[str, Any]) -> None:
        seen.update(arguments)
        raise LookupError("seen")

    with pytest.raises(LookupError, match="seen"):
        engine.connect()
    return seen


def test_engine_passes_timeout_and_name() -> None:
    """The engine tells libpq how long to wait and what to call the connection; keepalives stay libpq's."""
    arguments = engine_arguments("postgresql://db/shop", Settings(connect_timeout=7, application_name="shop"))
    assert (arguments["connect_timeout"], arguments["application_name"]) == (7, "shop")
    assert not [name for name in arguments if name.startswith("keepalives")]


def test_url_beats_the_settings() -> None:
    """What the URL says about timeout and name stands."""
    arguments = engine_arguments("postgresql://db/shop?connect_timeout=3&application_name=mine")
    assert (arguments["connect_timeout"], arguments["application_name"]) == ("3", "mine")


def test_hidden_arguments_reach_the_driver() -> None:
    """What a URL cannot carry is handed to psycopg beside it."""
    arguments = engine_arguments("postgresql+asyncpg://db/shop?sslpassword=key&statement_cache_size=0")
    assert (arguments["sslpassword"], arguments["prepare_threshold"]) == ("key", None)


def test_callers_options_come_first() -> None:
    """The caller's own arguments for driver and engine beat ours."""
    arguments = engine_arguments("postgresql://db/shop", connect_args={"application_name": "caller"})
    assert arguments["application_name"] == "caller"
    engine = create_engine(target("postgresql://db/shop"), SETTINGS, poolclass=QueuePool)
    assert isinstance(engine.pool, QueuePool)


def test_engine_has_no_pool() -> None:
    """Migrations use one connection and keep none."""
    engine = create_engine(target("postgresql+asyncpg://db/shop"), SETTINGS)
    assert isinstance(engine.pool, NullPool)
    assert engine.dialect.driver == "psycopg"


def test_host_from_libpqs_variables(starting: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the address leaves the host to libpq, messages name the one that libpq takes."""
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", str(starting.port))
    monkeypatch.setenv("PGUSER", "someone")
    with pytest.raises(ConnectError) as caught:
        connect(target("postgresql:///shop"), Settings(connect_retries=0), outside=FULL_WAIT)
    assert f"127.0.0.1:{starting.port}: the server is starting up" in caught.value.what
    assert starting.greetings[-1] == b"\0\x03\0\0user\0someone\0database\0shop\0\0"


def test_local_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where libpq would take its own socket, messages say so, and the way out names no host."""
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PGPORT", "1")
    with pytest.raises(ConnectError) as caught:
        connect(target("postgresql:///shop"), Settings(connect_retries=0), outside=FULL_WAIT)
    assert "local socket 1: nothing listens there (database shop)" in caught.value.what
    assert (caught.value.fix or "").endswith("pg_isready -p 1")


def test_every_host_is_knocked_at(closed_port: int) -> None:
    """The server is asked by the names that the URL gives, never with the password."""
    doors: list[Door] = []

    def knock(door: Door) -> Probe:
        doors.append(door)
        return Probe(Answer.REFUSED)

    with pytest.raises(ConnectError):
        connect(
            target(f"postgresql://app:MARKER@127.0.0.1:{closed_port},[::1]:{closed_port}/shop?connect_timeout=3"),
            Settings(connect_retries=0),
            outside=Outside(container=lambda: False, knock=knock),
        )
    assert [(door.host, door.port, door.user, door.database, door.timeout) for door in doors] == [
        ("127.0.0.1", closed_port, "app", "shop", 3),
        ("::1", closed_port, "app", "shop", 3),
    ]
    assert "MARKER" not in repr(doors)
