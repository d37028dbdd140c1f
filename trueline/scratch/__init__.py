"""Empty databases to read from or to rehearse in, dropped when their user is done. See docs/readings.md."""

from __future__ import annotations

from trueline.scratch.database import Scratch
from trueline.scratch.places import scratch_database, scratch_target
from trueline.scratch.session import Session, session_of

__all__ = ["Scratch", "Session", "scratch_database", "scratch_target", "session_of"]
