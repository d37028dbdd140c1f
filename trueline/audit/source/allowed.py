"""``# trueline: allow rule-id: reason`` beside what is meant to be as it is."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator

from trueline.audit.source.facts import Allowed
from trueline.audit.source.sql import tokens
from trueline.finding import Place

_COMMENT = re.compile(r"^(?:#|--)\s*trueline:\s*allow\s+([\w-]+)\s*(?::\s*(.*))?$")


def allowed_in(file: str, text: str) -> tuple[Allowed, ...]:
    """All such comments of a file. One that stands alone in its line speaks of the next line that says something."""
    if "trueline:" not in text:
        return ()
    comments = _sql_comments(text) if file.endswith(".sql") else _python_comments(text)
    lines = text.splitlines()
    return tuple(
        Allowed(match[1], (match[2] or "").strip(), Place(file, line), _spoken_of(lines, line))
        for line, comment in comments
        if (match := _COMMENT.match(comment.strip()))
    )


def _spoken_of(lines: list[str], line: int) -> int:
    if not lines[line - 1].lstrip().startswith(("#", "--")):
        return line
    after = range(line + 1, len(lines) + 1)
    return next((each for each in after if _says_something(lines[each - 1])), line)


def _says_something(text: str) -> bool:
    return bool(text.strip()) and not text.lstrip().startswith(("#", "--"))


def _python_comments(text: str) -> Iterator[tuple[int, str]]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
    except (tokenize.TokenError, SyntaxError):
        return


def _sql_comments(text: str) -> Iterator[tuple[int, str]]:
    return ((token.line, token.text) for token in tokens(text) if token.kind == "comment")
