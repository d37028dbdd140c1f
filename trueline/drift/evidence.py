"""What only files tell: models that nobody imports, and models that have not changed since the last revision."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from trueline.catalog.objects import Name
from trueline.finding import Place
from trueline.settings import Settings


def unimported(settings: Settings, root: Path, default_schema: str, models: Mapping[Name, Place]) -> dict[Name, Place]:
    """Tables that the source declares and the models that are imported do not have."""
    # Only here: it loads a parser of its own.
    from trueline.audit.source.project import read_project

    project = read_project(root, settings.exclude)
    found = {(each.schema or default_schema, each.name): each.place for each in project.tables if each.kind != "sql"}
    return {table: place for table, place in found.items() if table not in models}


def unchanged_since(revision: Path, root: Path) -> Callable[[Place], bool | None]:
    """Tells of a model's file whether it is as it was when a revision was written; None where version control cannot.

    A revision that is not in version control yet is compared by the times of the files.
    """
    commit = _git(root, "log", "-1", "--format=%H", "--diff-filter=A", "--", str(revision))

    def answer(place: Place) -> bool | None:
        file = root / place.file
        if commit is None or not place.file:
            return None
        if not commit:
            return _written_before(file, revision)
        known = _git(root, "cat-file", "-e", f"{commit}:./{place.file}")
        changed = _git(root, "diff", "--name-only", commit, "--", str(file))
        return None if known is None or changed is None else not changed

    return answer


def _written_before(file: Path, other: Path) -> bool | None:
    try:
        return file.stat().st_mtime < other.stat().st_mtime
    except OSError:
        return None


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - git itself
    except OSError:
        return None
    return None if done.returncode else done.stdout.strip()
