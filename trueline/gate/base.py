"""What git knows of revisions in the state that a change is made for."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trueline.deploy.source import digest_of, source_digest
from trueline.errors import TruelineError


@dataclass(frozen=True, slots=True)
class Before:
    """A file as it was.

    Attributes:
        file: its path now, were it still there.
        text: what stood in it.
    """

    file: Path
    text: str


def files_at(base: str, folders: Sequence[Path], root: Path) -> list[Before]:
    """The Python files that the folders held where the change began: where it and ``base`` were last the same.

    Raises:
        TruelineError: git knows no such state, or this is no checkout.
    """
    top = Path(_git(root, "rev-parse", "--show-toplevel").strip())
    since = _began(base, root)
    return [each for folder in folders for each in _in_folder(since, folder, top)]


def edited(before: Sequence[Before]) -> Iterator[Before]:
    """Those that are gone, or do something else now; comments and the docstring are free."""
    for each in before:
        if source_digest(each.file) != digest_of(each.text):
            yield each


def _began(base: str, root: Path) -> str:
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}").strip()
    except TruelineError:
        raise TruelineError(
            f"git knows no {base} here",
            where=str(root),
            fix="git fetch origin   # in GitHub Actions: actions/checkout with fetch-depth: 0",
        ) from None
    try:
        return _git(root, "merge-base", commit, "HEAD").strip()
    except TruelineError:  # a shallow clone: where they parted is not here, the state itself is
        return commit


def _in_folder(commit: str, folder: Path, top: Path) -> Iterator[Before]:
    whole = folder.resolve()
    if not whole.is_relative_to(top.resolve()):
        return
    inside = whole.relative_to(top.resolve()).as_posix()
    for path in filter(None, _git(top, "ls-tree", "-r", "-z", "--name-only", commit, "--", f"{inside}/").split("\0")):
        if path.endswith(".py"):
            yield Before(top / path, _git(top, "show", f"{commit}:{path}"))


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - git itself
    except OSError as error:
        raise TruelineError(f"git cannot be run: {error.strerror}") from None
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise TruelineError(words or f"git {arguments[0]} failed", where=str(folder))
    return done.stdout.decode(errors="replace")
