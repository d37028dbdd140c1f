"""Which user PostgreSQL runs as. It refuses to run as root, so that root needs another account for it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from trueline.errors import TruelineError

NAME = "pgserver"

#: The first that is installed: shadow's (most distributions), BusyBox's (Alpine).
_WAYS = {
    "useradd": ("--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false"),
    "adduser": ("-S", "-D", "-H", "-h", "/nonexistent", "-s", "/bin/false"),
}


@dataclass(frozen=True, slots=True)
class Account:
    """A system user that root starts the server as."""

    name: str
    uid: int
    gid: int

    @property
    def ids(self) -> tuple[int, int]:
        """User and group."""
        return self.uid, self.gid


def account_for(data: Path) -> Account | None:
    """None for an ordinary user, who runs the server itself. For root: the owner of the place, else ``pgserver``.

    Raises:
        TruelineError: the data belongs to another user, or root cannot create the account.
    """
    if os.geteuid() == 0:
        # An ordinary user's project stays that user's; without an entry in /etc/passwd initdb refuses.
        owner = (data if data.exists() else data.parent).stat().st_uid
        return (_by_id(owner) if owner else None) or _pgserver()
    if data.exists() and data.stat().st_uid != os.geteuid():
        raise _foreign(data, data.stat().st_uid)
    return None


def can_enter(folder: Path, account: Account) -> bool:
    """Whether the account may go through every folder of this path, judged by the mode bits."""
    return all(_permits(step, account, stat.S_IXOTH) for step in (folder, *folder.parents))


def can_read(path: Path, account: Account) -> bool:
    """Whether the account may read this file or folder, judged by the mode bits."""
    return path.exists() and _permits(path, account, stat.S_IROTH)


def _permits(path: Path, account: Account, bit: int) -> bool:
    status = path.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & (bit << 6))
    return bool(status.st_mode & (bit << 3 if status.st_gid == account.gid else bit))


def _by_id(uid: int) -> Account | None:
    import pwd

    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _by_name() -> Account | None:
    import pwd

    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _pgserver() -> Account:
    said = ""
    for pause in (0, 0.2, 0.5, 1.0):  # two starts at once: the other one has /etc/passwd locked, or has done it
        time.sleep(pause)
        if account := _by_name():
            return account
        said = _create()
    what = f"PostgreSQL does not run as root, and the system user {NAME!r} for it could not be created: {said}"
    raise TruelineError(what, fix=f"useradd --system {NAME}\nor run this as an ordinary user\nor export DATABASE_URL=…")


def _create() -> str:
    """Try to create the account; what went wrong, where it did."""
    for program, options in _WAYS.items():
        if path := shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"):
            done = subprocess.run([path, *options, NAME], capture_output=True, text=True, check=False)  # noqa: S603
            return done.stderr.strip()
    return "neither useradd nor adduser is installed"


def _foreign(data: Path, owner: int) -> TruelineError:
    account = _by_id(owner)
    name = account.name if account else f"user id {owner}"
    what = f"the embedded PostgreSQL's data belongs to {name}, and you are not {name}: it was first started by root"
    fix = (
        f"sudo chown -R \"$(id -un)\" '{data.parent}'\nor remove it, with everything in it: sudo rm -rf '{data.parent}'"
    )
    return TruelineError(what, where=str(data), fix=fix)


def on_linux() -> bool:
    """Whether ``/proc/self/fd`` and parent-death signals are there."""
    return sys.platform.startswith("linux")
