"""What people read on a terminal: a table where there is one, plain lines where there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from trueline.catalog.describe import Difference

#: Differences that are shown before the rest is only counted.
MOST = 200


def show_differences(rows: Sequence[Difference], title: str, *, most: int = MOST) -> None:
    """Print differences, a line each, on standard output."""
    if not rows:
        return
    if sys.stdout.isatty():
        _show_table(rows[:most], title)
    else:
        print("\n".join((title, *plain_lines(rows[:most]))))  # noqa: T201 - this module is what prints
    if len(rows) > most:
        print(f"… and {len(rows) - most} more")  # noqa: T201 - the same


def plain_lines(rows: Iterable[Difference]) -> list[str]:
    """A line for each difference, in columns."""
    found = list(rows)
    kinds = max((len(row.kind) for row in found), default=0)
    names = min(max((len(row.name) for row in found), default=0), 60)
    return [f"  {row.sign} {row.kind:<{kinds}}  {row.name:<{names}}  {row.what}".rstrip() for row in found]


def _show_table(rows: Sequence[Difference], title: str) -> None:
    # Only here, because it costs a tenth of a second.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for heading in ("", "kind", "object", "what"):
        table.add_column(heading, overflow="fold")
    colors = {"+": "green", "-": "red", "~": "yellow"}
    for row in rows:
        sign = Text(row.sign, style=colors.get(row.sign, ""))
        table.add_row(sign, Text(row.kind.replace("_", " ")), Text(row.name), Text(row.what))
    Console().print(table)
