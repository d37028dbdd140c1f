"""Pieces of the calls that a revision holds."""

from __future__ import annotations


def schema_argument(schema: str | None) -> str:
    """The keyword argument, or nothing for the default schema."""
    return f", schema={schema!r}" if schema else ""
