"""Alembic's configuration, for those whom Alembic did not start: found as ``alembic`` finds it."""

from __future__ import annotations

import os
from pathlib import Path

from alembic.config import Config

from trueline.errors import TruelineError


def find_config(folder: Path, file: str | Path | None = None) -> Config:
    """The configuration of a project.

    Args:
        folder: that ``alembic`` would be called in.
        file: alembic.ini, or a pyproject.toml with ``[tool.alembic]``; by default what ``ALEMBIC_CONFIG`` names, or
            alembic.ini.

    Raises:
        TruelineError: there is none.
    """
    named = folder / (file or os.environ.get("ALEMBIC_CONFIG") or "alembic.ini")
    toml = named.with_name("pyproject.toml")
    ini = named.with_name("alembic.ini") if named == toml else named
    if not ini.is_file() and not _is_configured_in(toml):
        raise TruelineError(
            "there is no alembic.ini here",
            where=str(named.absolute()),
            fix="cd into the project, or name the file: export ALEMBIC_CONFIG=/path/to/alembic.ini",
        )
    return Config(str(ini), toml_file=str(toml) if toml.is_file() else None)


def _is_configured_in(toml: Path) -> bool:
    return toml.is_file() and "[tool.alembic]" in toml.read_text(encoding="utf-8")
