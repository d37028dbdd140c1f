"""The digest of a revision's file: another one only when what it does may be another."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

# A text, or a comment. Python's own tokenizer says the same, and takes as long as running a small revision.
_TEXT = r"""(?:'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")"""
_PIECE = re.compile(rf"({_TEXT})|#[^\n]*", re.DOTALL)
_DOCSTRING = re.compile(rf"\s*[rRuU]?{_TEXT}", re.DOTALL)


def source_digest(file: Path) -> str | None:
    """SHA-256 in hexadecimal, of what is neither comment, blank, nor the docstring at its head.

    The docstring is where a proof writes what it found, and comments are where reviewers write; neither changes what a
    revision does. Nothing where the file cannot be read.
    """
    try:
        return digest_of(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def digest_of(text: str) -> str:
    """The same of a file's text."""
    text = _PIECE.sub(lambda found: found[1] or "", text)
    text = _DOCSTRING.sub("", text, count=1) if _DOCSTRING.match(text) else text
    lines = (line.rstrip() for line in text.splitlines())
    return sha256("\n".join(filter(None, lines)).encode()).hexdigest()
