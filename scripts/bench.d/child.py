"""The limit and the reading alone: ``child.py queries|read CONNINFO``."""

from __future__ import annotations

import sys
from pathlib import Path

import psycopg

#: Found without importing trueline: the limit is what a client needs that knows nothing else.
_QUERIES = Path(__file__).parents[2] / "trueline/catalog/queries"

#: Read on demand only.
_WATCHED = {"owner", "grant", "default_privileges"}


def queries(conninfo: str) -> None:
    """Fetch the rows of every query, and do nothing with them."""
    with psycopg.connect(conninfo) as connection:
        major = connection.info.server_version // 10000
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute("SET LOCAL search_path = pg_catalog, pg_temp")
        for entry in _chosen({entry.name: entry.read_bytes() for entry in _QUERIES.iterdir()}, major):
            connection.execute(entry).fetchall()


def _chosen(texts: dict[str, bytes], major: int) -> list[bytes]:
    """Of each kind the text for the highest version that is not above the server's."""
    best: dict[str, tuple[int, bytes]] = {}
    for name, text in texts.items():
        kind, _, version = name.removesuffix(".sql").partition(".")
        if name.endswith(".sql") and kind not in _WATCHED and int(version or 0) <= major:
            best[kind] = max(best.get(kind, (-1, b"")), (int(version or 0), text))
    return [text for _, text in best.values()]


def read(conninfo: str) -> None:
    """Read the catalog as every command does."""
    from trueline.catalog.snapshot import read_catalog

    with psycopg.connect(conninfo) as connection:
        read_catalog(connection)


if __name__ == "__main__":
    {"queries": queries, "read": read}[sys.argv[1]](sys.argv[2])
