"""The result as Markdown: seconds, memory, and how many times faster than stock."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from cases import Measured
from process import Usage

_BEGIN, _END = "<!-- bench -->", "<!-- /bench -->"


def markdown(rows: Sequence[Measured], postgres: int) -> str:
    """Everything that was measured, and on what."""
    parts = [
        _machine(postgres),
        "`alembic check`, nothing differs:",
        _table(rows, "check"),
        "`alembic revision --autogenerate`, a new table, a new column and an index; trueline's with proof:",
        _table(rows, "revision"),
        "Reading the catalog, as processes, and its limit: the bare queries, whose rows nobody looks at.",
        _limit(rows),
    ]
    return "\n\n".join(parts)


def inserted(page: str, text: str) -> str:
    """The page with the text between its marks."""
    marks = re.compile(f"{re.escape(_BEGIN)}.*{re.escape(_END)}", re.DOTALL)
    return marks.sub(lambda _: f"{_BEGIN}\n\n{text}\n\n{_END}", page)


def _machine(postgres: int) -> str:
    names = ("trueline", "alembic", "sqlalchemy", "psycopg")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{_processor()}, {cores} cores; Python {platform.python_version()}, {versions}; "
        f"embedded PostgreSQL {postgres} on the same machine, its data in memory."
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def _table(rows: Sequence[Measured], command: str) -> str:
    heads = ["tables", "schemas", "stock", "trueline, cold", "trueline, warm", "memory: stock", "cold", "warm"]
    return _lines(heads, [list(_row(row, command)) for row in rows])


def _row(row: Measured, command: str) -> Iterator[str]:
    stock, cold, warm = (row.usage.get(f"{command}, {side}") for side in ("stock", "cold", "warm"))
    yield f"{row.tables:,}"
    yield str(row.schemas)
    yield _seconds(stock)
    yield _against(cold, stock)
    yield _against(warm, stock)
    yield from (f"{each.mebibytes:.0f} MiB" if each else "" for each in (stock, cold, warm))


def _limit(rows: Sequence[Measured]) -> str:
    heads = ["tables", "schemas", "bare queries", "catalog read", "memory: bare", "read"]
    return _lines(heads, [_limit_row(row) for row in rows])


def _limit_row(row: Measured) -> list[str]:
    bare, read = row.usage["queries"], row.usage["read"]
    memory = [f"{each.mebibytes:.0f} MiB" for each in (bare, read)]
    return [f"{row.tables:,}", str(row.schemas), _seconds(bare), _seconds(read), *memory]


def _seconds(usage: Usage | None) -> str:
    return f"{usage.seconds:.2f} s" if usage else ""


def _against(usage: Usage | None, stock: Usage | None) -> str:
    ratio = f" (**{stock.seconds / usage.seconds:.1f}x**)" if usage and stock else ""
    return _seconds(usage) + ratio


def _lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---:"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
