"""Servers to test on: one that is given, or scratch servers of any version that is here."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from trueline.connect import connect
from trueline.embedded import find_servers, scratch_server
from trueline.errors import TruelineError
from trueline.settings import Target, load_settings, parse_url

VARIABLE = "TRUELINE_TEST_URL"
DEFAULT_VERSION = 18


@dataclass(frozen=True, slots=True)
class Server:
    """A server that tests may create databases on.

    Attributes:
        version: major version.
        address: URL of the database to connect to for creating others.
        scratch: whether it is ours alone, and nothing on it is worth keeping.
    """

    version: int
    address: URL = field(repr=False)
    scratch: bool = True

    def url(self, database: str) -> str:
        """The URL of one of its databases, for SQLAlchemy and for DATABASE_URL."""
        return self.address.set(database=database).render_as_string(hide_password=False)


@contextmanager
def installed_server(version: int) -> Iterator[Server]:
    """A scratch server of this version; skips the test where it is not installed."""
    if version not in find_servers():
        have = ", ".join(map(str, find_servers())) or "none"
        pytest.skip(f"PostgreSQL {version} is not on this machine (found: {have})")
    with scratch_server(version) as server:
        yield Server(version, server.url("postgres"))


def given_server(start: Path, environ: Mapping[str, str] | None = None) -> Server | None:
    """The server in TRUELINE_TEST_URL, such as a service of the CI; its role must be allowed to create databases.

    Raises:
        TruelineError: the URL cannot be read, or nobody answers there.
    """
    text = (os.environ if environ is None else environ).get(VARIABLE, "")
    if not text:
        return None
    url = parse_url(text, source=VARIABLE)
    with connect(Target(url, VARIABLE), load_settings(start)) as connection:
        version = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
    return Server(int(version) // 10000, url, scratch=False)


def chosen_version(config: pytest.Config) -> int:
    """``--trueline-postgres``, else ``trueline_postgres`` of pytest's configuration, else the newest embedded one.

    Raises:
        TruelineError: this version is not here. It was asked for, so the tests must not be skipped.
    """
    version = config.getoption("trueline_postgres") or int(config.getini("trueline_postgres") or DEFAULT_VERSION)
    if version not in find_servers():
        have = ", ".join(map(str, find_servers())) or "none"
        fix = f"pip install 'trueline[embedded]'\nor name a server: export {VARIABLE}=postgresql://…"
        raise TruelineError(f"there is no PostgreSQL {version} to test on (found: {have})", fix=fix)
    return int(version)
