"""Servers for what is to be forgotten: tests, rehearsals, databases to read from once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trueline.embedded.server import EmbeddedServer, serve

_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made in it has a random name and mode 0700
#: Bytes that must be free there: Docker gives a container 64 MiB, a machine has half of its memory.
_ROOM = 1 << 30


@contextmanager
def scratch_server(version: int = 18, *, binaries: Path | None = None) -> Iterator[EmbeddedServer]:
    """A new, empty, fast server whose data goes with it, even when its user is killed.

    Raises:
        TruelineError: it cannot be started; see `serve`.
    """
    folder = Path(tempfile.mkdtemp(prefix="trueline-scratch-", dir=scratch_base()))
    try:
        with serve(folder / "data", version=version, durable=False, binaries=binaries, delete=folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def scratch_base() -> Path:
    """Memory where there is plenty: a database is a thousand small files, and to copy them takes a disk its time."""
    try:
        status = os.statvfs(_MEMORY)
        if os.access(_MEMORY, os.W_OK | os.X_OK) and status.f_bavail * status.f_frsize >= _ROOM:
            return _MEMORY
    except OSError:
        pass
    return Path(tempfile.gettempdir())
