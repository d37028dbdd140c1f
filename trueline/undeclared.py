"""What the database of a project has by no declaration, for a command that writes the declarations."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from trueline.autogen.compare import compare_project
from trueline.autogen.comparison import Comparison
from trueline.autogen.plan.sides import relation_of
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject
from trueline.comparing import project_of
from trueline.declared.discover import discover
from trueline.env import ASKING, configure_options, open_target
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
    asked = _asked(config, script) if config and script else None
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


def _asked(config: Config, script: ScriptDirectory) -> tuple[MetaData, Mapping[str, Any]] | None:
    """What env.py gives to `run_migrations`; None where it does not call that.

    Raises:
        TruelineError: env.py, or what it imports, fails.
    """
    given: list[tuple[MetaData, Mapping[str, Any]]] = []
    file = Path(script.env_py_location)
    if not file.is_file() or "trueline" not in file.read_text(encoding="utf-8"):
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
