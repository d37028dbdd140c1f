"""How databases are made and servers are run. Given on the command line: the data's own files stay stock."""

from __future__ import annotations

from pathlib import Path

from trueline.embedded.place import PORT

_ALWAYS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_line_prefix": "%m [%p] %d ",
}
#: What makes a server forget when the machine goes down, and quick while it is up.
#: https://www.postgresql.org/docs/current/non-durability.html
_SCRATCH = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "512MB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "shared_buffers": "32MB",
}


def server_options(socket_dir: Path, *, durable: bool) -> list[str]:
    """Arguments for ``postgres``."""
    chosen = {**_ALWAYS, **({} if durable else _SCRATCH), "unix_socket_directories": str(socket_dir)}
    return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]


def initdb_options(version: int, *, durable: bool) -> list[list[str]]:
    """Arguments for ``initdb``, in the order to try.

    Text is UTF-8 and sorts by code point everywhere; letters of every script have an upper case. PostgreSQL 17
    brings that itself, before it the system must have the locale; without it, only ASCII letters have one.
    """
    common = ["--username=postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--no-instructions"]
    common += [] if durable else ["--no-sync", "--wal-segsize=1"]
    if version >= 17:
        return [[*common, "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]
    return [[*common, "--locale=C", "--lc-ctype=C.UTF-8"], [*common, "--locale=C"]]
