"""Everything that belongs to one data directory, and where it lies."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trueline.embedded.account import Account, can_enter
from trueline.embedded.locks import hand_over
from trueline.errors import TruelineError

PORT = 5432

#: Bytes of a socket's path that every system takes: Linux has 108, macOS 104, both with the closing zero.
_SOCKET_PATH = 103
#: What libpq (comma), PostgreSQL's settings (quotes) and shells take without quoting.
_PLAIN = re.compile(r"[\w/.+-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """A data directory and, beside it, the folder of its locks and its log.

    Attributes:
        data: absolute, symbolic links resolved, so that every spelling finds the same locks.
    """

    data: Path

    @property
    def run(self) -> Path:
        """Folder of the locks, the log and the running server's description."""
        return self.data.with_name(f"{self.data.name}.run")

    @property
    def users(self) -> Path:
        """Lock that every user shares."""
        return self.run / "users"

    @property
    def start(self) -> Path:
        """Lock that serializes starting and leaving."""
        return self.run / "start"

    @property
    def alive(self) -> Path:
        """Lock that the supervisor owns as long as it lives."""
        return self.run / "alive"

    @property
    def kept(self) -> Path:
        """Lock of the process that keeps the server for ``trueline db start``."""
        return self.run / "kept"

    @property
    def log(self) -> Path:
        """Words of the server and of initdb, since the last start; ``server.log.1`` has the start before."""
        return self.run / "server.log"

    @property
    def info(self) -> Path:
        """Description of the running server, written by its supervisor when it is ready."""
        return self.run / "server.json"

    def read_info(self) -> dict[str, Any] | None:
        """The running server's description, or None where there is none."""
        try:
            words = json.loads(self.info.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return words if isinstance(words, dict) else None

    def version(self) -> int | None:
        """Major version of what made the data."""
        try:
            return int((self.data / "PG_VERSION").read_text().strip())
        except FileNotFoundError:
            return None


def place_of(data: Path) -> Place:
    """The place for a data directory, with its folder for locks made.

    Raises:
        TruelineError: the folder cannot be made.
    """
    place = Place(data.expanduser().resolve())
    try:
        if not place.run.exists():
            place.run.mkdir(mode=0o700, parents=True, exist_ok=True)
            hand_over(place.run)
    except OSError as error:
        raise unwritable(place.run, error) from None
    return place


def unwritable(path: Path, error: OSError) -> TruelineError:
    """The error for a folder that the server's files cannot be put into."""
    what = f"the embedded PostgreSQL cannot keep its files here: {error.strerror or error}"
    ways = {
        errno.EACCES: f"sudo chown -R \"$(id -un)\" '{path.parent}'",
        errno.ENOSPC: f"make room: df -h '{path.parent}'",
    }
    way = ways.get(error.errno or 0, "move the project to a folder that can be written to")
    fix = f"{way}\nor use another server: export DATABASE_URL=…"
    return TruelineError(what, where=str(path), fix=fix)


def make_socket_dir(place: Place, account: Account | None) -> Path:
    """An empty folder with a short path that only the server's user (and root) may enter.

    The name follows from the data's path, so that it is the same after a restart. Where somebody else has taken
    that name, another one is used.

    Raises:
        TruelineError: no temporary folder with a short enough path is to be had.
    """
    identity = f"{place.data}\0{place.run.stat().st_ino}"
    name = "trueline-" + hashlib.sha256(identity.encode(errors="surrogateescape")).hexdigest()[:12]
    for base in _bases(account):
        for folder in (base / name, base / f"{name}-{secrets.token_hex(3)}"):
            if len(os.fsencode(f"{folder}/.s.PGSQL.{PORT}")) <= _SOCKET_PATH and _take(folder, account):
                return folder
    fix = "export TMPDIR=/tmp   # or another folder with a short path that everybody may enter"
    raise TruelineError("there is no folder for the embedded PostgreSQL's socket", where=tempfile.gettempdir(), fix=fix)


def _bases(account: Account | None) -> Iterator[Path]:
    """Not XDG_RUNTIME_DIR first: it vanishes at logout, under a server that was told to stay."""
    for word in (tempfile.gettempdir(), "/tmp", os.environ.get("XDG_RUNTIME_DIR", ""), "/var/tmp"):  # noqa: S108
        base = Path(word)
        if word and _PLAIN.fullmatch(word) and base.is_dir() and (account is None or can_enter(base, account)):
            yield base


def _take(folder: Path, account: Account | None) -> bool:
    """Make the folder ours and empty; False where it belongs to somebody else."""
    owner = account.uid if account else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, *account.ids)
    except FileExistsError:
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner:
            return False
        folder.chmod(0o700)
        for left in folder.iterdir():
            left.unlink()
    except OSError:
        return False
    return True
