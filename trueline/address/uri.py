"""Text to libpq's keywords: a URI of any PostgreSQL driver, or the ``keyword=value`` form.

The grammar is libpq's, with what SQLAlchemy and ``.env`` files add to it: a driver name in the scheme, an
unencoded ``/`` or ``@`` in the password where it leaves no doubt, ``host=a:1&host=b:2``, quotes around the whole.
https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from trueline.address.libpq import UrlError, is_known, keyword_value

FORMS = (
    "write it as postgresql://user:password@host:5432/database\n"
    "with the password percent-encoded:\n"
    "python -c \"import getpass, urllib.parse as u; print(u.quote(getpass.getpass(), ''))\""
)

_SCHEME = re.compile(r"(?P<name>[a-z][a-z0-9]*)(?:\+[\w.\-]+)?://(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_POSTGRESQL = frozenset({"postgres", "postgresql", "postgis", "pgsql"})
#: Names of other databases, which are safe to repeat. Any other text before ``://`` might be part of a secret.
_OTHERS = frozenset({
    "sqlite", "mysql", "mariadb", "mssql", "oracle", "cockroachdb", "redshift", "snowflake", "bigquery",
    "duckdb", "clickhouse", "mongodb", "redis", "http", "https", "file",
})  # fmt: skip
_KEYWORD_VALUE = re.compile(r"\s*\w+\s*=")
_USERINFO = re.compile(r"[^:/?@]*(?::[^@]*)?@")
#: ``host:5432/db?user=a@b`` is a port and a path, not a password ``5432/db?user=a``.
_PORT_THEN_PATH = re.compile(r"[^:/?@]*:\d*(?:,[^/?]*)?[/?]")
_AUTHORITY = re.compile(r"(?P<hosts>[^/?]*)(?:/(?P<path>[^?]*))?(?:\?(?P<query>.*))?", re.DOTALL)
_BRACKETED = re.compile(r"\[(?P<host>[^\]]*)\](?::(?P<port>.*))?", re.DOTALL)
#: In these a plus sign is a plus sign, as in libpq; in all others it is a space, as in SQLAlchemy.
_LITERAL_PLUS = frozenset({"user", "password", "sslpassword", "dbname"})


def options_in(text: str, source: str) -> dict[str, str]:
    """The keywords that ``text`` sets, values decoded, none of them checked.

    Raises:
        UrlError: ``text`` is not the address of a PostgreSQL database.
    """
    text = unwrap(text)
    if any(character < " " for character in text):
        raise _unreadable(source, "it has a line break or another control character in it")
    if scheme := _SCHEME.fullmatch(text):
        if scheme["name"].lower() not in _POSTGRESQL:
            raise _not_postgresql(scheme["name"].lower(), source)
        return _uri(scheme["rest"], source)
    if not _KEYWORD_VALUE.match(text):
        raise _unreadable(source, "it does not begin with postgresql://")
    options = keyword_value(text)
    if options is None:
        raise _unreadable(source, "it is neither a URL nor a list of libpq's keyword=value pairs")
    return options


def unwrap(text: str) -> str:
    """``text`` without surrounding white space and one pair of quotes, as ``.env`` files leave them."""
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].strip()
    return text


def _uri(rest: str, source: str) -> dict[str, str]:
    userinfo, tail = _cut_userinfo(rest)
    parts = _AUTHORITY.fullmatch(tail)
    assert parts is not None  # noqa: S101 - every part is optional and the last one takes all
    path, query = parts["path"] or "", parts["query"] or ""
    if "@" in path:
        raise _unreadable(source, "it has an '@' after the host")
    user, _, password = userinfo.partition(":")
    options = {
        "user": _decode(user, source),
        "password": _decode(password, source),
        "dbname": _decode(path, source),
        **_joined([(_decode(host, source), port) for host, port in map(_host_port, parts["hosts"].split(","))]),
    }
    return {**options, **_query(query, source)}


def _cut_userinfo(rest: str) -> tuple[str, str]:
    """What stands before the host and what follows, divided at the last ``@`` that can divide them."""
    if not _USERINFO.match(rest) or _PORT_THEN_PATH.match(rest):
        return "", rest
    userinfo, _, tail = rest.partition("@")
    authority = re.split(r"[/?]", tail, maxsplit=1)[0]
    if "@" in authority:
        more = authority.rpartition("@")[0]
        return f"{userinfo}@{more}", tail[len(more) + 1 :]
    return userinfo, tail


def _query(query: str, source: str) -> dict[str, str]:
    pairs = [_pair(part, source) for part in query.split("&") if part]
    if "@" in query and not all(is_known(name) for name, _ in pairs):
        # Then the '?' may stand inside an unencoded password, and the names are no names.
        raise _unreadable(source, "it has an '@' after the host")
    options = {name: _value(name, value, source) for name, value in pairs if name != "host"}
    tokens = [token for name, value in pairs if name == "host" for token in _value(name, value, source).split(",")]
    hosts = _joined([_host_port(token) for token in tokens])
    if "port" in hosts and "port" in options:
        raise _unreadable(source, "it gives ports both with the hosts and in port=")
    return {**options, **hosts}


def _pair(part: str, source: str) -> tuple[str, str]:
    name, equals, value = part.partition("=")
    if not equals:
        raise _unreadable(source, "an option after the '?' has no value")
    return _decode(name, source), value


def _value(name: str, value: str, source: str) -> str:
    return _decode(value if name in _LITERAL_PLUS else value.replace("+", " "), source)


def _joined(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Hosts and ports as libpq's two comma-separated keywords; each is left out where it says nothing."""
    hosts, ports = [host for host, _ in pairs], [port for _, port in pairs]
    options = {"host": ",".join(hosts)} if any(hosts) else {}
    return {**options, "port": ",".join(ports)} if any(ports) else options


def _host_port(text: str) -> tuple[str, str]:
    """``host:port``, ``[ipv6]:port``, a bare IPv6 address or a socket folder, as host and port."""
    if text.startswith(("/", "@")):
        return text, ""
    if bracketed := _BRACKETED.fullmatch(text):
        return bracketed["host"], bracketed["port"] or ""
    if text.count(":") == 1:
        host, _, port = text.partition(":")
        return host, port
    return text, ""


def _decode(text: str, source: str) -> str:
    try:
        decoded = unquote(text, errors="strict")
    except UnicodeDecodeError:
        decoded = "\0"
    if "\0" in decoded:
        raise _unreadable(source, "its percent-encoded bytes are not UTF-8 text")
    return decoded


def _unreadable(source: str, why: str) -> UrlError:
    return UrlError(f"the database URL cannot be read: {why}", where=source, fix=FORMS)


def _not_postgresql(name: str, source: str) -> UrlError:
    if name not in _OTHERS:
        return _unreadable(source, "it does not begin with postgresql://")
    return UrlError(f"the database URL is for {name}, not for PostgreSQL", where=source, fix=FORMS)
