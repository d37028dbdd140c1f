"""What of the live session has to hold in a scratch database, so that the same words mean the same there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg
from psycopg.rows import tuple_row
from sqlalchemy import Connection

from trueline.catalog.render.words import literal, name
from trueline.errors import TruelineError

#: What decides where an unqualified name leads, and which value a literal of a default or a check has.
_CARRIED = ("search_path", "TimeZone", "DateStyle", "IntervalStyle", "default_toast_compression")

_QUERY = """
    SELECT current_schema(), session_user, to_regnamespace('public') IS NOT NULL,
        (SELECT to_jsonb(d) || jsonb_build_object('encoding', pg_encoding_to_char(d.encoding))
           FROM pg_catalog.pg_database d WHERE datname = current_database()),
        ARRAY(SELECT current_setting(given) FROM unnest(%s::text[]) AS given),
        ARRAY(SELECT rolname::text FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_' ORDER BY 1),
        ARRAY(SELECT ARRAY[e.extname::text, n.nspname::text] FROM pg_catalog.pg_extension e
              JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace ORDER BY 1),
        ARRAY(SELECT nspname::text FROM pg_catalog.pg_namespace
              WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1)
"""


@dataclass(frozen=True, slots=True)
class Session:
    """The surroundings of a connection.

    Attributes:
        version: major version of the server.
        schema: where an unqualified name is created; None where nowhere.
        user: the role that has logged in.
        public: whether there is a schema of that name.
        settings: names and values, ``search_path`` among them.
        locale: encoding and locale of the database, as in ``pg_database``.
        roles: of the server, without PostgreSQL's own.
        extensions: names and schemas of those that the database has.
        schemas: of the database, without PostgreSQL's own.
    """

    version: int
    schema: str | None
    user: str
    public: bool
    settings: tuple[tuple[str, str], ...]
    locale: dict[str, Any] = field(repr=False, compare=False)
    roles: tuple[str, ...] = field(default=(), repr=False)
    extensions: tuple[tuple[str, str], ...] = ()
    schemas: tuple[str, ...] = ()

    @property
    def search_path(self) -> str:
        """As ``SHOW search_path`` prints it."""
        return dict(self.settings)["search_path"]

    def identity(self) -> list[Any]:
        """Plain values for all that a reading can follow from, wherever it is made."""
        return [self.version, self.schema, self.public, self.extensions, self.schemas, self.elsewhere().settings]

    def elsewhere(self) -> Session:
        """The same for a role of another name: ``$user`` means the one that has logged in here."""
        user = name(self.user)
        path = re.sub(r'"\$user"|\$user\b', lambda _: user, self.search_path)
        return self.on_path(path)

    def on_path(self, search_path: str) -> Session:
        """The same with another search path."""
        return replace(self, settings=tuple({**dict(self.settings), "search_path": search_path}.items()))


def session_of(live: Connection) -> Session:
    """The surroundings of a live connection. Begins no transaction that stays.

    Raises:
        TruelineError: it is no connection of psycopg 3.
    """
    driver = driver_of(live)
    with driver.transaction(force_rollback=True):
        row = psycopg.Cursor(driver, row_factory=tuple_row).execute(_QUERY, [list(_CARRIED)]).fetchone()
    if row is None:
        raise AssertionError("a SELECT without FROM gives one row")
    schema, user, public, locale, values, roles, extensions, schemas = row
    settings = tuple(zip(_CARRIED, values, strict=True))
    named = tuple((each[0], each[1]) for each in extensions)
    version = driver.info.server_version // 10000
    return Session(version, schema, user, public, settings, locale, tuple(roles), named, tuple(schemas))


def driver_of(live: Connection) -> psycopg.Connection[Any]:
    """The driver's connection.

    Raises:
        TruelineError: it is not psycopg 3's.
    """
    driver = live.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        found = type(driver).__module__.partition(".")[0]
        raise TruelineError(
            f"trueline works through psycopg 3, not {found}", fix="use postgresql+psycopg:// in the URL"
        )
    return driver


def locale_words(locale: dict[str, Any]) -> str:
    """What CREATE DATABASE takes for the same encoding and locale.

    https://www.postgresql.org/docs/current/sql-createdatabase.html
    """
    words = f"ENCODING {literal(locale['encoding'])} LC_COLLATE {literal(locale['datcollate'])}"
    words += f" LC_CTYPE {literal(locale['datctype'])}"
    chosen = locale.get("datlocale") or locale.get("daticulocale")
    provider = locale.get("datlocprovider")
    if provider == "i":
        words += f" LOCALE_PROVIDER icu ICU_LOCALE {literal(chosen or '')}"
        words += f" ICU_RULES {literal(locale['daticurules'])}" if locale.get("daticurules") else ""
    elif provider == "b":
        words += f" LOCALE_PROVIDER builtin BUILTIN_LOCALE {literal(chosen or '')}"
    elif provider == "c":
        words += " LOCALE_PROVIDER libc"
    return words


def plain_words(locale: dict[str, Any]) -> str:
    """The same encoding, with the locale that every server has."""
    return f"ENCODING {literal(locale['encoding'])} LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc"
