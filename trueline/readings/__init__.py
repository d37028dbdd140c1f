"""The two readings that are made in scratch databases: what models declare, and what revisions lead to."""

from __future__ import annotations

from trueline.readings.declared import Declared, read_declared
from trueline.readings.finding import Finding
from trueline.readings.migrated import Migrated, Replay, read_migrated, replayed

__all__ = ["Declared", "Finding", "Migrated", "Replay", "read_declared", "read_migrated", "replayed"]
