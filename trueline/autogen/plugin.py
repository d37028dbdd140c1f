"""The Alembic plugin: registers trueline's operations and comparators, and nothing on import."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.runtime.plugins import Plugin


def setup(plugin: Plugin) -> None:
    """Called once by Alembic while it is being imported."""
