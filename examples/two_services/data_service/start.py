"""Run every file of SQL, at every start."""

import os
from pathlib import Path

import psycopg

DATABASE = os.environ.get("DATA_DATABASE_URL", "postgresql://data@localhost:5432/tools")


def start() -> None:
    """Create what is missing, and the packages."""
    with psycopg.connect(DATABASE) as connection:
        for file in sorted(Path("sql").glob("*.sql")):
            connection.execute(file.read_bytes())
