"""The reasons for not being let in: how each is told, whether waiting helps, and the way out.

docs/connecting.md shows this table; `trueline.refused.refusal` applies it.
"""

from __future__ import annotations

from dataclasses import dataclass

from trueline.refused.probe import Answer

#: Matches nothing.
NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason for not being let in.

    Attributes:
        says: continues "cannot connect to …: ".
        heals: whether waiting may help.
        absent: whether nobody has answered there who could be waited for.
        way: the way out. ``{at}`` is host and port as options of PostgreSQL's commands, and ``{host}``, ``{user}``,
            ``{database}``, ``{new_password}`` and ``{grant}`` are quoted for a shell; ``{source}`` is the variable
            that the address came from.
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
    words: str = NEVER
    absent: bool = False


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
        "setting",
        "the server does not accept a setting of the address",
        heals=False,
        way="correct options=-c… in {source}; the words above name the setting",
        sqlstates=("22023", "42704", "42601", "55P02", "58P01"),
        words=r"invalid value for parameter|unrecognized configuration parameter|the valid range for parameter"
        r"|parameter \S* cannot be |permission denied to set parameter|invalid command-line argument"
        r"|could not access file",
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
        absent=True,
        words=r"could not translate host name|failed to resolve host|name or service not known",
    ),
    Cause(
        "refused",
        "nothing listens there",
        heals=True,
        way=f"start the server, or correct host and port in {{source}}:\n{_PG_ISREADY}",
        answers=(Answer.REFUSED,),
        absent=True,
        words=r"connection refused|no such file or directory",
    ),
    Cause(
        "timeout",
        "it does not answer",
        heals=True,
        way=f"check firewalls and the host in {{source}}; a slow network needs more TRUELINE_CONNECT_TIMEOUT:\n"
        f"{_PG_ISREADY} -t 30",
        answers=(Answer.TIMEOUT,),
        absent=True,
        words=r"timeout expired|timed out",
    ),
    Cause(
        "unreachable",
        "there is no route to it",
        heals=True,
        way=f"check the network and the host in {{source}}:\n{_PG_ISREADY}",
        answers=(Answer.UNREACHABLE,),
        absent=True,
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
