"""Which database is meant: ``DATABASE_URL``, ``DATABASE_URL_FILE``, or the ``POSTGRES_*`` pieces, in this order.

There is no default host. A process that falls back to ``localhost`` talks to itself inside a container, and to
the wrong database elsewhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import URL

from trueline.address.libpq import Arguments
from trueline.address.uri import unwrap
from trueline.address.url import ParsedUrl, assemble, read_url
from trueline.errors import TruelineError

if TYPE_CHECKING:
    from trueline.settings import Settings

#: Kubernetes and Docker links set ``POSTGRES_PORT=tcp://10.0.0.1:5432`` for any service called ``postgres``.
_SERVICE_LINK = re.compile(r"(tcp|udp)://")

_WAYS = (
    "export DATABASE_URL=postgresql://user:password@host:5432/database\n"
    "or name a mounted secret:  export DATABASE_URL_FILE=/run/secrets/database_url\n"
    "or set POSTGRES_HOST, POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB"
)


@dataclass(frozen=True, slots=True)
class Target:
    """The database to connect to, and who said so. Its ``repr`` masks every secret.

    Attributes:
        url: drivername ``postgresql+psycopg``.
        source: ``DATABASE_URL``, ``DATABASE_URL_FILE``, ``POSTGRES_*`` or ``embedded``.
        hidden: arguments for ``psycopg.connect`` that a URL cannot carry, such as ``sslpassword``.
        notes: what was renamed, dropped or ignored on the way, one sentence each.
    """

    url: URL
    source: str
    hidden: Arguments = field(default=(), repr=False)
    notes: tuple[str, ...] = ()

    def secrets(self) -> list[str]:
        """What must not be shown to anyone."""
        hidden = [value for _, value in self.hidden if isinstance(value, str)]
        return [*hidden, *([str(self.url.password)] if self.url.password else [])]


def find_target(settings: Settings, environ: Mapping[str, str] | None = None) -> Target | None:
    """The database that the environment names, or None where it names none.

    An empty variable counts as not set, as Compose passes those that it cannot fill.

    Raises:
        UrlError: what is named cannot be read.
        TruelineError: a file that cannot be read, or ``POSTGRES_*`` without ``POSTGRES_HOST``.
    """
    del settings  # the environment alone decides; the parameter keeps the door open for a key of the project
    env = os.environ if environ is None else environ
    for name, read in _SOURCES.items():
        if (parsed := read(env)) is not None:
            notes = (*parsed.notes, *_ignored(name, env))
            return Target(parsed.url, name, parsed.hidden, notes)
    return None


def no_target(settings: Settings) -> TruelineError:
    """The error for a project that neither names a database nor chose the embedded one."""
    fix = f"{_WAYS}\nor choose the embedded server, in pyproject.toml:\n    [tool.trueline]\n    embedded = true"
    where = str(settings.project / "pyproject.toml") if settings.project else ()
    return TruelineError("no database is configured: DATABASE_URL is not set", where=where, fix=fix)


def _from_url(env: Mapping[str, str]) -> ParsedUrl | None:
    text = env.get("DATABASE_URL", "")
    return read_url(text, source="DATABASE_URL") if unwrap(text) else None


def _from_file(env: Mapping[str, str]) -> ParsedUrl | None:
    path = env.get("DATABASE_URL_FILE", "").strip()
    if not path:
        return None
    return read_url(_contents("DATABASE_URL_FILE", path), source=f"DATABASE_URL_FILE ({path})")


def _from_pieces(env: Mapping[str, str]) -> ParsedUrl | None:
    pieces = {name: _piece(env, f"POSTGRES_{name}") for name in ("HOST", "USER", "PASSWORD", "DB")}
    if not any(pieces.values()):
        return None
    if not pieces["HOST"]:
        raise _no_host([f"POSTGRES_{name}" for name, value in pieces.items() if value])
    user = pieces["USER"] or "postgres"
    port = env.get("POSTGRES_PORT", "").strip()
    options = {
        "host": pieces["HOST"].strip().removeprefix("[").removesuffix("]"),
        "port": "5432" if not port or _SERVICE_LINK.match(port) else port,
        "user": user,
        "password": pieces["PASSWORD"],
        "dbname": pieces["DB"] or user,
    }
    return assemble(options, source="POSTGRES_*")


_SOURCES = {"DATABASE_URL": _from_url, "DATABASE_URL_FILE": _from_file, "POSTGRES_*": _from_pieces}


def _piece(env: Mapping[str, str], name: str) -> str:
    """A variable, or the file that ``<name>_FILE`` names, less its last line break: as PostgreSQL's image does."""
    if env.get(name):
        return env[name]
    path = env.get(f"{name}_FILE", "").strip()
    return _contents(f"{name}_FILE", path) if path else ""


def _contents(variable: str, path: str) -> str:
    """The text of a mounted secret.

    Raises:
        TruelineError: missing, unreadable, empty, or not text; names the variable and the file.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig").rstrip("\r\n")
    except FileNotFoundError:
        raise _bad_file(variable, path, "does not exist") from None
    except OSError as error:
        raise _bad_file(variable, path, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _bad_file(variable, path, "is not UTF-8 text") from None
    if not text.strip():
        raise _bad_file(variable, path, "is empty")
    return text


def _bad_file(variable: str, path: str, why: str) -> TruelineError:
    fix = f"mount the secret there, or unset {variable}"
    return TruelineError(f"the file that {variable} names {why}", where=path, fix=fix)


def _no_host(named: list[str]) -> TruelineError:
    verb = "is" if len(named) == 1 else "are"
    what = f"{' and '.join(named)} {verb} set, but POSTGRES_HOST is not; nothing falls back to localhost"
    fix = "export POSTGRES_HOST=<the service's name, such as db>   # or DATABASE_URL=postgresql://..."
    return TruelineError(what, where="environment", fix=fix)


def _ignored(chosen: str, env: Mapping[str, str]) -> list[str]:
    """A sentence for what ``chosen`` puts aside."""
    pieces = [name for name in _PIECES if env.get(name)]
    if chosen == "POSTGRES_*":
        notes = [f"{p}_FILE is ignored: {p} comes first" for p in pieces if env.get(f"{p}_FILE")]
        link = _SERVICE_LINK.match(env.get("POSTGRES_PORT", ""))
        return [*notes, "POSTGRES_PORT is ignored: it is a service link, not a port"] if link else notes
    notes = []
    if chosen == "DATABASE_URL" and env.get("DATABASE_URL_FILE"):
        notes = ["DATABASE_URL_FILE is ignored: DATABASE_URL comes first"]
    verb = "is" if len(pieces) == 1 else "are"
    return [*notes, f"{', '.join(pieces)} {verb} ignored: {chosen} comes first"] if pieces else notes


_PIECES = ("POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB")
