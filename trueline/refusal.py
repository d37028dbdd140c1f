"""Why a connection failed: can it heal by waiting, and what is the way out if not.

The table below is the whole knowledge; docs/connecting.md shows it. A cause is found by structure first: the
driver's SQLSTATE, then the server's own answer to a knock (`trueline.probe`). libpq's messages come last; those are
libpq's own words, which are English, or a server's, which are matched only in English.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

import psycopg

from trueline.probe import Answer, Door, Probe

#: Matches nothing.
_NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason for not being let in.

    Attributes:
        says: continues "cannot connect to …: ".
        heals: whether waiting may help.
        way: the way out; what `_pasted` names stands in it quoted for a shell, ``{source}`` is the variable that
            the address came from.
        sqlstates: exact codes, or classes of two characters. The longest match wins.
        answers: of a probe.
        words: of libpq, or of a server that speaks English.
    """

    name: str
    says: str
    heals: bool
    way: str
    sqlstates: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    words: str = _NEVER


_PG_ISREADY = "pg_isready {at}"

CAUSES = (
    Cause(
        "option",
        "libpq does not accept an option of the address",
        heals=False,
        way="correct the option in {source}; the words above name it\ntrueline settings   # shows all of them",
        words=r"invalid connection option|invalid \S+ value|must be an integer|bad value for|invalid port"
        r"|could not match \d+ (host|port)|weak sslmode|service (file )?\".*\" not found",
    ),
    Cause(
        "unmet-demand",
        "the server does not meet what the address demands",
        heals=False,
        way="the words above name the demand: require_auth, channel_binding, requirepeer or gssencmode in {source}",
        words=r"authentication method requirement|channel binding .*required|requirepeer specifies"
        r"|GSSAPI .*required|required .*GSSAPI",
    ),
    Cause(
        "no-password",
        "the server asks for a password and none is set",
        heals=False,
        way="set the password in {source} (POSTGRES_PASSWORD, or postgresql://user:password@...)",
        words=r"no password supplied",
    ),
    Cause(
        "wrong-password",
        "the server does not accept the password of user {user}",
        heals=False,
        way="correct the password in {source}; in a URL it is percent-encoded. To set a new one:\n"
        "psql {at} -U postgres -c {new_password}",
        sqlstates=("28P01",),
        words=r"password authentication failed|(SASL|SCRAM) authentication failed",
    ),
    Cause(
        "unknown-role",
        "there is no role {user}, or it may not log in",
        heals=False,
        way="correct the user in {source}, or create it:\ncreateuser {at} -U postgres --login --pwprompt {user}",
        words=r'role ".*" (does not exist|is not permitted to log in)|no such user',
    ),
    Cause(
        "not-admitted",
        "the server admits no such connection (pg_hba.conf)",
        heals=False,
        way="if it wants TLS, add ?sslmode=require to the URL in {source}; otherwise let the server's owner\n"
        "add a line for database {database} and user {user} to pg_hba.conf, then: SELECT pg_reload_conf();",
        sqlstates=("28000", "28"),
        words=r"pg_hba\.conf|(peer|ident) authentication failed",
    ),
    Cause(
        "unknown-database",
        "there is no database {database} on that server",
        heals=False,
        way="correct the name in {source}, or create it:\ncreatedb {at} -U {user} {database}",
        sqlstates=("3D000",),
        words=r'database ".*" does not exist|no such database',
    ),
    Cause(
        "no-permission",
        "user {user} may not connect to database {database}",
        heals=False,
        way="let the database's owner allow it:\npsql {at} -U postgres -c {grant}",
        sqlstates=("42501",),
        words=r"permission denied for database",
    ),
    Cause(
        "closed-database",
        "database {database} takes no connections",
        heals=False,
        way="name another database in {source}; template0, for one, is closed for good",
        sqlstates=("55000",),
        words=r"is not currently accepting connections",
    ),
    Cause(
        "no-tls",
        "TLS is asked for and the server has none",
        heals=False,
        way="turn TLS on in the server (ssl = on), or, on a network that you trust, remove sslmode from {source}",
        answers=(Answer.NO_TLS,),
        words=r"server does not support SSL|SSL is not enabled",
    ),
    Cause(
        "bad-tls",
        "TLS cannot be agreed on with that server",
        heals=False,
        way="check sslmode, sslrootcert, sslcert and sslkey in {source} against the server's certificate",
        words=r"certificate|SSL error: (?!unexpected eof)|sslmode|private key",
    ),
    Cause(
        "forbidden-socket",
        "this user may not open the server's socket",
        heals=False,
        way="run as a user that may, or connect through TCP: postgresql://user:password@host:5432/database",
        answers=(Answer.FORBIDDEN,),
        words=r"Permission denied",
    ),
    Cause(
        "starting-up",
        "the server is starting up, shutting down or recovering",
        heals=True,
        way=f"wait until it is ready:\n{_PG_ISREADY}",
        sqlstates=("57P01", "57P02", "57P03"),
        words=r"the database system is|shutting down|administrator command|not yet accepting connections",
    ),
    Cause(
        "too-many",
        "the server has no connection left",
        heals=True,
        way="close what is idle, or raise max_connections (or the role's or database's CONNECTION LIMIT):\n"
        "SELECT usename, application_name, state, count(*) FROM pg_stat_activity GROUP BY 1, 2, 3 ORDER BY 4 DESC;",
        sqlstates=("53300", "53"),
        words=r"too many (clients|connections)|connection slots are reserved|no more connections allowed",
    ),
    Cause(
        "other-role",
        "no server there is in the state that target_session_attrs asks for",
        heals=True,
        way="wait for the failover to end, or correct target_session_attrs in {source}",
        words=r"session is (not )?read-only|server is (not )?in hot standby",
    ),
    Cause(
        "unresolved",
        "its name cannot be resolved",
        heals=True,
        way="correct the host in {source}; in Compose it is the service's name, and both must share a network:\n"
        "getent hosts {host}",
        answers=(Answer.UNRESOLVED,),
        words=r"could not translate host name|failed to resolve host|name or service not known",
    ),
    Cause(
        "refused",
        "nothing listens there",
        heals=True,
        way=f"start the server, or correct host and port in {{source}}:\n{_PG_ISREADY}",
        answers=(Answer.REFUSED,),
        words=r"connection refused|no such file or directory",
    ),
    Cause(
        "timeout",
        "it does not answer",
        heals=True,
        way=f"check firewalls and the host in {{source}}; a slow network needs more TRUELINE_CONNECT_TIMEOUT:\n"
        f"{_PG_ISREADY} -t 30",
        answers=(Answer.TIMEOUT,),
        words=r"timeout expired|timed out",
    ),
    Cause(
        "unreachable",
        "there is no route to it",
        heals=True,
        way=f"check the network and the host in {{source}}:\n{_PG_ISREADY}",
        answers=(Answer.UNREACHABLE,),
        words=r"no route to host|network is unreachable",
    ),
    Cause(
        "closed",
        "it closed the connection without saying why",
        heals=True,
        way=f"look into the server's log, or the proxy's in front of it:\n{_PG_ISREADY}",
        sqlstates=("08",),
        answers=(Answer.CLOSED,),
        words=r"closed the connection unexpectedly|connection reset|SSL SYSCALL|unexpected eof"
        r"|server login has been failing|query_wait_timeout",
    ),
)

#: The server heard us out and said no, in words that are not in the table.
UNKNOWN = Cause("unknown", "the server refused", heals=False, way="look into the server's log")
UNCLEAR = Cause("unclear", "the server refused, and was up a moment later", heals=True, way=UNKNOWN.way)

#: SQLSTATEs that stand for several causes: pg_hba.conf and roles share one, and poolers use two for everything.
_VAGUE = frozenset({"28000", "08P01", "XX000"})

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
    return not cause.sqlstates and not cause.answers and cause.words != _NEVER


def scrub(text: str, secrets: Iterable[str]) -> str:
    """``text`` without ``secrets``, also where they stand percent-encoded or escaped."""
    forms = {form for secret in secrets for form in _forms(secret) if form}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, "***")
    return text


def _forms(secret: str) -> tuple[str, ...]:
    return secret, quote(secret), quote(secret, ""), quote_plus(secret), repr(secret)[1:-1]
