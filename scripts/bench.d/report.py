"""The result as Markdown: seconds, memory, and how many times faster than stock."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from cases import Measured
from process import Usage

#: What a row says of a command.
Cells = Callable[[Measured, str], Iterator[str]]

_BEGIN, _END = "<!-- bench -->", "<!-- /bench -->"


def markdown(rows: Sequence[Measured], postgres: int, busy: float) -> str:
    """Everything that was measured, and on what.

    Args:
        rows: in their order.
        postgres: major version of the server.
        busy: `load` before it began.
    """
    check, revision = (_table(rows, command) for command in ("check", "revision"))
    parts = [
        _machine(postgres, busy),
        "`alembic check`, nothing differs:",
        check,
        "`alembic revision --autogenerate`, a new table, a new column and an index; trueline's with proof:",
        revision,
        "Processor time and peak of memory of these commands, without the server's:",
        _table(rows, "check", _effort),
        _table(rows, "revision", _effort),
        "Reading the catalog, as processes, and its limit: the bare queries, whose rows nobody looks at.",
        _limit(rows),
    ]
    return "\n\n".join(parts)


def load() -> float:
    """How many programs ran or wanted to run on this machine in the last minute."""
    return os.getloadavg()[0]


def inserted(page: str, text: str) -> str:
    """The page with the text between its marks."""
    marks = re.compile(f"{re.escape(_BEGIN)}.*{re.escape(_END)}", re.DOTALL)
    return marks.sub(lambda _: f"{_BEGIN}\n\n{text}\n\n{_END}", page)


def _machine(postgres: int, busy: float) -> str:
    names = ("trueline", "alembic", "sqlalchemy", "psycopg")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{_processor()}, {cores} cores; Python {platform.python_version()}, {versions}; "
        f"embedded PostgreSQL {postgres} on the same machine, its data in memory; "
        f"load average of the machine before it began: {busy:.1f}."
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def _table(rows: Sequence[Measured], command: str, cells: Cells | None = None) -> str:
    names = ["stock", "trueline, cold", "trueline, warm"]
    if cells is _effort:
        names = [f"{command}: stock", *names[1:], "memory: stock", "cold", "warm"]
    return _lines(["tables", "schemas", *names], [[*_size(row), *(cells or _time)(row, command)] for row in rows])


def _size(row: Measured) -> list[str]:
    return [f"{row.tables:,}", str(row.schemas)]


def _sides(row: Measured, command: str) -> list[Usage | None]:
    return [row.usage.get(f"{command}, {side}") for side in ("stock", "cold", "warm")]


def _time(row: Measured, command: str) -> Iterator[str]:
    stock, cold, warm = _sides(row, command)
    yield _seconds(stock)
    yield _against(cold, stock)
    yield _against(warm, stock)


def _effort(row: Measured, command: str) -> Iterator[str]:
    sides = _sides(row, command)
    yield from (f"{each.processor:.2f} s" if each else "" for each in sides)
    yield from (f"{each.mebibytes:.0f} MiB" if each else "" for each in sides)


def _limit(rows: Sequence[Measured]) -> str:
    heads = ["tables", "schemas", "bare queries", "catalog read", "memory: bare", "read"]
    return _lines(heads, [_limit_row(row) for row in rows])


def _limit_row(row: Measured) -> list[str]:
    bare, read = row.usage["queries"], row.usage["read"]
    memory = [f"{each.mebibytes:.0f} MiB" for each in (bare, read)]
    return [*_size(row), _seconds(bare), _seconds(read), *memory]


def _seconds(usage: Usage | None) -> str:
    return f"{usage.seconds:.2f} s" if usage else ""


def _against(usage: Usage | None, stock: Usage | None) -> str:
    ratio = f" (**{stock.seconds / usage.seconds:.1f}x**)" if usage and stock else ""
    return _seconds(usage) + ratio


def _lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---:"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
