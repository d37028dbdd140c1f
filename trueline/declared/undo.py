"""Take back what a class that is refused has already left behind in SQLAlchemy."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table

from trueline.declared import enums


def unmap(cls: type) -> None:
    """Take ``cls`` out of its registry: its mapper where there is one, its instrumentation and its name."""
    manager = cls.__dict__.get("_sa_class_manager")
    if manager is not None:
        registry: Any = manager.registry
        registry._dispose_manager_and_mapper(manager)
        registry._managers.pop(manager, None)


def forget(cls: type) -> None:
    """Take ``cls`` and its table out of the one metadata, as if it had never been declared.

    For a class that failed, and for tests that declare their own.
    """
    table = cls.__dict__.get("__table__")
    unmap(cls)
    if isinstance(table, Table):
        if table.metadata.tables.get(table.key) is table:
            table.metadata.remove(table)
        enums.forget_unused(table.metadata)
