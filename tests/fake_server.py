"""A PostgreSQL server that only knows how to refuse, or to pass a client on to a real one."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

#: What a server does with a client whose greeting it has read.
Behaviour = Callable[[socket.socket, bytes], None]

_ASKS_FOR_ENCRYPTION = {80877103, 80877104}  # TLS and GSSAPI
PASSWORD_REQUEST = b"R" + struct.pack("!ii", 8, 3)


@dataclass
class FakeServer:
    """Listens on the loopback; `behaviour` may be changed at any time and holds for the clients that follow."""

    port: int
    behaviour: Behaviour
    tls_reply: bytes = b"N"
    tls: ssl.SSLContext | None = None
    greetings: list[bytes] = field(default_factory=list)

    def url(self, *, user: str = "app", pw: str = "pw", database: str = "shop") -> str:
        """The server's address."""
        return f"postgresql://{user}:{pw}@127.0.0.1:{self.port}/{database}"


@contextmanager
def fake_server(behaviour: Behaviour) -> Iterator[FakeServer]:
    """A server with this behaviour, until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = FakeServer(listener.getsockname()[1], behaviour)
        thread = threading.Thread(target=_serve, args=(listener, server))
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, server: FakeServer) -> None:
    clients: list[threading.Thread] = []
    with suppress(OSError):
        while True:
            client = threading.Thread(target=_attend, args=(listener.accept()[0], server))
            client.start()
            clients.append(client)
    for client in clients:
        client.join()


def _attend(client: socket.socket, server: FakeServer) -> None:
    with ExitStack() as stack, suppress(OSError, struct.error):
        stack.enter_context(client)
        while True:
            greeting = _greeting(client)
            if struct.unpack("!i", greeting[:4])[0] not in _ASKS_FOR_ENCRYPTION:
                break
            client.sendall(server.tls_reply)
            if server.tls:
                client = stack.enter_context(server.tls.wrap_socket(client, server_side=True))
        server.greetings.append(greeting)
        server.behaviour(client, greeting)


def _greeting(client: socket.socket) -> bytes:
    (length,) = struct.unpack("!i", client.recv(4))
    return client.recv(length - 4)


def refuse(sqlstate: str, words: str) -> Behaviour:
    """Refuse before asking for a password."""

    def behave(client: socket.socket, _greeting: bytes) -> None:
        client.sendall(_error(sqlstate, words))

    return behave


def refuse_after_password(sqlstate: str, words: str) -> Behaviour:
    """Ask for a password, read it, refuse."""

    def behave(client: socket.socket, _greeting: bytes) -> None:
        client.sendall(PASSWORD_REQUEST)
        if client.recv(5):
            client.recv(4096)
            client.sendall(_error(sqlstate, words))

    return behave


def hang_up(client: socket.socket, _greeting: bytes) -> None:
    """Close the connection without a word."""


def talk_http(client: socket.socket, _greeting: bytes) -> None:
    """Answer as something else than PostgreSQL."""
    client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def pass_on_to(path: Path) -> Behaviour:
    """Let the client talk to the real server that listens on this socket."""

    def behave(client: socket.socket, greeting: bytes) -> None:
        with socket.socket(socket.AF_UNIX) as real:
            real.connect(str(path))
            real.sendall(struct.pack("!i", len(greeting) + 4) + greeting)
            back = threading.Thread(target=_pump, args=(real, client))
            back.start()
            _pump(client, real)
            back.join()

    return behave


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65536):
            sink.sendall(chunk)
        sink.shutdown(socket.SHUT_WR)


def _error(sqlstate: str, words: str) -> bytes:
    fields = {"S": "FATAL", "V": "FATAL", "C": sqlstate, "M": words}
    body = b"".join(f"{name}{value}".encode() + b"\0" for name, value in fields.items()) + b"\0"
    return b"E" + struct.pack("!i", len(body) + 4) + body
