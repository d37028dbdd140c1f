"""Every reason for not being let in: told apart, healed or not, with its way out."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.fake_server import (
    Behaviour,
    FakeServer,
    fake_server,
    hang_up,
    pass_on_to,
    refuse,
    refuse_after_password,
    talk_http,
)
from trueline.connect import ConnectError, Outside, connect
from trueline.embedded import EmbeddedServer, serve
from trueline.refused.causes import CAUSES, UNCLEAR, UNKNOWN
from trueline.refused.probe import Answer, Door, Probe, probe
from trueline.settings import Settings, find_target

ONCE = Settings(connect_retries=0)
DOCUMENT = Path(__file__).parent.parent / "docs" / "connecting.md"
OUTSIDE = Outside(container=lambda: False)


def refusal(url: str) -> ConnectError:
    """The error of one attempt to connect to ``url``."""
    target = find_target(ONCE, {"DATABASE_URL": url})
    assert target is not None
    with pytest.raises(ConnectError) as caught:
        connect(target, ONCE, outside=OUTSIDE)
    return caught.value


def heals(url: str) -> bool:
    """Whether an attempt to connect to ``url`` would be repeated."""
    target = find_target(ONCE, {"DATABASE_URL": url})
    assert target is not None
    waits: list[float] = []
    with pytest.raises(ConnectError):
        connect(target, Settings(connect_retries=1), sleep=waits.append, outside=OUTSIDE)
    return bool(waits)


RULES = """
local all      postgres trust
local trusting all      trust
local rejected all      reject
local all      all      scram-sha-256
"""


def _lets_in(server: EmbeddedServer, user: str) -> bool:
    try:
        psycopg.connect(server.conninfo("postgres"), user=user).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server that asks the role `app` for a password and knows `closed`, `full` and `private`."""
    with serve(tmp_path_factory.mktemp("refusals") / "data", durable=False) as running:
        with psycopg.connect(running.conninfo("postgres"), autocommit=True) as connection:
            for statement in (
                "CREATE ROLE app LOGIN PASSWORD 'right'",
                "CREATE ROLE full_role LOGIN PASSWORD 'right' CONNECTION LIMIT 0",
                "CREATE ROLE sleeper NOLOGIN PASSWORD 'right'",
                "CREATE DATABASE closed ALLOW_CONNECTIONS false",
                "CREATE DATABASE private",
                "REVOKE CONNECT ON DATABASE private FROM public",
            ):
                connection.execute(statement)
            connection.execute("CREATE DATABASE trusting")
            (running.data / "pg_hba.conf").write_text(RULES, encoding="utf-8")
            connection.execute("SELECT pg_reload_conf()")
        while _lets_in(running, "app"):
            pass
        yield running


@pytest.fixture
def real(server: EmbeddedServer) -> Iterator[FakeServer]:
    """The real server, reached through the loopback."""
    with fake_server(pass_on_to(server.socket_dir / f".s.PGSQL.{server.port}")) as running:
        yield running


#: user, password and database on the real server -> what the error says, what its way out holds, does it heal
REAL: dict[str, tuple[dict[str, str], str, str, bool]] = {
    "wrong password": (
        {"pw": "MARKER", "database": "postgres"},
        "the server does not accept the password of user app",
        r"""-U postgres -c '\password "app"'""",
        False,
    ),
    "no password": (
        {"pw": "", "database": "postgres"},
        "the server asks for a password and none is set",
        "set the password in DATABASE_URL",
        False,
    ),
    "unknown role": (  # the server does not tell it from a wrong password, so that nobody can guess names
        {"user": "ghost", "pw": "MARKER", "database": "postgres"},
        "the server does not accept the password of user ghost",
        r"""-c '\password "ghost"'""",
        False,
    ),
    "role without login": (
        {"user": "sleeper", "pw": "right", "database": "postgres"},
        "there is no role sleeper, or it may not log in",
        "createuser -h 127.0.0.1",
        False,
    ),
    "unknown database": (
        {"pw": "right", "database": "my shop"},
        "there is no database my shop on that server",
        "-U app 'my shop'",
        False,
    ),
    "closed database": (
        {"pw": "right", "database": "closed"},
        "database closed takes no connections",
        "template0",
        False,
    ),
    "private database": (
        {"pw": "right", "database": "private"},
        "user app may not connect to database private",
        """psql -h 127.0.0.1 -p {port} -U postgres -c 'GRANT CONNECT ON DATABASE "private" TO "app"'""",
        False,
    ),
    "not in pg_hba.conf": (
        {"pw": "right", "database": "rejected"},
        "the server admits no such connection (pg_hba.conf)",
        "SELECT pg_reload_conf()",
        False,
    ),
    "connection limit": (
        {"user": "full_role", "pw": "right", "database": "postgres"},
        "the server has no connection left",
        "pg_stat_activity",
        True,
    ),
    "option of the server": (
        {"pw": "right", "database": "postgres?options=-c%20nonsense"},
        "the server refused",
        "server's log",
        False,
    ),
}


