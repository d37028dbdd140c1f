"""The connection."""

import os

from sqlalchemy import create_engine

from auth_service.tables import metadata

HOST = os.getenv("POSTGRES_HOST", "localhost")
ENGINE = create_engine(f"postgresql+psycopg://auth@{HOST}/tools")


def start() -> None:
    """Create what is missing."""
    metadata.create_all(ENGINE)
