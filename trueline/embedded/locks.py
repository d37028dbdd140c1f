"""Locks that the kernel gives back when their holder ends, however it ends.

`flock(2)` belongs to an open file: ``kill -9`` releases it, a process id that is used again does not hold it, and
there is nothing to clean up. A lock file is never deleted, since a deleted one would be locked beside its successor.
"""

from __future__ import annotations

import errno
import os
import weakref
from pathlib import Path
from types import TracebackType

from trueline.errors import TruelineError

try:
    import fcntl
except ImportError as _error:  # Windows; serve() says so before any lock is taken
    if os.name == "posix":
        raise TruelineError("this Python has no fcntl module") from _error

_open: weakref.WeakSet[Lock] = weakref.WeakSet()
_BUSY = {errno.EWOULDBLOCK, errno.EACCES}


class Lock:
    """One open lock file. Not inherited by programs that are started, and closed in forked children."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        # O_RDWR, because NFS grants an exclusive lock only to a file that is open for writing.
        flags = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | (os.O_CREAT if create else 0)
        self._fd = os.open(path, flags, 0o600)
        self.path = path
        _open.add(self)
        hand_over(path)

    def share(self) -> None:
        """Wait for a shared lock."""
        self._take(fcntl.LOCK_SH)

    def own(self) -> None:
        """Wait for the exclusive lock."""
        self._take(fcntl.LOCK_EX)

    def try_share(self) -> bool:
        """Whether a shared lock was to be had at once."""
        return self._take(fcntl.LOCK_SH | fcntl.LOCK_NB)

    def try_own(self) -> bool:
        """Whether the exclusive lock was to be had at once."""
        return self._take(fcntl.LOCK_EX | fcntl.LOCK_NB)

    def close(self) -> None:
        """Give the lock back. In a forked child the parent keeps it: it is the same open file."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def is_mine(self) -> bool:
        """False in a forked child, where it was closed."""
        return self._fd >= 0

    def _take(self, how: int) -> bool:
        try:
            fcntl.flock(self._fd, how)
        except OSError as error:
            if error.errno in _BUSY and how & fcntl.LOCK_NB:
                return False
            raise _unlockable(self.path, error) from None
        return True

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def hand_over(path: Path) -> None:
    """Root working in somebody's project leaves nothing there that its owner cannot use."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        if owner.st_uid and path.lstat().st_uid != owner.st_uid:
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def is_held(path: Path) -> bool:
    """Whether someone holds the exclusive lock of this file."""
    try:
        with Lock(path, create=False) as lock:
            return not lock.try_share()
    except FileNotFoundError:
        return False


def _unlockable(path: Path, error: OSError) -> TruelineError:
    what = f"the embedded PostgreSQL needs file locks, which this file system does not give: {error.strerror}"
    return TruelineError(what, where=str(path), fix="keep the project on a local disk, or export DATABASE_URL=…")


def _close_all() -> None:
    for lock in list(_open):
        lock.close()


if hasattr(os, "register_at_fork"):
    # A child that outlives its parent must not keep the parent's server.
    os.register_at_fork(after_in_child=_close_all)
