"""What ``--sql`` writes, run as psql would: a statement at a time, each in its own right."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from trueline.catalog.catalog import Catalog
from trueline.catalog.render.words import name
from trueline.errors import TruelineError
from trueline.failure import lost
from trueline.readings.replay import Replay
from trueline.scratch.session import driver_of


def run_offline(replay: Replay, start: str, statements: Sequence[str]) -> Catalog:
    """The catalog after these statements.

    Args:
        replay: of a database at ``start``.
        start: where the script begins.
        statements: see `Replay.offline_statements`.

    Raises:
        TruelineError: PostgreSQL refuses one of them.
    """
    replay.connection.rollback()
    driver = driver_of(replay.connection)
    was = driver.autocommit
    driver.autocommit = True
    try:
        if start == "base":  # the script makes Alembic's own table, which a way down has left
            driver.execute(f"DROP TABLE IF EXISTS {_version_table(replay)}".encode())
        for statement in statements:
            driver.execute(statement.encode())
    except psycopg.Error as error:
        if (gone := lost(error)) is not None:
            raise gone from None
        words = error.diag.message_primary or str(error).strip()
        raise TruelineError(f"what --sql writes does not run: {words} [{error.sqlstate}]") from None
    finally:
        if not driver.closed:
            driver.rollback()
            driver.autocommit = was
    return replay.read()


def _version_table(replay: Replay) -> str:
    place = (replay.options.get("version_table_schema"), replay.options.get("version_table", "alembic_version"))
    return name(*(part for part in place if part))
