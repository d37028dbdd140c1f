"""What is noted in a revision, where whoever reads it will see it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path


def note_in_docstring(path: Path, lines: Sequence[str]) -> None:
    """Put lines at the end of a module's docstring; a file without one gets it."""
    text = path.read_text(encoding="utf-8")
    clean = [line.replace("\\", "\\\\").replace('"""', "'''") for line in lines]
    body = ast.parse(text).body
    note = "\n".join(clean)
    first = body[0] if body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        source = text.splitlines(keepends=True)
        last = source[(first.end_lineno or 1) - 1]
        head, quotes, tail = last.rpartition('"""')
        if quotes:
            source[(first.end_lineno or 1) - 1] = f"{head}\n{note}\n{quotes}{tail}"
            path.write_text("".join(source), encoding="utf-8")
            return
    path.write_text(f'"""{note}\n"""\n{text}', encoding="utf-8")
