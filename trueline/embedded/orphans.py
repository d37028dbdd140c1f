"""What is left of a server whose supervisor was killed, and of a machine that went down."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from trueline.embedded.place import Place
from trueline.errors import TruelineError

if TYPE_CHECKING:
    import psutil


def clear(place: Place) -> None:
    """Make the data free to be served. Only called with the locks that say that no supervisor is there.

    A postmaster file can name a process that is no PostgreSQL at all: after a crash, and above all in a container
    that was started again, numbers are used again. PostgreSQL would refuse to start beside it.

    Raises:
        TruelineError: a process still works on the data and does not end.
    """
    pid = _recorded(place)
    if pid is None:
        return
    _end(_at_work(place), place)
    if _exists(pid):
        # Gone with the server that stopped, or a number that is used again. Where the number is free the file
        # stays: PostgreSQL then checks the old server's shared memory too, and removes it itself.
        (place.data / "postmaster.pid").unlink(missing_ok=True)


def _recorded(place: Place) -> int | None:
    try:
        return int((place.data / "postmaster.pid").read_text(errors="replace").splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _at_work(place: Place) -> list[psutil.Process]:
    """PostgreSQL processes whose working directory is the data; the postmaster, which has no such parent, first."""
    import psutil

    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error, OSError):
            if (process.info["name"] or "").startswith("postgres") and place.data.samefile(process.cwd()):
                found.append(process)
    pids = {process.pid for process in found}
    return sorted(found, key=lambda process: _parent(process) in pids)


def _parent(process: psutil.Process) -> int:
    import psutil

    try:
        return process.ppid()
    except psutil.Error:
        return 0


def _end(processes: list[psutil.Process], place: Place) -> None:
    """Ask the postmaster for a fast shutdown, then for an immediate one; the others follow it."""
    import psutil

    for number, seconds in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0)):
        for process in processes[:1]:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)
        _, processes = psutil.wait_procs(processes, timeout=seconds)
        if not processes:
            return
    names = ", ".join(f"{process.pid}" for process in processes)
    what = "an earlier embedded PostgreSQL still works on this data and does not stop"
    raise TruelineError(what, where=f"{place.data} (process {names})", fix=f"kill {names}")
