"""What the database of a project has by no declaration, for a command that writes the declarations."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from trueline.autogen.compare import compare_project
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject
from trueline.declared.discover import discover
from trueline.env import configure_options, open_target, project_of
from trueline.errors import TruelineError
from trueline.settings import Settings


def find_undeclared(settings: Settings) -> tuple[tuple[CatalogObject, ...], Catalog]:
    """The objects that no declaration made, and the catalog that they are in.

    Args:
        settings: of the project whose models, revisions and database are meant.

    Raises:
        TruelineError: the models cannot be imported, or the database cannot be read.
    """
    root = settings.project or Path.cwd()
    metadata = models_of(settings, root)
    config = Config(str(root / "alembic.ini")) if (root / "alembic.ini").is_file() else None
    script = ScriptDirectory.from_config(config) if config else None
    project = project_of(settings, {}, configure_options(metadata), config, script)
    with open_target(settings) as connection:
        found = compare_project(connection, metadata, project)
    return found.compared.undeclared, found.compared.old


def models_of(settings: Settings, root: Path) -> MetaData:
    """The metadata of the project's models: that of its package, or what `discover` finds there.

    Raises:
        TruelineError: there is no such package.
    """
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    try:
        given = getattr(import_module(settings.models), "metadata", None)
    except ModuleNotFoundError as error:
        if error.name is None or not settings.models.startswith(error.name):
            raise
        raise TruelineError(
            f"the models' package {settings.models} is not there",
            where=str(root),
            fix='[tool.trueline]\nmodels = "your.package"   # in pyproject.toml',
        ) from None
    return given if isinstance(given, MetaData) else discover(settings.models)
