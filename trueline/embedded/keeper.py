"""The process that ``trueline db start`` leaves behind: one more user, who stays until ``trueline db stop``.

Started by path, with nothing but the standard library, like the supervisor. It owns the lock ``kept``, so that there
is one at a time and its number in that file is true as long as the lock is held.
"""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path


def main() -> None:
    """Share the users' lock until the server ends or somebody ends this process."""
    if os.fork():
        os._exit(0)
    run = Path(sys.argv[1])
    kept, users, alive = (_open(run / name) for name in ("kept", "users", "alive"))
    fcntl.flock(kept, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(users, fcntl.LOCK_SH)
    os.ftruncate(kept, 0)
    os.pwrite(kept, str(os.getpid()).encode(), 0)
    os.write(1, b"kept")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    fcntl.flock(alive, fcntl.LOCK_SH)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


if __name__ == "__main__":
    main()
