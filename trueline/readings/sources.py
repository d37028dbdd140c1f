"""Everything that a replay follows from: revisions, the files beside them, and what they import of the project."""

from __future__ import annotations

import ast
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory

#: What Python and editors leave behind.
_SKIPPED = frozenset({"__pycache__", ".ruff_cache", ".mypy_cache"})


def revision_sources(config: Config, script: ScriptDirectory, options: Mapping[str, Any]) -> list[Any]:
    """Plain values that change when the replay may: digests of files, and the options that revisions can see."""
    folders = {Path(script.dir).resolve(), *(Path(each).resolve() for each in script._version_locations)}
    files = sorted({file for folder in folders for file in _files(folder)})
    texts = {file: file.read_bytes() for file in files}
    own = sorted({file for text in texts.values() for file in _imported(text)} - texts.keys())
    table = [options.get("version_table"), options.get("version_table_schema")]
    given = getattr(config.cmd_opts, "x", None) if any(b"get_x_argument" in text for text in texts.values()) else None
    digests = [sha256(text).hexdigest() for text in (*texts.values(), *(file.read_bytes() for file in own))]
    return [digests, table, given]


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in _SKIPPED:
            yield from _files(path)
        elif path.is_file():
            yield path


def _imported(text: bytes) -> Iterator[Path]:
    """The files of the project's own packages that a module imports from: a revision may build on today's models."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for name in {name.partition(".")[0] for node in ast.walk(tree) for name in _names(node)}:
        yield from _package_files(name)


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module


def _package_files(name: str) -> list[Path]:
    if name in sys.stdlib_module_names or name == "trueline":
        return []
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return []
    if spec is None:
        return []
    if spec.submodule_search_locations:
        folders = [Path(each).resolve() for each in spec.submodule_search_locations]
        return [file for folder in folders if _is_own(folder) for file in _files(folder)]
    return [Path(spec.origin)] if spec.origin and _is_own(Path(spec.origin).resolve()) else []


def _is_own(path: Path) -> bool:
    """Whether it was written here, and not installed."""
    installed = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), sysconfig.get_path("stdlib"))
    return not any(path.is_relative_to(Path(each).resolve()) for each in installed)
