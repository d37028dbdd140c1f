"""The process that PostgreSQL runs under: it stops the server when the last user is gone, and then ends.

Started by path, with nothing but the standard library, so that it is up in a few milliseconds and does not depend on
the project it serves. Its order comes as JSON on standard input, its answer goes as one line of JSON to standard
output, everything else to the log, which is standard error.

Three locks tell everybody who is there (see docs/embedded.md): each user shares ``users``, the supervisor owns
``alive`` as long as it lives, and it owns ``users`` only when nobody is left, until the server has stopped.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

Order = dict[str, Any]

#: How to stop, and how many seconds to wait for it: fast, immediate, at once.
#: https://www.postgresql.org/docs/current/server-shutdown.html
_STOPS = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 15.0), (signal.SIGKILL, 15.0))
_PR_SET_PDEATHSIG = 1
_POLL = 0.01


class StepError(Exception):
    """A step that did not work; its words are in the log."""

    def __init__(self, step: str, code: int) -> None:
        super().__init__(f"{step} ended with {code}")
        self.answer = {"failed": step, "code": code}


def main() -> None:
    """Serve one order, detached from whoever gave it."""
    order: Order = json.load(sys.stdin)
    if os.fork():
        os._exit(0)  # so that the supervisor is nobody's child and leaves no zombie
    woken = _wake_on_signals()
    run = Path(order["run"])
    alive, users = _open(run / "alive"), _open(run / "users")
    fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
    info = run / "server.json"
    info.unlink(missing_ok=True)
    try:
        server = _start(order)
    except StepError as failure:
        _answer(failure.answer)  # who gave the order reads the log and removes what is left
        shutil.rmtree(order["info"]["socket_dir"], ignore_errors=True)
        return
    _write(info, {**order["info"], "pid": server.pid, "supervisor": os.getpid(), "started": time.time()}, order)
    _answer({"ready": server.pid})
    _wait(server, users, woken)
    info.unlink(missing_ok=True)  # first, so that nobody joins what is going
    _stop(server)
    _remove(order)
    os.close(alive)  # before `users`: who waits for that one must find this one free
    os._exit(0)  # not through the interpreter's end: the thread may still wait for the lock


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _answer(words: dict[str, Any]) -> None:
    """Tell the one who waits. It may be gone; then the missing user stops the server."""
    with suppress(BrokenPipeError):
        os.write(1, json.dumps(words).encode() + b"\n")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)


def _write(path: Path, words: dict[str, Any], order: Order) -> None:
    """All or nothing: who reads it never sees a half."""
    new = path.with_name(path.name + ".new")
    new.write_text(json.dumps(words), encoding="utf-8")
    if order["keeper"]:
        os.chown(new, *order["keeper"])
    new.replace(path)


def _remove(order: Order) -> None:
    for folder in (order["info"]["socket_dir"], order["delete"]):
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


# ------------------------------------------------------------------------------------------------- starting


def _start(order: Order) -> subprocess.Popen[bytes]:
    data = Path(order["data"])
    if not (data / "PG_VERSION").exists():
        _create(data, order)
    with _Directory(data, order) as directory:
        server = directory.run("postgres", order["options"], dying_by=signal.SIGINT)
    while not _is_ready(data, server.pid):
        if server.poll() is not None:
            raise StepError("postgres", server.returncode)
        time.sleep(_POLL)
    return server


def _create(data: Path, order: Order) -> None:
    """Run initdb beside the data and move the result into place: what is in place is always whole."""
    for left in data.parent.glob(f"{_escaped(data.name)}.new-*"):
        shutil.rmtree(left, ignore_errors=True)
    new = data.with_name(f"{data.name}.new-{os.getpid()}")
    new.mkdir(mode=0o700)
    if order["account"]:
        os.chown(new, *order["account"])
    for options in order["initdb"]:
        with _Directory(new, order) as directory:
            code = directory.run("initdb", options, dying_by=signal.SIGTERM).wait()
        if code == 0:
            new.replace(data)
            return
    shutil.rmtree(new, ignore_errors=True)
    raise StepError("initdb", code)


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def _is_ready(data: Path, pid: int) -> bool:
    """The postmaster writes its state into line 8 of its file, as pg_ctl reads it."""
    try:
        lines = (data / "postmaster.pid").read_text(errors="replace").splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


class _Directory:
    """A data directory as the server's account can name it.

    Below a folder that the account may not enter (root's home, a private temporary folder) no path leads there. An
    open directory does, so the account gets one, and ``/proc/self/fd/N`` for a name. No permission is widened.
    """

    def __init__(self, path: Path, order: Order) -> None:
        self.order = order
        self.fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self.name = f"/proc/self/fd/{self.fd}" if order["hidden"] else str(path)

    def __enter__(self) -> _Directory:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.fd)

    def run(self, program: str, options: list[str], *, dying_by: int) -> subprocess.Popen[bytes]:
        uid, gid = self.order["account"] or (None, None)
        return subprocess.Popen(  # noqa: S603 - the program is PostgreSQL's, the options are ours
            [f"{self.order['binaries']}/{program}", "-D", self.name, *options],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=2,
            stderr=2,
            pass_fds=(self.fd,) if self.order["hidden"] else (),
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
            umask=0o077,
            preexec_fn=_die_with_parent(dying_by),  # noqa: PLW1509 - this process has one thread
        )


def _die_with_parent(by: int) -> Callable[[], None] | None:
    """Linux sends the signal when this process ends, even by kill -9. Elsewhere the next start ends the orphan."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def ask() -> None:
        # Called after the change of user, which would clear it.
        prctl(_PR_SET_PDEATHSIG, by, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask


# -------------------------------------------------------------------------------------- waiting and stopping


def _wake_on_signals() -> int:
    """A pipe that becomes readable when a child ends or someone asks this process to end."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    return woken


def _wait(server: subprocess.Popen[bytes], users: int, woken: int) -> None:
    """Return when the last user is gone, the server ended by itself, or a signal says to stop."""
    free, freed = os.pipe()

    def watch() -> None:
        fcntl.flock(users, fcntl.LOCK_EX)
        os.write(freed, b"!")

    threading.Thread(target=watch, daemon=True).start()
    while server.poll() is None:
        ready, _, _ = select.select([free, woken], [], [])
        if free in ready or set(os.read(woken, 512)) - {signal.SIGCHLD}:
            return


def _stop(server: subprocess.Popen[bytes]) -> None:
    for number, seconds in _STOPS:
        if server.poll() is not None:
            return
        server.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            server.wait(seconds)


if __name__ == "__main__":
    main()
