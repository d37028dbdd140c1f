"""What the tests of the embedded server share."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

import psycopg

from trueline.embedded import EmbeddedServer


@dataclass(frozen=True)
class User:
    """A process that uses a server until it is told to leave."""

    process: subprocess.Popen[str]

    def joined(self) -> str:
        """Wait until the server is there; empty where this process could not use it."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(60) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(60)


NewUser = Callable[..., User]


def ask(server: EmbeddedServer, query: str = "SELECT 1") -> object:
    """The one value that the query gives, over a connection of its own."""
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def until(condition: Callable[[], object]) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "waited a minute"
        time.sleep(0.01)
