"""Where tests of operations work: see workshop.py."""

from __future__ import annotations

from tests.autogen.workshop import case, case_database, copy_connection, workshop

__all__ = ["case", "case_database", "copy_connection", "workshop"]
