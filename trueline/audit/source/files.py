"""Which files of a project are read, and what each is for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from trueline.audit.source.facts import Role

#: Folders that hold nothing of the project's own; so do hidden ones and virtual environments.
SKIPPED = frozenset(["node_modules", "__pycache__", "site-packages", "build", "dist", "venv", "env.bak"])

_REVISION = re.compile(rb"^(?:down_)?revision\b", re.MULTILINE)


def find_files(root: Path, exclude: Sequence[str] = (), within: str = "") -> Iterator[str]:
    """Python and SQL below a folder, relative to it, sorted.

    Args:
        root: the folder.
        exclude: patterns of paths, as ``examples/*``.
        within: what stands before a path where it is held against a pattern: ``app/``.
    """
    for folder, below, names in os.walk(root):
        here = Path(folder)
        below[:] = sorted(name for name in below if not _skipped(here / name))
        for name in sorted(names):
            path = (here / name).relative_to(root).as_posix()
            if name.endswith((".py", ".sql")) and not any(fnmatchcase(within + path, pattern) for pattern in exclude):
                yield path


def _skipped(folder: Path) -> bool:
    name = folder.name
    return name in SKIPPED or name.startswith(".") or name.endswith(".egg-info") or (folder / "pyvenv.cfg").is_file()


def role_of(path: str, content: bytes) -> Role:
    """What a file is for, by its name and by what Alembic looks for in it."""
    where = PurePosixPath(path)
    if {"tests", "test"} & set(where.parts[:-1]) or where.name == "conftest.py" or _is_test(where.stem):
        return "test"
    if "versions" in where.parts[:-1] and _REVISION.search(content):
        return "revision"
    if where.name == "env.py" and (b"alembic" in content or b"run_migrations" in content):
        return "env"
    return "code"


def _is_test(stem: str) -> bool:
    return stem.startswith("test_") or stem.endswith("_test")


def packages_above(root: Path) -> tuple[str, ...]:
    """The packages that a folder lies in, itself included: only a part of a project may be looked at."""
    here = root.resolve()
    if not (here / "__init__.py").is_file() or here == here.parent:
        return ()
    return (*packages_above(here.parent), here.name)


def module_name(path: str, above: tuple[str, ...] = ()) -> str:
    """The dotted name by which a file is imported: from the root, or from ``src``.

    Args:
        path: relative to the root.
        above: packages that the root lies in.
    """
    parts = (*above, *PurePosixPath(path).with_suffix("").parts)
    if "src" in parts[:-1]:
        parts = parts[parts.index("src") + 1 :]
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