@pytest.mark.parametrize("case", REAL)
def test_real_server(case: str, real: FakeServer) -> None:
    """What a real server refuses is named, with its way out, and repeated only if it may heal."""
    address, says, way, may_heal = REAL[case]
    error = refusal(real.url(**address))
    assert says in error.what
    assert way.format(port=real.port) in (error.fix or "")
    assert "MARKER" not in str(error)
    assert heals(real.url(**address)) is may_heal


def test_unknown_role_where_no_password_is_asked(server: EmbeddedServer) -> None:
    """A role that is not there is named as such where the server says so."""
    error = refusal(f"postgresql://ghost@/trusting?host={server.socket_dir}&port={server.port}")
    assert "there is no role ghost, or it may not log in" in error.what
    assert f"createuser -h {server.socket_dir} -p {server.port}" in (error.fix or "")


#: What stands after ``options=``, and a part of the server's words about it.
SETTINGS = {
    '-csearch_path="My App"': "search_path",
    "-cstatement_timeout=bogus": "statement_timeout",
    "-cno_such=1": "no_such",
    "-cwork_mem=1": "work_mem",
    "-cTimeZone=Mars/Phobos": "TimeZone",
    "-crole=nobody": "nobody",
    "-cwal_level=x": "wal_level",
    "-cshared_buffers=1": "shared_buffers",
    "-csession_preload_libraries=nothing": "",
    "-z": "-z",
}


@pytest.mark.parametrize("address", ["postgres@/trusting", "app:right@/postgres"])
@pytest.mark.parametrize("options", SETTINGS)
def test_a_setting_that_the_server_refuses_is_final(options: str, address: str, server: EmbeddedServer) -> None:
    """Waiting cannot make it right, whether a password is asked for or not; the server's words name it."""
    url = f"postgresql://{address}?host={server.socket_dir}&port={server.port}&options={quote(options)}"
    error = refusal(url)
    if options != "-crole=nobody":
        assert "the server does not accept a setting of the address" in error.what
    assert SETTINGS[options] in error.what
    assert not heals(url)


#: SQLSTATE and words -> the cause; the words in another language show that only the code was needed.
CODES = {
    ("57P03", "the database system is starting up"): "starting-up",
    ("57P03", "das Datenbanksystem startet"): "starting-up",
    ("57P03", "das Datenbanksystem fährt herunter"): "starting-up",
    ("57P01", "Verbindung wird abgebrochen aufgrund von Anweisung des Administrators"): "starting-up",
    ("53300", "sorry, too many clients already"): "too-many",
    ("53300", "tut mir leid, schon zu viele Verbindungen"): "too-many",
    ("53400", "Konfigurationsgrenze überschritten"): "too-many",
    ("08006", "server login has been failing, try again later"): "closed",
    ("08P01", "no more connections allowed (max_client_conn)"): "too-many",
    ("08P01", "no such database: shop"): "unknown-database",
    ("08P01", "no such user"): "unknown-role",
    ("28000", 'no pg_hba.conf entry for host "10.0.0.1", user "app", database "shop", no encryption'): "not-admitted",
    ("28000", "kein pg_hba.conf-Eintrag für Host »10.0.0.1«"): "not-admitted",
    ("28000", 'role "app" does not exist'): "unknown-role",
    ("28000", "Rolle »app« existiert nicht"): "not-admitted",
    ("28P01", "Passwort-Authentifizierung für Benutzer »app« fehlgeschlagen"): "wrong-password",
    ("3D000", "Datenbank »shop« existiert nicht"): "unknown-database",
    ("42501", "keine Berechtigung für Datenbank shop"): "no-permission",
    ("22023", "ungültiger Wert für Parameter »search_path«"): "setting",
    ("55P02", "Parameter »wal_level« kann nicht geändert werden"): "setting",
    ("55000", "Datenbank »shop« akzeptiert gegenwärtig keine Verbindungen"): "closed-database",
    ("XX000", "Tenant or user not found"): "unknown",
    ("0A000", "nicht unterstütztes Frontend-Protokoll"): "unknown",
}
_CAUSE = {cause.name: cause for cause in (*CAUSES, UNKNOWN, UNCLEAR)}


