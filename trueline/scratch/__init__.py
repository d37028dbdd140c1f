"""Empty databases to read from or to rehearse in, dropped when their user is done. See docs/readings.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trueline.handed_on import handed_on

if TYPE_CHECKING:
    from trueline.scratch.database import Scratch
    from trueline.scratch.places import scratch_database, scratch_target
    from trueline.scratch.session import Session, session_of

__getattr__ = handed_on(
    __name__,
    {
        "Scratch": "trueline.scratch.database",
        "scratch_database": "trueline.scratch.places",
        "scratch_target": "trueline.scratch.places",
        "Session": "trueline.scratch.session",
        "session_of": "trueline.scratch.session",
    },
)

__all__ = ["Scratch", "Session", "scratch_database", "scratch_target", "session_of"]
