"""The two readings that are made in scratch databases: what models declare, and what revisions lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trueline.handed_on import handed_on

if TYPE_CHECKING:
    from trueline.readings.declared import Declared, read_declared
    from trueline.readings.finding import Finding
    from trueline.readings.migrated import Migrated, Replay, read_migrated, replayed

__getattr__ = handed_on(
    __name__,
    {
        "Declared": "trueline.readings.declared",
        "Finding": "trueline.readings.finding",
        "Migrated": "trueline.readings.migrated",
        "Replay": "trueline.readings.migrated",
        "read_declared": "trueline.readings.declared",
        "read_migrated": "trueline.readings.migrated",
        "replayed": "trueline.readings.migrated",
    },
)

__all__ = ["Declared", "Finding", "Migrated", "Replay", "read_declared", "read_migrated", "replayed"]
