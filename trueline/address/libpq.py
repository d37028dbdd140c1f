"""libpq's connection options, and what the options of other drivers are called there.

Which options exist is asked of the libpq that psycopg has loaded.
https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
"""

from __future__ import annotations

import math
import os
import posixpath
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from trueline.errors import TruelineError

if TYPE_CHECKING:
    from psycopg.pq import ConninfoOption

Value = str | int | None
#: Arguments for ``psycopg.connect`` by name; a tuple so that who holds them can be frozen.
Arguments = tuple[tuple[str, Value], ...]

#: libpq's own marks for secrets differ from version to version.
SECRETS = frozenset({"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"})

#: `ssl` of asyncpg and `sslmode` of node-postgres in libpq's words; what is missing here is spelt alike.
_SSLMODES = {"true": "require", "1": "require", "no-verify": "require", "false": "disable", "0": "disable"}

#: psycopg's own option, asyncpg's caches and Prisma's switch: all say whether statements may be prepared.
_PREPARING = frozenset({"prepare_threshold", "prepared_statement_cache_size", "statement_cache_size", "pgbouncer"})

#: Options of other drivers, frameworks and poolers that do not change which database is meant, or how safely.
_DROPPED = frozenset({
    "async_", "async_fallback", "autocommit", "binary_parameters", "command_timeout",
    "conn_health_checks", "conn_max_age", "connection_limit", "default_query_exec_mode", "direct_tls",
    "encoding", "max_cacheable_statement_size", "max_cached_statement_lifetime", "max_overflow", "pool",
    "pool_max_conns", "pool_min_conns", "pool_pre_ping", "pool_recycle", "pool_size", "pool_timeout",
    "prepared_statement_name_func", "prepared_statements", "reaping_frequency", "schema",
    "socket_timeout", "ssl_context", "sslaccept", "statement_cache_capacity", "supa", "tcp_keepalive",
    "uselibpqcompat",
})  # fmt: skip


class UrlError(TruelineError):
    """A database URL, or a piece of one, that cannot be used. Never quotes what it could not read."""


@dataclass(frozen=True, slots=True)
class Translated:
    """Connection options, sorted.

    Attributes:
        options: libpq's, secrets left out.
        secrets: libpq's secrets.
        arguments: what ``psycopg.connect`` takes besides libpq's.
        notes: what was renamed or dropped, one sentence each.
    """

    options: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict, repr=False)
    arguments: dict[str, Value] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def translate(given: Mapping[str, str], source: str) -> Translated:
    """Sort options into what libpq and psycopg call them; empty ones count as not given.

    Raises:
        UrlError: neither libpq nor another driver has such an option.
    """
    given = {name: value for name, value in given.items() if value}
    result = Translated()
    for name, value in given.items():
        if name in SECRETS:
            result.secrets[name] = value
        elif name in _keywords():
            result.options[name] = _SSLMODES.get(value, value) if name == "sslmode" else value
        elif name in _RENAMED:
            _rename(name, value, given, result)
        elif name in _PREPARING:
            _prepare(name, value, result)
        elif name in _DROPPED:
            result.notes.append(f"{name} is dropped: psycopg has no such option")
        else:
            raise _unknown(name, source)
    return result


def is_known(name: str) -> bool:
    """Whether `translate` takes an option of this name."""
    return name in SECRETS | _RENAMED.keys() | _PREPARING | _DROPPED or name in _keywords()


def keyword_value(text: str) -> dict[str, str] | None:
    """The options in libpq's ``keyword=value`` form, or None where libpq cannot read it."""
    _defaults()  # says so if there is no libpq
    from psycopg import ProgrammingError, conninfo

    try:
        found = conninfo.conninfo_to_dict(text)
    except ProgrammingError:  # its message quotes the text
        return None
    return {name: str(value) for name, value in found.items()}


def _rename(name: str, value: str, given: Mapping[str, str], result: Translated) -> None:
    keyword, convert = _RENAMED[name]
    if keyword in given:
        result.notes.append(f"{name} is dropped: {keyword} is given too")
    else:
        result.options[keyword] = convert(value)
        result.notes.append(f"{name} is called {keyword} here")


def _prepare(name: str, value: str, result: Translated) -> None:
    """Nothing is prepared behind a transaction pooler; all else is left to psycopg."""
    never = {"prepare_threshold": "none", "pgbouncer": "true"}.get(name, "0")
    if value.lower() == never:
        result.arguments["prepare_threshold"] = None
        result.notes.append(f"{name}={value} is called prepare_threshold=None here")
    elif name == "prepare_threshold" and value.isdecimal():
        result.arguments["prepare_threshold"] = int(value)
    else:
        result.notes.append(f"{name} is dropped: psycopg has no such option")


def _seconds(value: str) -> str:
    """Whole seconds, which is all that libpq takes; what is no number is left for libpq to refuse."""
    try:
        return str(math.ceil(float(value)))
    except (ValueError, OverflowError):
        return value


def _socket_folder(value: str) -> str:
    """pg8000 names the socket itself, libpq the folder that it is in."""
    return posixpath.dirname(value) if posixpath.basename(value).startswith(".s.PGSQL.") else value


_RENAMED: dict[str, tuple[str, Callable[[str], str]]] = {
    "ssl": ("sslmode", lambda value: _SSLMODES.get(value, value)),
    "timeout": ("connect_timeout", _seconds),
    "unix_sock": ("host", _socket_folder),
}


def _unknown(name: str, source: str) -> UrlError:
    near = get_close_matches(name, [*_keywords(), *_RENAMED], n=1)
    fix = f"did you mean {near[0]}?" if near else "remove it, or percent-encode the password ('?' is %3F)"
    return UrlError(f"libpq has no connection option {name!r}", where=source, fix=fix)


@cache
def _keywords() -> frozenset[str]:
    return frozenset(option.keyword.decode() for option in _defaults())


def _defaults() -> list[ConninfoOption]:
    try:
        from psycopg import pq
    except ImportError:
        what = "psycopg is installed, but there is no libpq for it to use"
        raise TruelineError(what, fix="pip install 'psycopg[binary]'") from None
    return pq.Conninfo.get_defaults()


def default_of(keyword: str) -> str:
    """What libpq takes where nothing is given: from its variable, from the account, or built in; "" for nothing."""
    return next((o.val.decode() for o in _defaults() if o.keyword.decode() == keyword and o.val), "")


def taken_from_environment(given: Collection[str]) -> list[tuple[str, str]]:
    """Options that libpq takes from its own variables (``PGSSLMODE`` …), being set and not in ``given``."""
    found = []
    for option in _defaults():
        name, variable = option.keyword.decode(), (option.envvar or b"").decode()
        if variable and os.environ.get(variable) and name not in given:
            found.append((name, variable))
    return found
