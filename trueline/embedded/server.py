"""Start or join the server of a data directory, and leave it.

Who is there is a matter of kernel locks alone (`trueline.embedded.locks`); who starts and stops PostgreSQL is a
process of its own (`trueline.embedded.supervisor`), so that it does not matter how its users end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import IO, TYPE_CHECKING, Any

from trueline.embedded import orphans
from trueline.embedded.account import Account, account_for, can_enter, on_linux
from trueline.embedded.binaries import tools, usable
from trueline.embedded.locks import Lock, hand_over, is_held
from trueline.embedded.options import initdb_options, server_options
from trueline.embedded.place import PORT, Place, make_socket_dir, place_of, unwritable
from trueline.embedded.trouble import did_not_start, other_version, unreachable, unsupported
from trueline.errors import TruelineError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

_POLL = 0.005
_SUPERVISOR = Path(__file__).with_name("supervisor.py")


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A running server.

    Attributes:
        version: major version.
        data: the data directory.
        socket_dir: what libpq calls the host. Only the server's user and root may enter it.
        port: names the socket; nothing listens on TCP.
        user: the database's superuser; it has no password.
    """

    version: int
    data: Path
    socket_dir: Path
    port: int = PORT
    user: str = "postgres"

    def url(self, database: str) -> URL:
        """The database's address for SQLAlchemy."""
        from sqlalchemy.engine import URL

        place = {"host": str(self.socket_dir), "port": str(self.port)}
        return URL.create("postgresql+psycopg", username=self.user, database=database, query=place)

    def conninfo(self, database: str) -> str:
        """The database's address for libpq, and so for psycopg."""
        return f"host={self.socket_dir} port={self.port} user={self.user} dbname={_quoted(database)}"

    def psql_line(self, database: str) -> str:
        """A shell command that opens the database while the server runs."""
        words = (str(tools(self.version) / "psql"), "-h", str(self.socket_dir), "-p", str(self.port), "-U", self.user)
        return " ".join(quote(word) for word in (*words, database))


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to start a server that is not there; see `serve`."""

    version: int
    durable: bool
    binaries: Path
    delete: Path | None


def supported() -> bool:
    """Whether this system has the locks that everything here stands on."""
    return os.name == "posix"


def _quoted(value: str) -> str:
    """https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


@contextmanager
def serve(
    data: Path, *, version: int = 18, durable: bool = True, binaries: Path | None = None, delete: Path | None = None
) -> Iterator[EmbeddedServer]:
    """Start the server of a data directory, or join it where it runs; the last to leave stops it.

    The directory is created on first use. Any number of processes and threads may serve the same one.

    Args:
        data: the data directory; its locks and its log lie beside it, in ``<data>.run``.
        version: major version of PostgreSQL.
        durable: False for what may be lost when the machine goes down; much faster.
        binaries: folder of ``postgres`` and ``initdb``, instead of those that `tools` finds.
        delete: a folder around the data, to be removed when the server that this call starts has stopped.

    Raises:
        TruelineError: the server cannot be started: no package, other version, no permission, no space …
    """
    if not supported():
        raise unsupported()
    wanted = Wanted(version, durable, binaries or tools(version), delete)
    place = place_of(data)
    with _user_of(place):
        yield _joined(place, wanted)


@contextmanager
def _user_of(place: Place) -> Iterator[None]:
    """Be a user: while the lock is shared the server stays. Waits for a server that is just stopping."""
    try:
        lock = Lock(place.users)
    except OSError as error:
        raise unwritable(place.run, error) from None
    try:
        lock.share()
        yield
    finally:
        owner = lock.is_mine()
        lock.close()
        if owner:
            see_off(place)


def see_off(place: Place) -> None:
    """Return when the server has stopped, or somebody else uses it."""
    # Probes create no lock file: the folder of a scratch server may be going while we look.
    while is_held(place.alive) and not _others_use(place):
        time.sleep(_POLL)


def _others_use(place: Place) -> bool:
    """Whether somebody shares the lock; asked one at a time, so that nobody takes another one's question for a user."""
    try:
        with Lock(place.start, create=False) as start, Lock(place.users, create=False) as users:
            return start.try_own() and not users.try_own() and users.try_share()
    except FileNotFoundError:
        return False


