"""Everything that a replay follows from: revisions, the files beside them, and what they import of the project."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory

#: What Python and tools leave behind.
_SKIPPED = frozenset({"__pycache__", ".ruff_cache", ".mypy_cache"})

#: The first name of whatever is imported; a line of a docstring that looks like it costs nothing but a digest.
_IMPORT = re.compile(rb"^\s*(?:from|import)\s+([A-Za-z_]\w*)", re.MULTILINE)


def resolved(script: ScriptDirectory, to: str | Sequence[str]) -> tuple[str, ...]:
    """The revisions that a name such as ``heads`` stands for, sorted; none for ``base``.

    Raises:
        CommandError: there is no such revision.
    """
    names = (to,) if isinstance(to, str) else tuple(to)
    found = {each.revision for name in names if name != "base" for each in script.get_revisions(name) if each}
    return tuple(sorted(found))


def revision_sources(
    config: Config, script: ScriptDirectory, options: Mapping[str, Any], heads: Sequence[str]
) -> list[Any]:
    """Plain values that change when a replay up to these heads may: digests of files, and options that revisions see.

    Revisions that lie beside them and are not on the way do not count.
    """
    chosen = {Path(script.get_revision(each).path) for each in _ancestors(script, heads)}
    all_revisions = {Path(each.path).resolve() for each in script.walk_revisions()}
    folders = {Path(script.dir).resolve(), *(Path(each).resolve() for each in script._version_locations)}
    beside = {file for folder in folders for file in _files(folder)} - all_revisions
    texts = [file.read_bytes() for file in (*sorted(chosen), *sorted(beside))]
    packages = sorted({name.decode() for text in texts for name in _IMPORT.findall(text)})
    own = sorted({file for name in packages for file in _package_files(name)})
    digests = [sha256(text).hexdigest() for text in (*texts, *(file.read_bytes() for file in own))]
    table = [options.get("version_table"), options.get("version_table_schema")]
    given = getattr(config.cmd_opts, "x", None) if any(b"get_x_argument" in text for text in texts) else None
    return [list(heads), digests, table, given]


def _ancestors(script: ScriptDirectory, heads: Sequence[str]) -> set[str]:
    """With all that they follow or depend on."""
    found: set[str] = set()
    waiting = list(heads)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += script.get_revision(each)._all_down_revisions
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and path.name not in _SKIPPED:
            yield from _files(path)
        elif path.is_file():
            yield path


def _package_files(name: str) -> list[Path]:
    """The files of a package that belongs to the project: a revision may build on today's models."""
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
    return not any(path.is_relative_to(folder) for folder in _installed())


@cache
def _installed() -> tuple[Path, ...]:
    return tuple(Path(sysconfig.get_path(word)).resolve() for word in ("purelib", "platlib", "stdlib"))