@pytest.mark.parametrize(("sqlstate", "words"), CODES)
def test_refusal_before_a_password(sqlstate: str, words: str) -> None:
    """A refusal is told by its SQLSTATE, which libpq keeps to itself, in whatever language the server speaks."""
    cause = _CAUSE[CODES[sqlstate, words]]
    with fake_server(refuse(sqlstate, words)) as server:
        error = refusal(server.url())
        assert cause.says.format(user="app", database="shop") in error.what
        assert heals(server.url()) is cause.heals


#: What a server says after it has read the password -> the cause; only English words are known here.
AFTER = {
    ("28P01", 'password authentication failed for user "app"'): "wrong-password",
    ("3D000", 'database "starting up" does not exist'): "unknown-database",
    ("53300", 'too many connections for role "app"'): "too-many",
    ("53300", 'too many connections for database "shop"'): "too-many",
    ("53300", "remaining connection slots are reserved for roles with the SUPERUSER attribute"): "too-many",
    ("42501", 'permission denied for database "shop"'): "no-permission",
    ("22023", 'invalid value for parameter "search_path": "My App"'): "setting",
    ("42501", 'permission denied to set parameter "log_statement"'): "setting",
    ("28P01", "Passwort-Authentifizierung für Benutzer »app« fehlgeschlagen"): "unknown",
    ("3D000", "Datenbank »shop« existiert nicht"): "unknown",
}


@pytest.mark.parametrize(("sqlstate", "words"), AFTER)
def test_refusal_after_a_password(sqlstate: str, words: str) -> None:
    """Once a password was sent, what is not understood is final and shown in the server's words."""
    cause = _CAUSE[AFTER[sqlstate, words]]
    with fake_server(refuse_after_password(sqlstate, words)) as server:
        error = refusal(server.url())
        assert cause.says.format(user="app", database="shop") in error.what
        assert cause is not UNKNOWN or words in error.what
        assert heals(server.url()) is cause.heals


@pytest.mark.parametrize(("behaviour", "name"), [(hang_up, "closed"), (talk_http, "closed")])
def test_no_postgresql_server(behaviour: Behaviour, name: str) -> None:
    """What hangs up or talks another protocol is reported as such, and may be a server on its way."""
    with fake_server(behaviour) as server:
        assert _CAUSE[name].says in refusal(server.url()).what
        assert heals(server.url())


def test_tls_that_the_server_lacks() -> None:
    """A server without TLS, where TLS is required, is final, and never sees the password."""
    with fake_server(hang_up) as server:
        error = refusal(f"{server.url()}?sslmode=require")
        assert "TLS is asked for and the server has none" in error.what
        assert "ssl = on" in (error.fix or "")
        assert not heals(f"{server.url()}?sslmode=require")
        assert server.greetings == []


#: an option that libpq refuses -> its words, which the error repeats
OPTIONS = {
    "sslmode=perhaps": 'invalid sslmode value: "perhaps"',
    "connect_timeout=soon": "bad value for connect_timeout: 'soon'",
    "keepalives_idle=soon": 'invalid integer value "soon"',
    "target_session_attrs=best": 'invalid target_session_attrs value: "best"',
    "service=nowhere": 'definition of service "nowhere" not found',
}


@pytest.mark.parametrize("query", OPTIONS)
def test_option_that_libpq_refuses(query: str) -> None:
    """A value that libpq does not take is final, and named in libpq's words."""
    with fake_server(refuse("57P03", "the database system is starting up")) as server:
        error = refusal(f"{server.url()}?{query}")
        assert "libpq does not accept an option of the address" in error.what
        assert OPTIONS[query] in error.what
        assert "trueline settings" in (error.fix or "")
        assert not heals(f"{server.url()}?{query}")


@pytest.mark.parametrize("query", ["require_auth=scram-sha-256", "channel_binding=require"])
def test_demand_that_the_server_does_not_meet(query: str) -> None:
    """A way of logging in that the address demands and the server does not offer is final, and named."""
    with fake_server(refuse_after_password("28P01", "never sent")) as server:
        error = refusal(f"{server.url()}?{query}")
        assert "does not meet what the address demands" in error.what
        assert "require" in error.what
        assert not heals(f"{server.url()}?{query}")


