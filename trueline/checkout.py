"""A project, for commands that Alembic did not start: its alembic.ini, its revisions, and what its env.py says."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from trueline.env import ASKING
from trueline.errors import TruelineError
from trueline.ini import find_config
from trueline.settings import Settings


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a project's files say.

    Attributes:
        config: as ``alembic`` would read it.
        script: the revisions.
        metadata: what env.py gives to `trueline.env.run_migrations`.
        options: what it gives beside that.
    """

    config: Config
    script: ScriptDirectory
    metadata: MetaData
    options: Mapping[str, Any]


def checkout_of(settings: Settings) -> Checkout:
    """The project that the settings are of. Its env.py is executed, and imports the models.

    Raises:
        TruelineError: there is no alembic.ini, or env.py fails, or does not call `trueline.env.run_migrations`.
    """
    root = settings.project or Path.cwd()
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    config = find_config(root)
    script = ScriptDirectory.from_config(config)
    asked = ask_env(config, script)
    if asked is None:
        raise TruelineError(
            "env.py does not call run_migrations of trueline.env",
            where=str(script.env_py_location),
            fix="trueline init   # shows what env.py has to be",
        )
    return Checkout(config, script, *asked)


def ask_env(config: Config, script: ScriptDirectory) -> tuple[MetaData, Mapping[str, Any]] | None:
    """What env.py gives to `run_migrations`; None where it does not call that.

    Raises:
        TruelineError: env.py, or what it imports, fails.
    """
    given: list[tuple[MetaData, Mapping[str, Any]]] = []
    file = Path(script.env_py_location)
    if "trueline" not in _text(file):
        return None
    config.attributes[ASKING] = lambda *those: given.append(those)
    try:
        with EnvironmentContext(config, script):
            script.run_env()
    except TruelineError:
        raise
    except Exception as error:
        raise TruelineError(
            f"env.py cannot be run: {type(error).__name__}: {error}",
            where=str(file),
            fix="alembic check   # shows the whole traceback",
        ) from error
    finally:
        del config.attributes[ASKING]
    return given[0] if given else None


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""
