"""The files of revisions as they stand, read without executing them: a broken one is told of, not tripped over."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_NAMES = ("revision", "down_revision", "depends_on", "branch_labels")


@dataclass(frozen=True, slots=True)
class RevisionFile:
    """One file.

    Attributes:
        file: its path.
        revision: what it calls itself.
        follows: what it says comes before it, ``depends_on`` not among it.
        needs: what ``depends_on`` names.
        labels: of the branch that begins with it.
        line: of ``down_revision``, else of ``revision``.
        unreadable: why it is no Python, with ``line`` the place.
    """

    file: Path
    revision: str = ""
    follows: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    line: int = 1
    unreadable: str = ""


def read_revisions(folders: Sequence[Path], *, recursive: bool = False) -> list[RevisionFile]:
    """Every file in these folders that is a revision, or no Python; sorted by path."""
    pattern = "**/*.py" if recursive else "*.py"
    files = sorted({file for folder in folders for file in folder.glob(pattern) if "__pycache__" not in file.parts})
    read = (read_revision(file) for file in files)
    return [each for each in read if each.revision or each.unreadable]


def read_revision(file: Path) -> RevisionFile:
    """One file; without a name where it is no revision."""
    try:
        tree = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError, OSError) as error:
        line = getattr(error, "lineno", None) or 1
        return RevisionFile(file, line=line, unreadable=getattr(error, "msg", None) or str(error))
    given = dict(_assigned(tree))
    named = {name: _texts(node) for name, (node, _) in given.items()}
    if not named.get("revision"):
        return RevisionFile(file)
    line = given.get("down_revision", given["revision"])[1]
    follows, needs, labels = (named.get(each, ()) for each in _NAMES[1:])
    return RevisionFile(file, named["revision"][0], follows, needs, labels, line)


def _assigned(tree: ast.Module) -> Iterator[tuple[str, tuple[ast.expr, int]]]:
    for node in tree.body:
        targets: list[ast.expr] = (
            list(node.targets)
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        value = getattr(node, "value", None)
        for target in targets:
            yield from _pairs(target, value, node.lineno)


def _pairs(target: ast.expr, value: ast.expr | None, line: int) -> Iterator[tuple[str, tuple[ast.expr, int]]]:
    """Also of ``revision, down_revision = "b", "a"``."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, other, line)
    elif isinstance(target, ast.Name) and target.id in _NAMES and value is not None:
        yield target.id, (value, line)


def _texts(node: ast.expr) -> tuple[str, ...]:
    """The texts in a text, a tuple, or a list; none for None."""
    parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    return tuple(each.value for each in parts if isinstance(each, ast.Constant) and isinstance(each.value, str))
