"""What the database of a project has by no declaration, for a command that writes the declarations."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from trueline.autogen.compare import compare_project
from trueline.autogen.comparison import Comparison
from trueline.autogen.plan.sides import relation_of
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject
from trueline.checkout import ask_env
from trueline.comparing import project_of
from trueline.declared.discover import discover
from trueline.env import configure_options, open_target
from trueline.errors import TruelineError
from trueline.settings import Settings


@dataclass(frozen=True, slots=True)
class Undeclared:
    """What was found.

    Attributes:
        things: the objects that no declaration made.
        catalog: the reading that they are in.
        metadata: the models' metadata, on which they would have to be declared.
    """

    things: tuple[CatalogObject, ...]
    catalog: Catalog
    metadata: MetaData


def find_undeclared(settings: Settings) -> Undeclared:
    """The objects that no declaration made, and the metadata that they would have to be declared on.

    Args:
        settings: of the project whose models, revisions and database are meant.

    Raises:
        TruelineError: the models cannot be imported, or the database cannot be read.
    """
    root = settings.project or Path.cwd()
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    config = Config(str(root / "alembic.ini")) if (root / "alembic.ini").is_file() else None
    script = ScriptDirectory.from_config(config) if config else None
    asked = ask_env(config, script) if config and script else None
    metadata, options = asked or (models_of(settings, root), {})
    project = project_of(settings, {}, configure_options(metadata, **options), config, script)
    with open_target(settings) as connection:
        found = compare_project(connection, metadata, project)
    return Undeclared((*found.compared.undeclared, *taken_over(found)), found.compared.old, metadata)


def taken_over(found: Comparison) -> Iterator[CatalogObject]:
    """What no model declares, and models need; a table with all that is on it."""
    old = found.compared.old
    named = {thing.key for thing in found.compared.undeclared}
    taken = {key for key in found.declared.undeclared if key in old} - named
    for thing in old:
        place = relation_of(thing)
        if thing.key in taken or (place and ("table", *place) in taken and thing.key not in named):
            yield thing


def models_of(settings: Settings, root: Path) -> MetaData:
    """The metadata of the project's models: that of its package, or what `discover` finds there.

    Raises:
        TruelineError: there is no such package.
    """
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
