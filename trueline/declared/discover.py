"""Import every module that declares models, so that the metadata is whole."""

from __future__ import annotations

import importlib
import re
import sys
import traceback
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from sqlalchemy import MetaData

from trueline.declared.guards import verify
from trueline.declared.metadata import metadata
from trueline.errors import TruelineError


class DiscoveryError(TruelineError):
    """A module of models that cannot be imported."""


def discover(package: str) -> MetaData:
    """Import ``package`` and every module below it, and look at all tables together.

    Args:
        package: dotted name, such as ``app.models``; a single module will do.

    Returns:
        The one metadata.

    Raises:
        DiscoveryError: a module cannot be found or fails while it is imported; names it and the place.
        TruelineError: what a class in it was refused for, or what `verify` finds.
    """
    for name in _names(_load(package)):
        _load(name)
    return verify(metadata)


def _names(module: ModuleType) -> Iterator[str]:
    """The modules below ``module``, each after its package, in alphabetical order."""
    paths = list(getattr(module, "__path__", ()))
    found = {info.name: info for info in iter_modules(paths)}
    folders = {entry.name for path in paths for entry in _folders(Path(path))}
    for name in sorted(found.keys() | folders):
        if name == "__main__":
            continue
        full = f"{module.__name__}.{name}"
        yield full
        if name in folders or found[name].ispkg:
            yield from _names(_load(full))


def _folders(path: Path) -> list[Path]:
    """Folders that hold modules: packages, also those without ``__init__.py``."""
    if not path.is_dir():
        return []
    return [f for f in path.iterdir() if f.is_dir() and f.name.isidentifier() and any(f.rglob("*.py"))]


def _load(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except TruelineError:
        raise
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(f"{error.name}.")):
            raise _missing(name, error.name) from error
        raise _failed(name, error) from error
    except Exception as error:
        raise _failed(name, error) from error


def _missing(name: str, part: str) -> DiscoveryError:
    parent = part.rpartition(".")[0]
    searched = "" if parent and find_spec(parent) else f"; searched: {', '.join(p or '.' for p in sys.path)}"
    return DiscoveryError(
        f"module {name} cannot be imported: there is no {part}{searched}",
        fix="[alembic]\nprepend_sys_path = .   # in alembic.ini: the folder that the package lies in",
    )


def _failed(name: str, error: Exception) -> DiscoveryError:
    return DiscoveryError(
        f"module {name} cannot be imported: {type(error).__name__}: {_without_password(str(error))}",
        where=_place(name, error),
        fix=f'python -c "import {name}"   # shows the whole traceback',
    )


def _without_password(text: str) -> str:
    """``text`` with every password in an address taken out: what a module raises is not ours to trust."""
    return re.sub(r"(://[^\s:/@]*:)[^\s@]*@|(\bpassword\s*=\s*)('[^']*'|\S+)", _masked, text, flags=re.IGNORECASE)


def _masked(match: re.Match[str]) -> str:
    return f"{match[1]}***@" if match[1] else f"{match[2]}***"


def _place(name: str, error: Exception) -> tuple[str, ...]:
    """The last line of the user's own code that was executing; a syntax error knows its own."""
    if isinstance(error, SyntaxError) and error.filename:
        return (f"{error.filename}:{error.lineno}",)
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if f.filename != __file__ and not f.filename.startswith("<")]
    mine = [f for f in own if "site-packages" not in f.filename and not f.filename.startswith(sys.base_prefix)]
    return tuple(f"{f.filename}:{f.lineno} (in {f.name})" for f in (mine or own)[-1:]) or (f"module {name}",)
