"""Where Alembic's version table and the ledger are, for those who do not execute env.py."""

from __future__ import annotations

from typing import Any

import psycopg

# The catalog shows every role what there is, also in schemas that the role may not use.
TABLES = """
SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = %(table)s AND c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'
ORDER BY n.nspname = %(wanted)s DESC NULLS LAST, n.nspname = pg_catalog.current_schema() DESC NULLS LAST, n.nspname
LIMIT 1
"""


def schema_of(driver: psycopg.Connection[Any], table: str, wanted: str | None) -> str | None:
    """The schema that a table of this name is in: the one that the project has chosen, else that of the search path.

    Args:
        driver: whose transaction is left as it is.
        table: its bare name.
        wanted: what the project has chosen.
    """
    row = psycopg.Cursor(driver).execute(TABLES, {"table": table, "wanted": wanted}).fetchone()
    return str(row[0]) if row else None
