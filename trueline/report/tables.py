"""Rows of words: a table on a terminal, and columns of plain text where there is none."""

from __future__ import annotations

import sys
from collections.abc import Sequence

#: Characters up to which a column is made wide; a longer word pushes the rest of its line.
_WIDE = 60


def show_rows(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows of words on standard output."""
    if sys.stdout.isatty():
        _show_table(headings, rows)
    else:
        print("\n".join(in_columns(rows)))  # noqa: T201 - this module is what prints


def in_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """A line for each row, its words below those of the others."""
    widths = [min(max(map(len, column)), _WIDE) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{word:<{width}}" for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _show_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    # Only here, because it costs a tenth of a second.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=any(headings))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(word) for word in row))
    Console().print(table)
