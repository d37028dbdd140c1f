"""Scratch databases: where they are made, what holds in them, and that they go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.pool import NullPool

from tests.fake_server import fake_server, refuse
from trueline.errors import TruelineError
from trueline.scratch import places, scratch_database, scratch_target, session_of
from trueline.scratch.names import sweep
from trueline.settings import Settings
from trueline.testing import MakeDatabase
from trueline.testing.databases import connect
from trueline.testing.servers import Server

ROOT = Path(__file__).parents[2]
ONCE = Settings(connect_retries=0)

_OWNER = """
import sys, time
from sqlalchemy import create_engine
from trueline.scratch import scratch_database
from trueline.settings import Settings
with create_engine(sys.argv[1]).connect() as live, scratch_database(live, Settings()) as scratch:
    with scratch.connect() as connection:
        print(scratch.url.database, flush=True)
        sys.stdin.readline() if sys.argv[2] == "sleep" else connection.exec_driver_sql("SELECT pg_sleep(60)")
"""


@contextmanager
def connection_to(url: str) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def live(any_empty_url: str) -> Iterator[Connection]:
    with connection_to(any_empty_url) as connection:
        yield connection


def databases(url: str) -> set[str]:
    with connect(url) as connection:
        query = "SELECT datname FROM pg_database WHERE datname LIKE 'trueline_scratch_%'"
        return {str(row[0]) for row in connection.execute(query)}


@contextmanager
def role(url: str, words: str = "") -> Iterator[str]:
    """The URL for a new role, which owns nothing."""
    name = f"tl_{os.urandom(4).hex()}"
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(sql.SQL(f"CREATE ROLE {{}} LOGIN {words}").format(sql.Identifier(name)))
        try:
            yield make_url(url).set(username=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def owner(url: str, how: str = "sleep") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _OWNER, url, how]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def name_from(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("error", [None, ValueError, KeyboardInterrupt])
def test_it_is_empty_and_goes(live: Connection, any_empty_url: str, error: type[BaseException] | None) -> None:
    """It is on the live server, empty, of the live version, and dropped at the end and after an error."""
    before = databases(any_empty_url)
    with pytest.raises(error) if error else nullcontext(), scratch_database(live, ONCE) as scratch:
        assert databases(any_empty_url) - before == {scratch.url.database}
        assert scratch.version == session_of(live).version
        with scratch.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE t (x int)")
            connection.commit()
        if error:
            raise error
    assert databases(any_empty_url) == before


def test_the_live_transaction_is_left_alone(live: Connection) -> None:
    """A transaction that is open stays open, with all that it has done."""
    live.exec_driver_sql("CREATE TABLE t (x int)")
    with scratch_database(live, ONCE):
        assert live.exec_driver_sql("SELECT count(*) FROM t").scalar_one() == 0
    assert live.in_transaction()
    live.rollback()
    with scratch_database(live, ONCE):
        driver = live.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        assert driver.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_connections(live: Connection) -> None:
    """Each connection commits without waiting and knows no timeout; one in autocommit mode is to be had."""
    live.exec_driver_sql("SET statement_timeout = 5000")
    with scratch_database(live, ONCE) as scratch:
        with scratch.connect(autocommit=True) as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "off"
            assert connection.exec_driver_sql("SHOW statement_timeout").scalar_one() == "0"
            connection.exec_driver_sql("CREATE TABLE t (x int)")
            connection.exec_driver_sql("CREATE INDEX CONCURRENTLY ON t (x)")
        assert "***" not in scratch.url.render_as_string(hide_password=False)


@pytest.mark.parametrize("how", ["database", "role", "url", "session"])
def test_search_path_holds(any_server: Server, make_database: MakeDatabase, how: str) -> None:
    """The search path is the live session's, wherever it comes from, and so is the schema of bare names."""
    url = make_database(any_server)
    schema = 'Co"re%'
    with role(url, "SUPERUSER") as bare, connect(url) as admin:
        path = sql.SQL("SET search_path = {}, public").format(sql.Identifier(schema))
        admin.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        database = sql.Identifier(admin.info.dbname)
        if how == "database":
            admin.execute(sql.SQL("ALTER DATABASE {} ").format(database) + path)
        if how == "role":
            admin.execute(sql.SQL("ALTER ROLE {} ").format(sql.Identifier(str(make_url(bare).username))) + path)
        admin.commit()
        options = {"options": '-csearch_path="Co""re%",public'} if how == "url" else {}
        own = make_url(bare).update_query_dict(options)
        with connection_to(own.render_as_string(hide_password=False)) as live:
            if how == "session":
                live.exec_driver_sql(path.as_string(None).replace("%", "%%"))
            with scratch_database(live, ONCE) as scratch, scratch.connect() as connection:
                assert connection.exec_driver_sql("SELECT current_schema()").scalar_one() == schema
                assert connection.dialect.default_schema_name == schema
            admin.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(schema)))
            admin.commit()


