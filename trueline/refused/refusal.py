"""Why a connection failed: can it heal by waiting, and what is the way out if not.

The knowledge is the table in `causes`. A cause is found by structure first: the driver's SQLSTATE, then the
server's own answer to a knock (`probe`). Messages come last; those are libpq's own, which are English, or a
server's, which are understood only in English.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

import psycopg

from trueline.refused.causes import CAUSES, NEVER, UNCLEAR, UNKNOWN, Cause
from trueline.refused.probe import Answer, Door, Probe

#: SQLSTATEs that stand for several causes: pg_hba.conf and roles share one, and poolers use two for everything.
_VAGUE = frozenset({"28000", "42501", "08P01", "XX000"})

#: Said instead of "start the server" where ``localhost`` is not where the server is.
LOOPBACK_IN_CONTAINER = (
    "inside this container, {host} is the container itself; give the database's own name,\n"
    "such as the service's name in compose.yaml or Kubernetes, in {source}:\n"
    "postgresql://user:password@db:{port}/{database}"
)

_LOOPBACK = re.compile(r"localhost|127(\.\d+){3}|::1|0\.0\.0\.0", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one host did not let us in; ``words`` are the driver's or the server's, secrets taken out."""

    door: Door
    cause: Cause
    words: str

    def summary(self) -> str:
        """``host:port: cause``, with the words where they add to the cause."""
        says = self.cause.says.format(user=self.door.user, database=self.door.database)
        words = f" ({self.words})" if self.words and self.cause.name in _WORDY else ""
        return f"{self.door.place}: {says}{words}"

    def way_out(self, source: str, *, in_container: bool) -> str:
        """The way out, ready to paste."""
        astray = in_container and self.cause.name in {"refused", "unreachable"} and is_loopback(self.door.host)
        return (LOOPBACK_IN_CONTAINER if astray else self.cause.way).format(source=source, **_pasted(self.door))


def _pasted(door: Door) -> dict[str, str]:
    """What a way out may name, quoted for a shell."""
    user, database = (f'"{name.replace(chr(34), chr(34) * 2)}"' for name in (door.user, door.database))
    words = {
        "host": door.host,
        "port": str(door.port),
        "user": door.user,
        "database": door.database,
        "new_password": f"\\password {user}",
        "grant": f"GRANT CONNECT ON DATABASE {database} TO {user}",
    }
    quoted = {name: shlex.quote(word) for name, word in words.items()}
    return {**quoted, "at": f"-h {quoted['host']} -p {door.port}" if door.host else f"-p {door.port}"}


_WORDY = frozenset(
    {
        "unknown",
        "unclear",
        "option",
        "setting",
        "unknown-role",
        "unmet-demand",
        "not-admitted",
        "bad-tls",
        "closed-database",
        "unresolved",
        "closed",
    }
)


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine's own loopback, by name or address."""
    return bool(_LOOPBACK.fullmatch(host))


def cause_of(error: BaseException, found: Probe) -> Cause:
    """The cause of a driver's error, given what the server answered to a knock afterwards.

    =====================================  =====================================================
    the driver gives a SQLSTATE            that
    the words are libpq's own              those: no server was asked, or libpq turned it down
    the server gives a SQLSTATE            that
    the socket could not be used           that
    the words are known                    those
    a password was sent                    refused for good, for a reason in another language
    otherwise                              it may pass: the server was up a moment later
    =====================================  =====================================================
    """
    if isinstance(error, psycopg.ProgrammingError) and not error.sqlstate:
        return _named("option")
    words = _by_words(str(error))
    if sqlstate := getattr(error, "sqlstate", None):
        return _by_sqlstate(sqlstate, words)
    if words and _is_libpqs_own(words):
        return words
    if found.sqlstate:
        return _by_sqlstate(found.sqlstate, words or _by_words(found.words))
    return _by_answer(found.answer) or words or (UNKNOWN if _sent_password(error) else UNCLEAR)


def _by_sqlstate(sqlstate: str, words: Cause | None) -> Cause:
    if words and sqlstate in _VAGUE:
        return words
    ranked = ((len(code), cause) for cause in CAUSES for code in cause.sqlstates if sqlstate.startswith(code))
    return max(ranked, key=lambda pair: pair[0], default=(0, UNKNOWN))[1]


def _by_answer(answer: Answer) -> Cause | None:
    return next((cause for cause in CAUSES if answer in cause.answers), None)


def _by_words(text: str) -> Cause | None:
    """The first cause in the table whose words occur; names that users choose are taken out before."""
    text = re.sub(r'"[^"]*"', '""', text)
    return next((cause for cause in CAUSES if re.search(cause.words, text, re.IGNORECASE)), None)


def _named(name: str) -> Cause:
    return next(cause for cause in CAUSES if cause.name == name)


def _sent_password(error: BaseException) -> bool:
    return bool(getattr(getattr(error, "pgconn", None), "used_password", False))


def words_of(error: BaseException, found: Probe, cause: Cause) -> str:
    """One line of the server's words, or of libpq's where it speaks for itself, without the address before them."""
    text = str(error) if _is_libpqs_own(cause) else found.words or str(error)
    first = (text.strip().splitlines() or [""])[0]
    return _ADDRESS.sub("", first, count=1).removeprefix("FATAL:").strip()


#: What psycopg and libpq put before their words; IPv6 addresses have colons.
_ADDRESS = re.compile(r"^(connection (failed|is bad): )?(connection to server .*? failed: )?")


def _is_libpqs_own(cause: Cause) -> bool:
    """Whether no server and no socket ever gives this cause, only libpq's words do."""
    return not cause.sqlstates and not cause.answers and cause.words != NEVER


def scrub(text: str, secrets: Iterable[str]) -> str:
    """``text`` without ``secrets``, also where they stand percent-encoded or escaped."""
    forms = {form for secret in secrets for form in _forms(secret) if form}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, "***")
    return text


def _forms(secret: str) -> tuple[str, ...]:
    return secret, quote(secret), quote(secret, ""), quote_plus(secret), repr(secret)[1:-1]
