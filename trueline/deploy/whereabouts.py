"""Where Alembic's version table and the ledger are, for those who do not execute env.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg

from trueline.catalog.render.words import name
from trueline.errors import TruelineError

#: Schemas that have a table of this name, the likeliest first, and whether it is one that was asked for or is on the
#: search path. The catalog shows every role what there is, also in schemas that the role may not use.
TABLES = """
SELECT n.nspname::text, coalesce(n.nspname IN (%(wanted)s, pg_catalog.current_schema()), false)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = %(table)s AND c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'
ORDER BY n.nspname = %(wanted)s DESC NULLS LAST, n.nspname = pg_catalog.current_schema() DESC NULLS LAST, n.nspname
"""


def schema_of(driver: psycopg.Connection[Any], table: str, wanted: str | None, way: str) -> str | None:
    """The schema that a table of this name is in: the wanted one, else that of the search path, or the only one.

    Args:
        driver: whose transaction is left as it is.
        table: its bare name.
        wanted: what the project, or who asks, has chosen.
        way: how to choose one, with braces for its name.

    Raises:
        TruelineError: there are several, and nothing says which is meant.
    """
    rows = psycopg.Cursor(driver).execute(TABLES, {"table": table, "wanted": wanted}).fetchall()
    return chosen(rows, table, way)


def chosen(rows: Sequence[tuple[Any, ...]], table: str, way: str) -> str | None:
    """The schema among the rows of `TABLES`.

    Raises:
        TruelineError: there are several, and nothing says which is meant.
    """
    if len(rows) > 1 and not rows[0][1]:
        raise TruelineError(
            f"there are {len(rows)} tables {name(table)}, and nothing says which is meant",
            where=tuple(name(schema, table) for schema, _ in rows),
            fix=way.format(rows[0][0]),
        )
    return str(rows[0][0]) if rows else None