# ------------------------------------------------------------------------------------------ start or join


def _joined(place: Place, wanted: Wanted) -> EmbeddedServer:
    with Lock(place.start) as start:
        start.own()
        while True:
            if _is_free(place):
                _start(place, wanted)
            elif info := place.read_info():
                return _checked(_described(place, info), wanted, info)
            time.sleep(_POLL)


def _is_free(place: Place) -> bool:
    with Lock(place.alive) as alive:
        return alive.try_own()


def _described(place: Place, info: dict[str, Any]) -> EmbeddedServer:
    return EmbeddedServer(info["version"], place.data, Path(info["socket_dir"]), info["port"])


def _checked(server: EmbeddedServer, wanted: Wanted, info: dict[str, Any]) -> EmbeddedServer:
    if server.version != wanted.version:
        raise other_version(server.data, server.version, wanted.version)
    if wanted.durable and not info["durable"]:
        what = "this server was started for data that may be lost, and is now wanted for data that may not"
        raise TruelineError(what, where=str(server.data), fix="use one data directory for each")
    if not (server.socket_dir / f".s.PGSQL.{server.port}").exists():
        raise unreachable(server.data, server.socket_dir)
    return server


def _start(place: Place, wanted: Wanted) -> None:
    """Have a supervisor start the server, and wait until it takes connections."""
    try:
        account = account_for(place.data)  # first: who may not read the data is told whose it is
        _refuse_other_data(place, wanted)
        order = _order(place, wanted, account)
        orphans.clear(place)
        with _new_log(place) as log:
            answer = _give(order, place, log)
    except OSError as error:
        raise unwritable(place.data, error) from None
    if "ready" not in answer:
        raise did_not_start(place, wanted.version, answer)


def _refuse_other_data(place: Place, wanted: Wanted) -> None:
    made_by = place.version()
    if made_by is not None and made_by != wanted.version:
        raise other_version(place.data, made_by, wanted.version)
    if made_by is None and place.data.exists() and any(place.data.iterdir()):
        what = "this folder is not empty and holds no PostgreSQL data"
        raise TruelineError(what, where=str(place.data), fix=f"rm -r {quote(str(place.data))}   # if it can go")


def _order(place: Place, wanted: Wanted, account: Account | None) -> dict[str, Any]:
    """What the supervisor needs to know; see there."""
    hidden = account is not None and not can_enter(place.data.parent, account)
    if account and hidden and not on_linux():
        what = f"PostgreSQL runs as {account.name!r} here, who may not enter this folder"
        raise TruelineError(what, where=str(place.data), fix="run this as an ordinary user, or move the project")
    socket_dir = make_socket_dir(place, account)
    status = place.run.stat()
    return {
        "run": str(place.run),
        "data": str(place.data),
        "binaries": str(usable(wanted.binaries, account)),
        "account": account.ids if account else None,
        "keeper": (status.st_uid, status.st_gid) if account else None,
        "hidden": hidden,
        "initdb": initdb_options(wanted.version, durable=wanted.durable),
        "options": server_options(socket_dir, durable=wanted.durable),
        "delete": str(wanted.delete) if wanted.delete else None,
        "info": {
            "version": wanted.version,
            "socket_dir": str(socket_dir),
            "port": PORT,
            "durable": wanted.durable,
        },
    }


def _new_log(place: Place) -> IO[bytes]:
    if place.log.exists():
        place.log.replace(place.log.with_name("server.log.1"))
    fd = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    hand_over(place.log)
    return os.fdopen(fd, "ab")


def _give(order: dict[str, Any], place: Place, log: IO[bytes]) -> dict[str, Any]:
    """Start the supervisor and return its answer; an empty one where it died."""
    with subprocess.Popen(  # noqa: S603 - our own program, with our own interpreter
        [sys.executable, "-I", "-S", str(_SUPERVISOR), str(place.data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        cwd="/",
        env=_environment(),
        start_new_session=True,
    ) as process:
        said, _ = process.communicate(json.dumps(order).encode())
    words = json.loads(said) if said else {}
    return dict(words)


def _environment() -> dict[str, str]:
    """Without what would change the server: PGPORT and its like, and languages other than the messages' own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG", "PYTHON"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}
