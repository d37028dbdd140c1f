"""What people write into ``DATABASE_URL``, as a URL that SQLAlchemy's psycopg dialect connects with.

Three spellings are read: a URI of any PostgreSQL driver, libpq's ``keyword=value`` form, and single pieces such
as ``POSTGRES_HOST``. All three become one dictionary of libpq's keywords (`trueline.address.uri`), and that becomes the
URL here, so that every rule is written once. Nothing that was read is put into a message before it is known to be
neither a password nor a piece of one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address

from sqlalchemy.engine import URL

from trueline.address.libpq import Arguments, UrlError, translate
from trueline.address.uri import options_in

__all__ = ["ParsedUrl", "UrlError", "assemble", "hosts_of", "parse_url", "read_url"]

DRIVER = "postgresql+psycopg"
DEFAULT_PORT = 5432

_HOST = re.compile(r"(?!.*\.\.)\w(?:[\w.\-]*[\w.])?")
_NO_HOST = "name the host: postgresql://user:password@HOST:5432/database"


@dataclass(frozen=True, slots=True)
class ParsedUrl:
    """A database address as the driver takes it.

    Attributes:
        url: drivername ``postgresql+psycopg``; its only secret is ``password``, which ``repr`` masks.
        hidden: arguments for ``psycopg.connect`` that a URL cannot carry: other secrets, which ``repr(URL)`` would
            show, and values that are not text.
        notes: what was translated or dropped, one sentence each.
    """

    url: URL
    hidden: Arguments = field(default=(), repr=False)
    notes: tuple[str, ...] = ()


def parse_url(text: str, *, source: str) -> URL:
    """The URL in ``text``, drivername ``postgresql+psycopg``; `read_url` also gives what a URL cannot carry.

    Args:
        text: a URI of any PostgreSQL driver, or libpq's ``keyword=value`` form; see docs/settings.md.
        source: where it came from, for messages: ``DATABASE_URL``.

    Raises:
        UrlError: not PostgreSQL, or not readable.
    """
    return read_url(text, source=source).url


def read_url(text: str, *, source: str) -> ParsedUrl:
    """As `parse_url`, with the arguments that a URL cannot carry and what was dropped."""
    return assemble(options_in(text, source), source=source)


def assemble(options: Mapping[str, str], *, source: str) -> ParsedUrl:
    """The address that libpq's keywords (and the known ones of other drivers) describe.

    Raises:
        UrlError: an unknown keyword, a malformed host or port, or no host where one must have been meant.
    """
    found = translate(options, source)
    known, secrets = found.options, found.secrets
    password = secrets.pop("password", None)
    ports = known.pop("port", "")
    hosts = _hosts(known.pop("host", ""), ports, source)
    if not hosts and (password or ports) and not {"hostaddr", "service"} & known.keys():
        raise UrlError("the database URL names no host", where=source, fix=_NO_HOST)
    user = known.pop("user", "" if password else None)
    database = known.pop("dbname", None)
    host, port, query = _address(hosts, ports)
    url = URL.create(DRIVER, user, password, host, port, database, {**known, **query})
    hidden = {**secrets, **found.arguments}
    return ParsedUrl(url, tuple(sorted(hidden.items())), tuple(found.notes))


def hosts_of(url: URL) -> tuple[tuple[str, int], ...]:
    """Every server that ``url`` names, in order, as host (or socket folder) and port.

    Empty when the URL leaves the choice to libpq (``PGHOST``, a service file, the local socket).
    """
    listed = url.query.get("host") or url.query.get("hostaddr") or url.host or ""
    hosts = str(listed).split(",") if listed else []
    ports = str(url.query.get("port") or url.port or DEFAULT_PORT).split(",")
    return tuple(zip(hosts, [int(p) for p in (ports * len(hosts) if len(ports) == 1 else ports)], strict=False))


def _hosts(host: str, port: str, source: str) -> list[tuple[str, int | None]]:
    """Pairs of host and port; one port serves every host, as in libpq."""
    hosts = host.split(",") if host else []
    ports = [_port(p.strip(), source) for p in port.split(",")]
    if len(ports) == 1:
        ports *= max(len(hosts), 1)
    if len(ports) != max(len(hosts), 1):
        what = f"the database URL names {len(hosts)} hosts and {len(ports)} ports"
        raise UrlError(what, where=source, fix="give one port to all, or one to each: host1:5432,host2:5433")
    return list(zip([_host(h.strip(), source) for h in hosts], ports, strict=False))


def _port(text: str, source: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        what = "the port in the database URL is not a number from 1 to 65535"
        fix = "write host:5432; if a password precedes it, percent-encode the password (':' is %3A, '/' is %2F)"
        raise UrlError(what, where=source, fix=fix)
    return int(text)


def _host(text: str, source: str) -> str:
    """``text`` if it can be a name, an address or a socket folder; never quoted, it may be part of a password."""
    if text.startswith(("/", "@")) or _HOST.fullmatch(text) or _is_ipv6(text):
        return text
    if "$" in text or "{" in text:
        what = "the host in the database URL is a variable that nobody has replaced"
        raise UrlError(what, where=source, fix="set the variable, or write the host itself")
    what = "the host in the database URL is neither a name nor an address"
    fix = "percent-encode the password ('@' is %40, '/' is %2F, ':' is %3A) and write IPv6 as [::1]"
    raise UrlError(what, where=source, fix=fix)


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def _address(hosts: list[tuple[str, int | None]], ports: str) -> tuple[str | None, int | None, dict[str, str]]:
    """Host, port and query items in the one spelling of each case that the dialect hands on unchanged.

    A socket folder goes into the query because SQLAlchemy does not encode a host when it renders a URL; so do
    several hosts, with a port for each, because it insists on equal numbers of both.
    """
    if not hosts:
        return None, int(ports) if ports else None, {}
    if len(hosts) == 1:
        [(host, port)] = hosts
        return (None, port, {"host": host}) if host.startswith(("/", "@")) else (host, port, {})
    names, numbers = ",".join(host for host, _ in hosts), ",".join(str(p or DEFAULT_PORT) for _, p in hosts)
    return None, None, {"host": names, "port": numbers}