def test_root_certificate_that_is_missing(tmp_path: Path) -> None:
    """A certificate file that is not there is final, and named."""
    with fake_server(hang_up) as server:
        server.tls_reply = b"S"
        url = f"{server.url()}?sslmode=verify-full&sslrootcert={tmp_path}/ca.pem"
        error = refusal(url)
        assert "TLS cannot be agreed on" in error.what
        assert "ca.pem" in error.what
        assert not heals(url)


def test_socket_of_no_server(tmp_path: Path) -> None:
    """A socket that is not there is a server that has not started."""
    error = refusal(f"postgresql:///shop?host={tmp_path}")
    assert f"{tmp_path}:5432: nothing listens there" in error.what
    assert heals(f"postgresql:///shop?host={tmp_path}")


# ------------------------------------------------------------------------------------------ the knock


def door(server: FakeServer, **changes: object) -> Door:
    """The fake server's door."""
    return Door(**{"host": "127.0.0.1", "port": server.port, "user": "app", "database": "shop", **changes})  # type: ignore[arg-type]  # the values are of several types


def test_knock_reads_the_code() -> None:
    """The server's code and words arrive as they were sent."""
    with fake_server(refuse("57P03", "das Datenbanksystem startet")) as server:
        assert probe(door(server)) == Probe(Answer.ERROR, "57P03", "das Datenbanksystem startet")


def test_knock_leaves_when_asked_for_a_password() -> None:
    """The knock never gets as far as a password."""
    heard: list[bytes] = []

    def ask(client: socket.socket, _greeting: bytes) -> None:
        client.sendall(b"R\0\0\0\x08\0\0\0\x03")
        heard.append(client.recv(100))

    with fake_server(ask) as server:
        assert probe(door(server)) == Probe(Answer.OPEN)
    assert heard == [b""]
    assert server.greetings == [b"\0\x03\0\0user\0app\0database\0shop\0\0"]


def test_knock_at_an_open_door(server: EmbeddedServer) -> None:
    """A server that lets everyone in is greeted and left politely."""
    assert probe(Door(str(server.socket_dir), server.port, server.user, "postgres")) == Probe(Answer.OPEN)


def test_knock_at_an_open_door_of_an_unknown_database(server: EmbeddedServer) -> None:
    """Where no password is asked for, what comes after it is heard too."""
    found = probe(Door(str(server.socket_dir), server.port, server.user, "nowhere"))
    assert (found.answer, found.sqlstate) == (Answer.ERROR, "3D000")


def test_knock_without_an_answer() -> None:
    """A listener that says nothing is a timeout."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
        assert probe(Door("127.0.0.1", port, "app", "shop", timeout=0.05)) == Probe(Answer.TIMEOUT)


def test_knock_at_a_name_that_cannot_be() -> None:
    """A name that the resolver cannot even ask for is unresolved."""
    assert probe(Door("x" * 64, 5432, "app", "shop")) == Probe(Answer.UNRESOLVED)


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), Answer.UNRESOLVED),
        (PermissionError(13, "Permission denied"), Answer.FORBIDDEN),
        (OSError(113, "No route to host"), Answer.UNREACHABLE),
        (ConnectionResetError(104, "Connection reset by peer"), Answer.CLOSED),
    ],
)
def test_knock_on_a_broken_network(error: OSError, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the operating system reports is sorted by its kind."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(socket, "create_connection", fail)
    assert probe(Door("db", 5432, "app", "shop")) == Probe(answer)


def test_knock_does_not_speak_where_certificates_are_verified() -> None:
    """With verify-full the knock goes no further than the socket: it would not know whom it talks to."""
    with fake_server(refuse("57P03", "starting up")) as server:
        assert probe(door(server, sslmode="verify-full")) == Probe(Answer.OPEN)
    assert server.greetings == []


@pytest.mark.parametrize("sslmode", ["disable", "allow", "prefer"])
def test_knock_without_tls(sslmode: str) -> None:
    """Where TLS is no must, a server without it is heard."""
    with fake_server(refuse("57P03", "starting up")) as server:
        assert probe(door(server, sslmode=sslmode)).sqlstate == "57P03"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
@pytest.mark.parametrize("sslmode", ["prefer", "require"])
def test_knock_through_tls(sslmode: str, tmp_path: Path) -> None:
    """A server with TLS, and a certificate that nobody has signed, is heard as libpq's require hears it."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=db"]
    subprocess.run([*request, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with fake_server(refuse("57P03", "starting up")) as server:
        server.tls_reply, server.tls = b"S", context
        assert probe(door(server, sslmode=sslmode)) == Probe(Answer.ERROR, "57P03", "starting up")
        assert "starting up" in refusal(f"{server.url()}?sslmode={sslmode}").what
