"""A project as ``trueline init`` finds it: where its code, its models and its migrations are, or will be."""

from __future__ import annotations

import configparser
import keyword
import os
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from trueline.errors import TruelineError

DEFAULT_MODELS = "app.models"


@dataclass(frozen=True, slots=True)
class Project:
    """The surroundings that every text depends on. Paths are relative to ``directory``.

    Attributes:
        models: dotted name of the package (or module) that declares the models.
        source: the folder that is put on Python's path: ``.`` or ``src``.
        migrations: the folder of env.py.
        pyproject: the parsed pyproject.toml; empty when there is none.
        embedded: whether the embedded PostgreSQL is chosen, in the section or just now.
    """

    directory: Path
    models: str
    source: PurePosixPath
    migrations: PurePosixPath
    pyproject: dict[str, Any]
    embedded: bool

    @property
    def section(self) -> dict[str, Any] | None:
        """``[tool.trueline]``, or None where there is no such section."""
        return _section(self.pyproject)

    @property
    def models_folder(self) -> PurePosixPath:
        """Where the package of the models is."""
        return self.source.joinpath(*self.models.split("."))

    def has(self, path: PurePosixPath | str) -> bool:
        """Whether something is there, be it a link that leads nowhere."""
        return os.path.lexists(self.directory / path)

    def read(self, path: PurePosixPath | str) -> str:
        """The text of a file, line ends as they are; empty when there is none.

        Raises:
            TruelineError: it cannot be read, or is not text.
        """
        return read_text(self.directory / path)


def look_at(directory: Path, models: str | None, *, embedded: bool) -> Project:
    """Read what decides the texts, and refuse what cannot work.

    Raises:
        TruelineError: no such folder, no permission, a name that cannot be imported, a broken file.
    """
    directory = _folder(directory)
    pyproject = _toml(directory / "pyproject.toml")
    section = _section(pyproject) or {}
    name = importable(models or str(section.get("models", DEFAULT_MODELS)))
    source = _source(directory, name.partition(".")[0])
    return Project(
        directory=directory,
        models=name,
        source=source,
        migrations=_migrations(directory, pyproject),
        pyproject=pyproject,
        embedded=embedded or bool(section.get("embedded")),
    )


def importable(name: str) -> str:
    """``name``, if it can be imported and is no part of Python itself.

    Raises:
        TruelineError: it cannot, or hides a module of Python.
    """
    parts = name.split(".")
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        raise TruelineError(
            f"{name!r} is not the dotted name of a package", where="--models", fix=f"--models {DEFAULT_MODELS}"
        )
    if parts[0] in sys.stdlib_module_names or parts[0] in {"alembic", "sqlalchemy", "sqlmodel", "trueline"}:
        raise TruelineError(
            f"a package {parts[0]!r} would hide the one of that name which is installed already",
            where="--models",
            fix=f"--models {DEFAULT_MODELS}",
        )
    return name


def read_text(file: Path) -> str:
    """The text of a file, line ends as they are; empty when there is none.

    Raises:
        TruelineError: it cannot be read, or is not text.
    """
    try:
        return file.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise TruelineError(f"{file.name} cannot be read: {error.strerror}", where=str(file)) from None
    except UnicodeDecodeError:
        raise TruelineError(f"{file.name} is not UTF-8 text", where=str(file)) from None


def _folder(directory: Path) -> Path:
    try:
        found = directory.resolve()
        if found.is_dir():
            list(found.iterdir())
            return found
    except OSError as error:
        what = f"the folder cannot be looked into: {error.strerror}"
        raise TruelineError(what, where=str(directory), fix=f"chmod u+rwx '{directory}'") from None
    if found.exists():
        raise TruelineError("this is a file, not a folder", where=str(found), fix=f"--directory '{found.parent}'")
    raise TruelineError("there is no such folder", where=str(found), fix=f"mkdir -p '{found}'")


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(file))
    except tomllib.TOMLDecodeError as error:
        raise TruelineError(f"pyproject.toml is not TOML: {error}", where=str(file)) from None


def _section(pyproject: dict[str, Any]) -> dict[str, Any] | None:
    tool = pyproject.get("tool")
    section = tool.get("trueline") if isinstance(tool, dict) else None
    return section if isinstance(section, dict) else None


def _source(directory: Path, top: str) -> PurePosixPath:
    """``src`` where the package lies below it, else the project's own folder."""
    here, below = ((folder / top, folder / f"{top}.py") for folder in (directory, directory / "src"))
    in_src = any(path.exists() for path in below) and not any(path.exists() for path in here)
    return PurePosixPath("src" if in_src else ".")


def _migrations(directory: Path, pyproject: dict[str, Any]) -> PurePosixPath:
    """Where Alembic looks: what alembic.ini or ``[tool.alembic]`` says, else ``migrations``."""
    alembic = pyproject.get("tool", {}).get("alembic", {})
    written = read_ini(directory / "alembic.ini").get("alembic", "script_location", fallback=None)
    location = str(written or alembic.get("script_location") or "migrations")
    if ":" in location and "/" not in location:  # package:folder
        location = location.replace(".", "/").replace(":", "/")
    path = (directory / location.replace("%(here)s", str(directory))).resolve()
    if not path.is_relative_to(directory) or path == directory:
        raise TruelineError(
            f"script_location = {location} leads out of the project",
            where=str(directory / "alembic.ini"),
            fix="[alembic]\nscript_location = %(here)s/migrations",
        )
    return PurePosixPath(path.relative_to(directory))


def read_ini(file: Path) -> configparser.RawConfigParser:
    """An ini file, its values as they are written.

    Raises:
        TruelineError: it is no ini file.
    """
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(read_text(file))
    except configparser.Error as error:
        raise TruelineError(f"{file.name} is not an ini file: {error.message}", where=str(file)) from None
    return parser
