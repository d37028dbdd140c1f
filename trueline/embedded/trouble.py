"""What can go wrong with the embedded server, in words that lead out of it."""

from __future__ import annotations

import re
from pathlib import Path
from shlex import quote
from typing import Any

from trueline.embedded.place import Place
from trueline.errors import TruelineError
from trueline.extensions import installing, lacking

_GIVE = "export DATABASE_URL=postgresql://user:password@host:5432/database"
_LINES = 8

#: What the log says, what it means, and the way out.
_KNOWN = (
    (r"No space left on device|Check free disk space", "the disk is full", "make room: df -h {parent}"),
    (
        r"Permission denied|Operation not permitted|wrong ownership",
        "its user may not use these files",
        'sudo chown -R "$(id -un)" {parent}',
    ),
    (
        r"shared memory|Cannot allocate memory",
        "there is not enough memory",
        "give the machine or container more memory",
    ),
    (r"database files are incompatible", "the data was made by another build of PostgreSQL", "rm -r {data}"),
    (r"could not locate a valid checkpoint|invalid checkpoint|PANIC", "the data is damaged", "rm -r {data}"),
)

_COMPLAINT = re.compile(r"FATAL|PANIC|ERROR|HINT|[Ee]rror:|could not|denied|not permitted")


def did_not_start(place: Place, version: int, answer: dict[str, Any]) -> TruelineError:
    """The error for a server or an initdb that ended instead of starting, with the end of its log."""
    text = place.log.read_text(encoding="utf-8", errors="replace") if place.log.exists() else ""
    reason, fix = _meaning(text, place)
    step = "its data could not be created" if answer.get("failed") == "initdb" else "it ended at once"
    what = f"the embedded PostgreSQL {version} did not start, {step}{f': {reason}' if reason else ''}\n{_tail(text)}"
    return TruelineError(what.rstrip(), where=(str(place.data), str(place.log)), fix=fix)


def _meaning(text: str, place: Place) -> tuple[str, str]:
    # Not the lines that say what was done: initdb names shared memory when all is well.
    text = "\n".join(line for line in text.splitlines() if _COMPLAINT.search(line))
    for pattern, reason, fix in _KNOWN:
        if re.search(pattern, text):
            return reason, fix.format(data=quote(str(place.data)), parent=quote(str(place.data.parent)))
    return "", f"see the log, or use another server: {_GIVE}"


def _tail(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(f"    | {line}" for line in lines[-_LINES:])


def other_version(data: Path, there: int, wanted: int) -> TruelineError:
    """The error for data of another major version than the one that is wanted."""
    what = (
        f"this data was made by PostgreSQL {there}, and PostgreSQL {wanted} is wanted; neither reads the other's data"
    )
    fix = (
        f"stay with {there}, in pyproject.toml:\n"
        f"    [tool.trueline]\n    embedded_version = {there}\n"
        f"or move: with {there} run pg_dump, with {wanted} restore it\n"
        f"or start empty: rm -r {quote(str(data))}"
    )
    return TruelineError(what, where=str(data), fix=fix)


def unreachable(data: Path, socket_dir: Path) -> TruelineError:
    """The error for a server that runs, as its locks say, but whose socket is not to be seen from here."""
    what = "the embedded PostgreSQL runs, but not where this process can reach it: its socket is missing"
    fix = "if it runs in another container, use it there; if a cleaner removed the socket: trueline db stop"
    return TruelineError(what, where=(str(data), str(socket_dir)), fix=fix)


def unsupported() -> TruelineError:
    """The error for systems that have no kernel locks as we need them."""
    what = "the embedded PostgreSQL runs on Linux and macOS only"
    return TruelineError(what, fix=f"use the Windows Subsystem for Linux\nor another server: {_GIVE}")


def extension_hint(name: str) -> TruelineError:
    """The error for an extension that a server does not carry, as the embedded builds carry next to none."""
    what = f"this server does not have the extension {name!r} (the embedded PostgreSQL has only plpgsql and vector)"
    return TruelineError(what, fix=f"{installing(name)}\nor use a server that has it: {_GIVE}")


def explain(error: BaseException) -> TruelineError | None:
    """The error in our words where a psycopg error (or SQLAlchemy's around it) says that an extension is missing."""
    extension = lacking(error)
    return extension_hint(extension) if extension else None
