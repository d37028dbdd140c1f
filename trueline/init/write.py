"""Carries a plan out. Nothing is ever overwritten: a file is created new, or lines go to its end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trueline.errors import TruelineError
from trueline.init.parts import File
from trueline.init.plan import Plan


def write(plan: Plan) -> None:
    """Create the files and add the lines. Where it fails, a second run goes on from there.

    Raises:
        TruelineError: a file stands where a folder is wanted, no permission, or no space.
    """
    directory = plan.project.directory
    for file in plan.files:
        with _explained(directory / file.path) as path:
            _refuse_blocked(directory, path)
    for file in plan.files:
        with _explained(directory / file.path) as path:
            _create(path, file)
    for addition in plan.additions:
        with _explained(directory / addition.path) as path, path.open("ab") as out:
            out.write(addition.text.encode())


@contextmanager
def _explained(path: Path) -> Iterator[Path]:
    try:
        yield path
    except OSError as error:
        what = f"{path.name} cannot be written: {error.strerror}"
        fix = "put that right and run it again; what is there already is kept"
        raise TruelineError(what, where=str(path), fix=fix) from None


def _refuse_blocked(directory: Path, path: Path) -> None:
    for parent in path.parents:
        if parent == directory:
            return
        if parent.is_file():
            raise TruelineError(
                f"{path.relative_to(directory)} cannot be created: {parent.relative_to(directory)} is a file",
                where=str(parent),
                fix=f"mv '{parent}' '{parent}.old'",
            )


def _create(path: Path, file: File) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = 0o777 if file.executable else 0o666  # less what the umask takes away
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as out:
        out.write(file.text.encode())