def test_user_schema_holds_elsewhere(
    any_server: Server, make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`$user` in the search path is the live role also where another one builds."""
    url = make_database(any_server)
    with role(url) as own, connect(url) as admin:
        name = str(make_url(own).username)
        admin.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        admin.execute(sql.SQL("GRANT USAGE ON SCHEMA {0} TO {0}").format(sql.Identifier(name)))
        admin.commit()
        monkeypatch.setattr(places, "find_servers", dict)
        elsewhere = ONCE.model_copy(update={"scratch": SecretStr(url)})
        with connection_to(own) as live, scratch_database(live, elsewhere) as scratch, scratch.connect() as connection:
            assert scratch.place == "the server of the setting scratch"
            assert connection.exec_driver_sql("SELECT current_schema()").scalar_one() == name
        admin.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(name)))
        admin.commit()


def test_encoding_and_locale_hold(any_server: Server) -> None:
    """Encoding and locale are the live database's, not the server's usual ones."""
    name = sql.Identifier(f"tl_{os.urandom(4).hex()}")
    words = "TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc"
    with psycopg.connect(any_server.url("postgres").replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} " + words).format(name))
        try:
            url = any_server.url(name.as_string(None).strip('"'))
            with connection_to(url) as live, scratch_database(live, ONCE) as scratch:
                query = "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = %s"
                assert admin.execute(query, [scratch.url.database]).fetchone() == ("LATIN1", "C")
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def test_without_the_privilege_an_embedded_server_serves(any_server: Server, make_database: MakeDatabase) -> None:
    """A role that may not create databases gets an embedded one of the same version."""
    with role(make_database(any_server)) as url, connection_to(url) as live, scratch_database(live, ONCE) as scratch:
        assert scratch.version == any_server.version
        assert scratch.place == f"an embedded PostgreSQL {any_server.version}"
        assert scratch.url.username == "postgres"


def test_createdb_is_enough(any_server: Server, make_database: MakeDatabase) -> None:
    """A role with CREATEDB builds on the live server; a schema of its own search path is made there."""
    with role(make_database(any_server), "CREATEDB") as url, connection_to(url) as live, ExitStack() as stack:
        scratch = stack.enter_context(scratch_database(live, ONCE))
        assert scratch.url.username == make_url(url).username
        stack.enter_context(scratch.connect()).exec_driver_sql("CREATE TABLE t (x int)")


def test_refused_after_all(any_server: Server, make_database: MakeDatabase, caplog: pytest.LogCaptureFixture) -> None:
    """Where the server refuses to create a database in spite of the role's right, the next place is tried, quietly."""
    with role(make_database(any_server), "CREATEDB") as url:
        locked = make_url(url).update_query_dict({"options": "-cdefault_transaction_read_only=on"})
        whole = locked.render_as_string(hide_password=False)
        with connection_to(whole) as live, scratch_database(live, ONCE) as scratch:
            assert scratch.place.startswith("an embedded PostgreSQL")
    assert "could not be dropped" not in caplog.text


def test_nowhere(any_server: Server, make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any place the error says of each why not, shows no secret, and the ways out can be pasted."""
    monkeypatch.setattr(places, "find_servers", dict)
    with role(make_database(any_server)) as url, connection_to(url) as live:
        with pytest.raises(TruelineError) as caught, scratch_database(live, ONCE):
            pass
        name, version = make_url(url).username, any_server.version
        assert caught.value.what == f"there is no place for a scratch database of PostgreSQL {version}"
        assert caught.value.where == (
            f"the database's own server: the role {name} may not create databases",
            f"an embedded PostgreSQL {version}: there is no PostgreSQL {version} on this machine (found: none)",
            "the setting scratch names no server",
        )
        fix = caught.value.fix or ""
        assert f"ALTER ROLE {name} CREATEDB;" in fix
        assert "export TRUELINE_SCRATCH=postgresql://" in fix
        assert ("pip install" if version in {16, 18} else f"apt install postgresql-{version}") in fix
        shut = ONCE.model_copy(update={"scratch": SecretStr("postgresql://app:s3cret@127.0.0.1:1/x")})
        with pytest.raises(TruelineError) as caught, scratch_database(live, shut):
            pass
        assert "the server of the setting scratch: cannot connect" in str(caught.value)
        assert "s3cret" not in str(caught.value) + repr(shut)


def test_nobody_waits_for_a_server_that_is_not_there(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The live database is up, so the setting is wrong: one attempt, and the error names it with the way out."""
    monkeypatch.setattr(places, "find_servers", dict)
    shut = Settings(scratch=SecretStr("postgresql://app:s3cret@127.0.0.1:1/x"))
    with role(empty_database_url) as url, connection_to(url) as live, pytest.raises(TruelineError) as caught:
        scratch_database(live, shut).__enter__()
    said = "the server of the setting scratch: cannot connect to PostgreSQL: 127.0.0.1:1: nothing listens there"
    assert said in str(caught.value)
    assert "the setting scratch (TRUELINE_SCRATCH)" in (caught.value.fix or "")
    assert "the server of the setting scratch: attempt 1 of 6 failed (giving up)" in caplog.text


def test_a_server_that_is_starting_up_is_waited_for(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It answers, and will be there: each of the retries is spent on it."""
    monkeypatch.setattr(places, "find_servers", dict)
    with fake_server(refuse("57P03", "the database system is starting up")) as starting:
        slow = Settings(scratch=SecretStr(starting.url()), connect_wait=0.01)
        with role(empty_database_url) as url, connection_to(url) as live, pytest.raises(TruelineError):
            scratch_database(live, slow).__enter__()
    assert "attempt 6 of 6 failed (giving up)" in caplog.text


def test_another_version(trueline_servers: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of another major version does not serve."""
    servers: dict[int, Server] = {version: trueline_servers(version) for version in (18, 16)}  # type: ignore[operator]
    monkeypatch.setattr(places, "find_servers", dict)
    wrong = ONCE.model_copy(update={"scratch": SecretStr(servers[16].url("postgres"))})
    complaint = pytest.raises(TruelineError, match=r"is PostgreSQL 16, and PostgreSQL 18 is needed")
    with role(servers[18].url("postgres")) as url, connection_to(url) as live, complaint:
        scratch_database(live, wrong).__enter__()


def test_a_name_without_database(any_server: Server, make_database: MakeDatabase) -> None:
    """The setting need not name a database: postgres is the door."""
    bare = make_url(any_server.url("postgres"))._replace(database=None).render_as_string(hide_password=False)
    elsewhere = ONCE.model_copy(update={"scratch": SecretStr(bare)})
    with role(make_database(any_server)) as url, connection_to(url) as live, ExitStack() as stack:
        scratch = stack.enter_context(scratch_database(live, elsewhere))
        assert scratch.place == "the server of the setting scratch"


def test_killed_owner(live: Connection, any_empty_url: str) -> None:
    """A killed run leaves its database, which the next sweep drops; one that is in use, or young, stays."""
    with owner(any_empty_url) as process:
        name = name_from(process)
        with live.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
            assert sweep(admin, age=-10) == []
            process.kill()
            process.wait(60)
            assert name in databases(any_empty_url)
            assert sweep(admin) == []
            while name not in sweep(admin, age=-10):  # until the server has noticed
                pass
    assert name not in databases(any_empty_url)


def test_sweep_knows_its_own(live: Connection, any_empty_url: str) -> None:
    """Databases of other names, and those of other roles, are not touched."""
    old = "trueline_scratch_5f000000_0123456789ab"
    others = (
        "trueline_scratch_mine",
        "trueline_scratch_5f000000_0123456789abc",
        "trueline_scratch_5f000000_x123456789ab",
    )
    admin = live.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with admin, role(any_empty_url, "CREATEDB") as url, connection_to(url) as other:
        foreign = "trueline_scratch_5f000000_aaaaaaaaaaaa"
        other.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(f"CREATE DATABASE {foreign}")
        for name in (old, *others):
            admin.exec_driver_sql(f"CREATE DATABASE {name}")
        try:
            with scratch_database(live, ONCE):
                assert databases(any_empty_url) >= {*others, foreign}
                assert old not in databases(any_empty_url)
        finally:
            for name in (*others, foreign):
                admin.exec_driver_sql(f"DROP DATABASE {name}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("how", ["sleep", "query"])
def test_signals(empty_database_url: str, number: signal.Signals, how: str) -> None:
    """Who is told to end drops the database before, in Python as well as inside a query."""
    with owner(empty_database_url, how) as process:
        name = name_from(process)
        assert name in databases(empty_database_url)
        process.send_signal(number)
        assert process.wait(60) != 0
    assert name not in databases(empty_database_url)


def test_handlers_are_given_back(live: Connection) -> None:
    """A handler of the program's own stays, and the usual one is there again afterwards."""
    before = signal.getsignal(signal.SIGTERM)
    seen: list[int] = []
    mine = signal.signal(signal.SIGHUP, lambda number, _: seen.append(number))
    try:
        with scratch_database(live, ONCE):
            assert signal.getsignal(signal.SIGTERM) is not before
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGTERM) is before
        assert seen == [signal.SIGHUP]
    finally:
        signal.signal(signal.SIGHUP, mine)


def test_scratch_target(empty_database_url: str) -> None:
    """Without a live connection it is on the configured server, or on an embedded one where that is chosen."""
    environ = {"DATABASE_URL": empty_database_url}
    with scratch_target(ONCE, environ) as target:
        assert str(target.url.database) in databases(empty_database_url)
    with scratch_target(Settings(embedded=True), {}) as target:
        assert databases(target.url.render_as_string(hide_password=False)) == {target.url.database}
    with pytest.raises(TruelineError, match="no database is configured"), scratch_target(ONCE, {}):
        pass
