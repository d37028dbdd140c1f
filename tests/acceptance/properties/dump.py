"""``pg_dump --schema-only``, without what PostgreSQL gives no way to bring about."""

from __future__ import annotations

import os
import re
import subprocess

from tests.acceptance.project import plain_url
from trueline.embedded import tools

#: The beginning of a name that PostgreSQL may have given, and its kind; the rest is cut as the number at the end needs.
_NUMBERED = re.compile(r'((?:""|[^\s."]){1,8})(?:""|[^\s."])*_(idx|key|excl|check)\d*\b')
_STATISTICS = re.compile(r"(CREATE STATISTICS .* ON )(.*)( FROM .*)")


def dumped(url: str, version: int) -> list[list[str]]:
    """Each object's statements as sorted lines, the objects sorted too.

    So a table's columns may lie in any order, which only making the table anew could change, and what pg_dump writes
    for them one after the other follows.
    """
    command = [str(tools(version) / "pg_dump"), "--schema-only", "--exclude-table", "*.trueline_*", plain_url(url)]
    environment = {**os.environ, "PGCLIENTENCODING": "UTF8"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    parts = re.split(r"^--\n-- Name: .*$\n--$", done.stdout, flags=re.MULTILINE)
    return sorted(sorted(_lines(part)) for part in parts)


def _lines(part: str) -> list[str]:
    lines = (_spelled(line.strip().removesuffix(",")) for line in part.splitlines())
    return [line for line in lines if line and not line.startswith(("--", "\\", "SET default_"))]


def _spelled(line: str) -> str:
    """Without what only tells in which order things were done.

    An IN over varchar reads differently once PostgreSQL has read its own words; see docs/catalog.md. A partition's own
    indexes are numbered as they come. Statistics name columns as these lie in the table.
    """
    if match := _STATISTICS.fullmatch(line):
        start, columns, end = match.groups()
        line = start + ", ".join(sorted(columns.split(", "))) + end
    line = _NUMBERED.sub(r"\1_\2", line)
    if line.startswith("CREATE STATISTICS "):  # names columns as they lie
        line = ", ".join(sorted(re.split(r", | ON | FROM ", line)))
    return re.sub(r"::[a-z ]+(\[\])?|[()]", "", line) if "ARRAY[" in line else line
