"""A project's own history, replayed by stock Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from trueline.errors import TruelineError


def upgrade(url: str, ini: Path) -> None:
    """Run ``alembic upgrade head`` on a database.

    Raises:
        TruelineError: there is no such configuration, or a revision fails.
    """
    if not ini.is_file():
        fix = "trueline init\nor name it in pytest's configuration: trueline_alembic = path/to/alembic.ini"
        raise TruelineError(
            "there is no Alembic configuration to bring the test database to head", where=str(ini), fix=fix
        )
    config = Config(str(ini))
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
