"""Differences in the words of a finding."""

from __future__ import annotations

from collections.abc import Sequence

from trueline.catalog.describe import Difference

#: Differences that one finding names.
MOST = 5


def listed(rows: Sequence[Difference]) -> str:
    """The first ones, and how many more there are."""
    words = "; ".join(str(row) for row in rows[:MOST])
    return f"{words}; and {len(rows) - MOST} more" if len(rows) > MOST else words
