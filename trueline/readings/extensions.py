"""What a server can install."""

from __future__ import annotations

from typing import Any

import psycopg


def available_extensions(driver: psycopg.Connection[Any]) -> list[list[str]]:
    """What the server has to install, with the version that it would."""
    with driver.transaction(force_rollback=True):
        query = "SELECT name::text, default_version FROM pg_catalog.pg_available_extensions ORDER BY 1"
        return [list(row) for row in psycopg.Cursor(driver).execute(query)]
