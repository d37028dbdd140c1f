"""Who uses a data directory's server, and keeping it without a user."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from trueline.embedded.locks import is_held
from trueline.embedded.place import Place
from trueline.embedded.server import see_off
from trueline.errors import TruelineError

_KEEPER = Path(__file__).with_name("keeper.py")


@dataclass(frozen=True, slots=True)
class User:
    """A process that uses the server; ``command`` is empty where it cannot be seen."""

    pid: int
    command: str

    def __str__(self) -> str:
        return f"process {self.pid} ({self.command})" if self.command else f"process {self.pid}"


@dataclass(frozen=True, slots=True)
class Status:
    """What is to be said about a data directory's server.

    Attributes:
        running: whether it takes connections.
        version: major version of the server, or of the data where none runs; None where there is no data.
        kept: whether it stays without users, after ``trueline db start``.
        users: the processes that use it, as far as they can be seen (Linux), without the one that keeps it.
        uptime: seconds since it took connections.
        size: bytes of the data directory.
    """

    running: bool
    version: int | None
    data: Path
    socket_dir: Path | None
    kept: bool
    users: tuple[User, ...]
    uptime: float | None
    size: int


def status(data: Path) -> Status:
    """Look at a server without starting it and without touching its data."""
    place = Place(data.expanduser().resolve())
    try:
        info = place.read_info() if is_held(place.alive) else None
        return Status(
            running=info is not None,
            version=info["version"] if info else place.version(),
            data=place.data,
            socket_dir=Path(info["socket_dir"]) if info else None,
            kept=is_held(place.kept),
            users=_users(place) if info else (),
            uptime=time.time() - info["started"] if info else None,
            size=_size(place.data),
        )
    except PermissionError as error:
        what = "the embedded PostgreSQL's files belong to another user"
        raise TruelineError(what, where=str(error.filename), fix="sudo trueline db status") from None


def keep(data: Path) -> None:
    """Keep the server that the caller uses, until `release`. Does nothing where it is kept already.

    Raises:
        TruelineError: the process that is to keep it did not start.
    """
    place = Place(data.expanduser().resolve())
    if is_held(place.kept):
        return
    with place.log.open("ab") as log:
        done = subprocess.run(  # noqa: S603 - our own program, with our own interpreter
            [sys.executable, "-I", "-S", str(_KEEPER), str(place.run)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd="/",
            start_new_session=True,
            check=False,
        )
    if done.stdout != b"kept" and not is_held(place.kept):
        raise TruelineError("the embedded PostgreSQL cannot be kept: its keeper ended at once", where=str(place.log))


def release(data: Path) -> bool:
    """End the keeper; False where there was none. Returns when the server has stopped, or others still use it.

    Raises:
        TruelineError: the keeper is there, but out of reach, such as in another container.
    """
    import psutil

    place = Place(data.expanduser().resolve())
    if not is_held(place.kept):
        return False
    number = place.kept.read_text(encoding="ascii", errors="replace").strip()
    with suppress(psutil.Error, ValueError):
        # The lock is asked once more after the process was looked up: while it is held, the number is its holder's.
        process = psutil.Process(int(number))
        if str(_KEEPER) in process.cmdline() and is_held(place.kept):
            process.terminate()
            process.wait(10)
    if is_held(place.kept):
        fix = "run trueline db stop there, or as its user"
        what = f"the process {number} that keeps the server is in another container, or belongs to another user"
        raise TruelineError(what, where=str(place.run), fix=fix)
    see_off(place)
    return True


def _users(place: Place) -> tuple[User, ...]:
    keeper = place.kept.read_text(encoding="ascii", errors="replace").strip() if is_held(place.kept) else ""
    pids = _holders(place.users) - {os.getpid()}
    return tuple(User(pid, _command(pid)) for pid in sorted(pids) if str(pid) != keeper)


def _holders(path: Path) -> set[int]:
    """Who shares the lock, from ``/proc/locks``: ``1: FLOCK ADVISORY READ <pid> <major>:<minor>:<inode> 0 EOF``."""
    try:
        lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    except OSError:
        return set()
    inode = str(path.stat().st_ino)
    rows = [line.split() for line in lines]
    # A device number means nothing on overlay file systems, so the process must have the file open too.
    found = {int(row[4]) for row in rows if row[1:4] == ["FLOCK", "ADVISORY", "READ"] and row[5].split(":")[2] == inode}
    return {pid for pid in found if _has_open(pid, path)}


def _has_open(pid: int, path: Path) -> bool:
    try:
        return any(fd.exists() and fd.samefile(path) for fd in Path(f"/proc/{pid}/fd").iterdir())
    except PermissionError:
        return True  # another user's process: only the lock tells
    except OSError:
        return False


def _command(pid: int) -> str:
    import psutil

    try:
        return " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        return ""


def _size(folder: Path) -> int:
    total = 0
    for root, _, files in os.walk(folder):
        for name in files:
            with suppress(OSError):
                total += Path(root, name).lstat().st_size
    return total
