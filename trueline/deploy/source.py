"""The digest of a revision's file: another one only when what it does may be another."""

from __future__ import annotations

import ast
import io
import tokenize
from hashlib import sha256
from pathlib import Path


def source_digest(file: Path) -> str | None:
    """SHA-256 in hexadecimal, of what is neither comment, blank, nor the docstring at its head.

    The docstring is where a proof writes what it found, and comments are where reviewers write; neither changes what a
    revision does. Nothing where the file cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return sha256("\n".join(_lines(text)).encode()).hexdigest()


def _lines(text: str) -> list[str]:
    lines = text.splitlines()
    try:
        lines = _without_comments(lines, text)
        start, end = _docstring(text)
    except (SyntaxError, tokenize.TokenError):
        return lines
    lines[start:end] = []
    return [line.rstrip() for line in lines if line.strip()]


def _docstring(text: str) -> tuple[int, int]:
    body = ast.parse(text).body
    first = body[0] if body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.lineno - 1, first.end_lineno or first.lineno
    return 0, 0


def _without_comments(lines: list[str], text: str) -> list[str]:
    bare = list(lines)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            bare[row - 1] = lines[row - 1][:column]
    return bare
