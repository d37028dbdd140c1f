"""Why a server does not let us in, asked of the server itself.

Until a connection is up libpq gives no SQLSTATE, only a message, and a server writes its messages in the language
that it was set up in. The same refusals carry their SQLSTATE in the protocol, so this module knocks once more and
reads it there. It names the user, the database and the settings of the address, as every client does first, and never
sends a password: where the server asks for one, it answers that and leaves.
https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-START-UP
"""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

_PROTOCOL_3_0 = 3 << 16
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_TERMINATE = b"X\x00\x00\x00\x04"
#: A server's refusal is a few hundred bytes; what claims to be longer is no PostgreSQL server.
_LONGEST = 30_000


class Answer(Enum):
    """What came of knocking."""

    UNRESOLVED = "its name cannot be resolved"
    REFUSED = "nothing listens there"
    UNREACHABLE = "there is no route to it"
    TIMEOUT = "it does not answer"
    CLOSED = "it closed the connection without a word"
    FORBIDDEN = "the socket may not be opened by this user"
    NO_TLS = "it has no TLS"
    ERROR = "it refused"
    OPEN = "it is up"


@dataclass(frozen=True, slots=True)
class Probe:
    """An answer; with ``ERROR`` goes the server's SQLSTATE, and its words in its own language."""

    answer: Answer
    sqlstate: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """Where to knock and who to say is there.

    Attributes:
        host: a name, an address, or a socket's folder.
        sslmode: as libpq's; certificates are never verified here, so ``verify-ca`` and ``verify-full`` go no
            further than the socket.
        timeout: seconds for each step.
        options: settings of the session, as libpq's ``options``.
    """

    host: str
    port: int
    user: str
    database: str
    sslmode: str = "prefer"
    timeout: float = 10
    options: str = ""

    @property
    def place(self) -> str:
        """How messages call it."""
        if not self.host:
            return f"local socket {self.port}"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_folder(self) -> bool:
        """Whether the host is a Unix socket's folder."""
        return self.host.startswith("/")


def probe(door: Door) -> Probe:
    """Knock at a server's door. Never raises for what a network or a server does."""
    try:
        with _open(door) as connection:
            return _OPEN if door.sslmode.startswith("verify-") else _greet(connection, door)
    except ssl.SSLError:
        return _OPEN
    except (OSError, UnicodeError) as error:
        return Probe(_answer(error))
    except (EOFError, struct.error):
        return Probe(Answer.CLOSED)


_OPEN = Probe(Answer.OPEN)


def _open(door: Door) -> socket.socket:
    if not door.is_folder:
        return socket.create_connection((door.host, door.port), timeout=door.timeout)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(door.timeout)
    try:
        connection.connect(f"{door.host}/.s.PGSQL.{door.port}")
    except OSError:
        connection.close()
        raise
    return connection


def _answer(error: OSError | UnicodeError) -> Answer:
    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Answer], ...] = (
        ((socket.gaierror, UnicodeError), Answer.UNRESOLVED),
        ((ConnectionRefusedError, FileNotFoundError), Answer.REFUSED),
        (TimeoutError, Answer.TIMEOUT),
        (PermissionError, Answer.FORBIDDEN),
        ((ConnectionResetError, ConnectionAbortedError, BrokenPipeError), Answer.CLOSED),
    )
    return next((answer for kind, answer in kinds if isinstance(error, kind)), Answer.UNREACHABLE)


def _greet(connection: socket.socket, door: Door) -> Probe:
    if door.sslmode in {"disable", "allow"} or door.is_folder:
        return _introduce(connection, door)
    connection.sendall(_SSL_REQUEST)
    reply = _exactly(connection, 1)
    if reply == b"S":
        with _unverified().wrap_socket(connection, server_hostname=door.host) as encrypted:
            return _introduce(encrypted, door)
    if reply == b"E":
        return _refusal(_body(connection))
    return Probe(Answer.NO_TLS) if door.sslmode == "require" else _introduce(connection, door)


def _unverified() -> ssl.SSLContext:
    """TLS as libpq's ``require`` does it. No secret passes through it, and what it hears only chooses a message."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["postgresql"])
    return context


def _introduce(connection: socket.socket, door: Door) -> Probe:
    """Say who is there, and listen until the server refuses, asks for proof or lets us in."""
    given = ("options", door.options) if door.options else ()
    pairs = ("user", door.user, "database", door.database, *given)
    body = struct.pack("!i", _PROTOCOL_3_0) + b"".join(part.encode() + b"\0" for part in pairs) + b"\0"
    connection.sendall(struct.pack("!i", len(body) + 4) + body)
    while (kind := _exactly(connection, 1)) != b"Z":
        message = _body(connection)
        if kind == b"E":
            return _refusal(message)
        if kind == b"R" and message[:4] != b"\0\0\0\0":
            return _OPEN
    connection.sendall(_TERMINATE)
    return _OPEN


def _refusal(body: bytes) -> Probe:
    """https://www.postgresql.org/docs/current/protocol-error-fields.html."""
    fields = {part[:1]: part[1:].decode(errors="replace") for part in body.split(b"\0") if part}
    return Probe(Answer.ERROR, fields.get(b"C"), fields.get(b"M", ""))


def _body(connection: socket.socket) -> bytes:
    (length,) = struct.unpack("!i", _exactly(connection, 4))
    if not 4 <= length <= _LONGEST:
        raise EOFError("not a PostgreSQL server")
    return _exactly(connection, length - 4)


def _exactly(connection: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        chunk = connection.recv(count - len(found))
        if not chunk:
            raise EOFError("the server closed the connection")
        found += chunk
    return found


#: Type of `probe`, for those who pass another one in.
Prober = Callable[[Door], Probe]
